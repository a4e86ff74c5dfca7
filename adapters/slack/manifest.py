"""Slack's app manifest, made from what the workflows offer: what an operator pastes to install.

The limits are those of Slack's published schema for manifests of version 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from adapters.slack import scopes
from adapters.slack.wire import PATH
from bot import manifest as common
from bot.errors import Invalid
from bot.manifest import within
from bot.routes import Routes
from bot.wire import Json

MOST_COMMANDS = 50
MOST_SHORTCUTS = 10
DISPLAY_NAME = 35
SHORT_DESCRIPTION = 140
LONG_DESCRIPTION = 4000
COMMAND_DESCRIPTION = 2000
USAGE_HINT = 1000
SHORTCUT_TITLE = 24
SHORTCUT_DESCRIPTION = 150
CALLBACK = 255
ADDRESS = 3000

#: Slack takes 32 characters with the slash, in lower case and without spaces.
COMMAND_NAME = re.compile(r"[^\sA-Z/<>&]{1,31}")
#: Slack's own commands, which no app can have.
RESERVED = frozenset(
    {
        *("active", "apps", "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed"),
        *("feedback", "help", "huddle", "invite", "join", "keys", "kick", "leave", "me", "msg"),
        *("mute", "open", "part", "prefs", "remind", "remove", "rename", "search", "shortcuts"),
        *("shrug", "star", "status", "topic", "who"),
    }
)


def manifest(routes: Routes, *, url: str | None, names: Mapping[str, str]) -> Json:
    """Return the manifest of a workspace's app.

    Without *url*, under which Slack reaches Parley, the app uses Socket Mode. *names* gives our
    verb for each slash command that the workspace calls differently.

    Raises:
        Invalid: Slack would not take it.
    """
    address = {} if url is None else {"url": within(ADDRESS, "The address", f"{url}{PATH}")}
    request = {f"request_{name}": value for name, value in address.items()}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": _display(routes),
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": common.NAME, "always_online": True},
            "slash_commands": [{**each, **address} for each in _commands(routes, names)],
            **_shortcuts(routes),
        },
        "oauth_config": {"scopes": _scopes(routes)},
        "settings": {
            "event_subscriptions": {**request, "bot_events": scopes.events(routes)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _display(routes: Routes) -> Json:
    long = common.described(routes)
    return {
        "name": within(DISPLAY_NAME, "The app's name", common.NAME),
        "description": within(SHORT_DESCRIPTION, "The app's description", common.SUMMARY),
        "long_description": within(LONG_DESCRIPTION, "The app's long description", long),
        "background_color": common.COLOR,
    }


def _commands(routes: Routes, names: Mapping[str, str]) -> list[Json]:
    theirs = {routes.verb_of(ours): name for name, ours in names.items()}
    if unknown := theirs.keys() - {"parley", *routes.verbs()}:
        raise Invalid(
            f"PARLEY_SLACK_COMMANDS gives a name to {', '.join(sorted(unknown))}, which is no "
            "command of Parley's. Nothing was written. Mend it, then repeat."
        )
    commands = [_command(theirs.get("parley", "parley"), common.HELP, "[help]")]
    for verb, line in routes.verbs().items():
        commands.append(_command(theirs.get(verb, slash(routes, verb)), line.help, line.usage))
    if len({each["command"] for each in commands}) < len(commands):
        raise Invalid(
            "PARLEY_SLACK_COMMANDS gives two commands the same name. Nothing was written. "
            "Choose another one, then repeat."
        )
    return within(MOST_COMMANDS, "Slash commands", commands)


def slash(routes: Routes, verb: str) -> str:
    """Return *verb*, or another word for it when Slack keeps the verb for itself."""
    if verb not in RESERVED:
        return verb
    others = (word for word, ours in routes.aliases.items() if ours == verb)
    return next((word for word in others if word not in RESERVED), verb)


def _command(name: str, help: str, usage: str) -> Json:
    if name in RESERVED or not COMMAND_NAME.fullmatch(name):
        raise Invalid(
            f"Slack takes no command with the name /{name}: it is Slack's own, too long, or has "
            "capitals or spaces. Nothing was written. Choose another one with "
            "PARLEY_SLACK_COMMANDS, such as term=jargon."
        )
    command = {
        "command": f"/{name}",
        "description": within(COMMAND_DESCRIPTION, f"The help of /{name}", help),
        # Mentions arrive as ids, and people's words as they typed them.
        "should_escape": True,
    }
    hint = {"usage_hint": within(USAGE_HINT, f"The usage of /{name}", usage)} if usage else {}
    return {**command, **hint}


def _shortcuts(routes: Routes) -> Json:
    """Return the shortcuts, or nothing: Slack takes no empty list of them."""
    shortcuts = list(_each_shortcut(routes))
    if not shortcuts:
        return {}
    return {"shortcuts": within(MOST_SHORTCUTS, "Message shortcuts", shortcuts)}


def _each_shortcut(routes: Routes) -> Iterator[Json]:
    for id, line in routes.shortcuts.items():
        title, help = f"The title of {id}", f"The help of {id}"
        yield {
            "name": within(SHORTCUT_TITLE, title, line.title),
            "type": "message",
            "callback_id": within(CALLBACK, "A shortcut's id", id),
            "description": within(SHORTCUT_DESCRIPTION, help, line.help),
        }


def _scopes(routes: Routes) -> Json:
    optional = list(scopes.wishes(routes))
    # Slack wants those that may be declined in both lists.
    asked = {"bot": [*scopes.needs(routes), *optional]}
    return {**asked, "bot_optional": optional} if optional else asked
