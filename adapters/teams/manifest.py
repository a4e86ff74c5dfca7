"""Teams' app package, made from what the workflows offer: what an operator uploads to install.

The limits are those of Teams' published schema for manifests of version 1.19.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.teams import icons
from adapters.teams.permissions import OVERHEAR, PERMISSIONS
from bot import manifest as common
from bot.errors import Invalid
from bot.manifest import within
from bot.routes import Routes
from bot.wire import Json

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"
SCOPES = ("personal", "team", "groupChat")

SHORT_NAME = 30
FULL_NAME = 100
SHORT_DESCRIPTION = 80
FULL_DESCRIPTION = 4000
DEVELOPER = 32
ADDRESS = 2048
MOST_COMMANDS = 10
COMMAND_TITLE = 32
COMMAND_DESCRIPTION = 128
COMMAND_ID = 64

FULL = f"{common.NAME}, for security and talent acquisition"
GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
VERSION = re.compile(r"[1-9][0-9]{0,4}\.[0-9]{1,5}\.[0-9]{1,5}")
PAGE = re.compile(r"https://\S+")
#: Zip files know no earlier day; the same manifest always makes the same bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who runs Parley, with the pages that Teams shows beside the app."""

    name: str
    website: str
    privacy: str
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What one tenant's app differs in from another's.

    With *overhears* the app asks the owners of teams to let it hear what does not mention it.
    """

    id: str
    url: str  #: where platforms reach Parley
    version: str
    publisher: Publisher
    overhears: bool = False


def package(routes: Routes, app: App) -> bytes:
    """Return the zip file that Teams takes: the manifest and its icons.

    Raises:
        Invalid: Teams would not take it.
    """
    text = json.dumps(manifest(routes, app), indent=2, ensure_ascii=False)
    files = {
        "manifest.json": text.encode(),
        "color.png": icons.color(),
        "outline.png": icons.outline(),
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, LONG_AGO), content, ZIP_DEFLATED)
    return packed.getvalue()


def manifest(routes: Routes, app: App) -> Json:
    """Return the manifest of a tenant's app.

    Raises:
        Invalid: Teams would not take it.
    """
    _check(routes, app)
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.19",
        "version": app.version,
        "id": app.id,
        **_texts(routes),
        "developer": _developer(app.publisher),
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": common.COLOR,
        "defaultInstallScope": "personal",
        "bots": [_bot(routes, app)],
        **_extension(routes, app),
        "permissions": [entry.name for entry in PERMISSIONS],
        **_overhearing(app),
        "validDomains": [urlsplit(app.url).netloc],
        # Teams wants a resource beside permissions that teams grant, and reads nothing from it.
        "webApplicationInfo": {"id": app.id, "resource": app.url},
    }


def _check(routes: Routes, app: App) -> None:
    if not GUID.fullmatch(app.id):
        raise Invalid(
            "The application ID is not written as Azure shows it, as 32 digits and letters in "
            "five groups. Nothing was written. Copy it from the app's registration."
        )
    if not VERSION.fullmatch(app.version):
        raise Invalid(
            f"Teams takes no version {app.version}. Nothing was written. Write it as 1.0.0, and "
            "raise it with each upload."
        )
    if app.overhears and not routes.listeners:
        raise Invalid(
            "No workflow listens in a room, so Parley would ask to hear what it makes no use of. "
            "Nothing was written. Leave that permission out."
        )


def _texts(routes: Routes) -> Json:
    long = common.described(routes)
    return {
        "name": {
            "short": within(SHORT_NAME, "The app's name", common.NAME),
            "full": within(FULL_NAME, "The app's full name", FULL),
        },
        "description": {
            "short": within(SHORT_DESCRIPTION, "The app's description", common.SUMMARY),
            "full": within(FULL_DESCRIPTION, "The app's full description", long),
        },
    }


def _developer(publisher: Publisher) -> Json:
    pages = {
        "websiteUrl": publisher.website,
        "privacyUrl": publisher.privacy,
        "termsOfUseUrl": publisher.terms,
    }
    for page in pages.values():
        if not PAGE.fullmatch(within(ADDRESS, "The address of a page", page)):
            raise Invalid(
                f"Teams takes no page at {page}. Nothing was written. "
                "Write its whole address, with https:// before it."
            )
    return {"name": within(DEVELOPER, "The company's name", publisher.name), **pages}


def _bot(routes: Routes, app: App) -> Json:
    # Where more can be said than the menu holds, `help`, its first line, tells the rest.
    offered = [_command(*line) for line in islice(common.lines(routes), MOST_COMMANDS)]
    return {
        "botId": app.id,
        "scopes": list(SCOPES),
        # In their own chat with Parley people send it files to be kept as evidence.
        "supportsFiles": True,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": list(SCOPES), "commands": offered}],
    }


def _command(said: str, help: str) -> Json:
    """Return a line of the menu; choosing it types the title for the person."""
    title = said.split(maxsplit=1)[0]
    shown = f"{said}: {help}" if said != title else help
    return {
        "title": within(COMMAND_TITLE, "A command's name", title),
        "description": within(COMMAND_DESCRIPTION, f"The help of {title}", shown),
    }


def _extension(routes: Routes, app: App) -> Json:
    """Return the message extension, or nothing when there is nothing to offer in it."""
    commands = [*_searches(routes), *_actions(routes)]
    if not commands:
        return {}
    offered = within(MOST_COMMANDS, "Searches and commands on messages", commands)
    return {"composeExtensions": [{"botId": app.id, "commands": offered}]}


def _searches(routes: Routes) -> Iterator[Json]:
    for id, line in routes.searches.items():
        yield {
            **_offered(id, line.title, line.help),
            "type": "query",
            "context": ["compose", "commandBox"],
            "initialRun": True,
            "parameters": [{"name": "query", "title": line.title, "inputType": "text"}],
        }


def _actions(routes: Routes) -> Iterator[Json]:
    for id, line in routes.shortcuts.items():
        yield {
            **_offered(id, line.title, line.help),
            "type": "action",
            "context": ["message"],
            "fetchTask": True,
        }


def _offered(id: str, title: str, help: str) -> Json:
    return {
        "id": within(COMMAND_ID, "A command's id", id),
        "title": within(COMMAND_TITLE, f"The title of {id}", title),
        "description": within(COMMAND_DESCRIPTION, f"The help of {id}", help),
    }


def _overhearing(app: App) -> Json:
    if not app.overhears:
        return {}
    asked = {"name": OVERHEAR, "type": "Application"}
    return {"authorization": {"permissions": {"resourceSpecific": [asked]}}}
