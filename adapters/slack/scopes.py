"""The scopes that we ask for, what each is for, and a look at those that we have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from adapters.slack.api import SlackApi
from bot.routes import Routes

COMMANDS = "commands"
_HISTORY = ("conversations.history", "conversations.replies")


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope: what does not work without it, and what of ours asks for it.

    Some open a method, some only add what it *reveals* of a person's profile.
    An *optional* one is asked for, and Parley works without it. The event that Slack sends for
    each message of a channel, *overheard*, is only subscribed to when a workflow listens in a room.
    """

    name: str
    without: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    optional: bool = False
    overheard: str = ""


SCOPES = (
    Scope(COMMANDS, "Slash commands and message shortcuts do not reach Parley."),
    Scope(
        "chat:write",
        "Parley cannot post or edit anything.",
        methods=("chat.postEphemeral", "chat.postMessage", "chat.update"),
    ),
    Scope(
        "app_mentions:read",
        "Parley does not hear @Parley in channels.",
        events=("app_mention",),
    ),
    Scope(
        "im:write",
        "Parley cannot write to people directly.",
        methods=("conversations.open",),
    ),
    Scope(
        "im:history",
        "Parley does not hear direct messages.",
        methods=_HISTORY,
        events=("message.im",),
    ),
    Scope(
        "users:read",
        "Parley cannot tell guests from colleagues, so everybody is a stranger.",
        methods=("users.info",),
    ),
    Scope(
        "users:read.email",
        "Parley cannot recognise the same person on two platforms.",
        reveals=("email",),
    ),
    Scope(
        "channels:read",
        "Nothing sensitive is posted in a public channel, and none is greeted.",
        methods=("conversations.info", "conversations.members"),
        events=("member_joined_channel",),
    ),
    Scope(
        "groups:read",
        "Nothing sensitive is posted in a private channel, and none is greeted.",
        methods=("conversations.info", "conversations.list", "conversations.members"),
        events=("member_joined_channel",),
    ),
    Scope(
        "files:write",
        "Charts are told in words only.",
        methods=("files.completeUploadExternal", "files.getUploadURLExternal"),
    ),
    Scope(
        "channels:history",
        "In public channels a post whose outcome is unknown may stand twice, and of a reported "
        "message nobody sees what was said before it.",
        methods=_HISTORY,
        optional=True,
        overheard="message.channels",
    ),
    Scope(
        "groups:history",
        "In private channels a post whose outcome is unknown may stand twice, and of a reported "
        "message nobody sees what was said before it.",
        methods=_HISTORY,
        optional=True,
        overheard="message.groups",
    ),
    Scope(
        "files:read",
        "Of the files on reported messages only names and sizes are kept.",
        methods=("files.info",),
        optional=True,
    ),
    Scope(
        "groups:write",
        "An incident gets no channel of its own; its room is a thread where triage reads.",
        methods=(
            "conversations.archive",
            "conversations.create",
            "conversations.invite",
            "conversations.kick",
        ),
        optional=True,
    ),
)
#: What Slack lets every app do.
FREE_METHODS = frozenset({"auth.test", "views.open", "views.publish", "views.push", "views.update"})
FREE_EVENTS = ("app_home_opened",)


def events(routes: Routes) -> list[str]:
    """Return the events that the workflows behind *routes* need to hear."""
    heard = {event for scope in SCOPES for event in scope.events}
    overheard = {scope.overheard for scope in SCOPES if scope.overheard and routes.listeners}
    return sorted({*FREE_EVENTS} | heard | overheard)


def needs(routes: Routes) -> dict[str, str]:
    """Return each scope that must be there, with what does not work without it."""
    return {scope.name: scope.without for scope in SCOPES if not _is_optional(scope, routes)}


def wishes(routes: Routes) -> dict[str, str]:
    """Return each scope that may be left out, with what does not work without it."""
    return {scope.name: scope.without for scope in SCOPES if _is_optional(scope, routes)}


def _is_optional(scope: Scope, routes: Routes) -> bool:
    return scope.optional and not (scope.overheard and routes.listeners)


async def greet(base: str, token: str) -> tuple[datetime, frozenset[str]]:
    """Show Slack our token; return the time by Slack's clock, and the scopes that we have.

    Raises:
        DeliveryError: the token is not taken, or Slack is not reachable.
    """
    api = SlackApi(base, token)
    try:
        _, headers = await api.ask("auth.test")
    finally:
        await api.close()
    scopes = frozenset(filter(None, headers.get("X-OAuth-Scopes", "").replace(" ", "").split(",")))
    return parsedate_to_datetime(headers["Date"]), scopes
