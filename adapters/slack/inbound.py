"""What a payload means: a pure function from Slack's words to what a person did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from adapters.slack import links, shapes
from adapters.slack.render import read_answers, read_button
from adapters.slack.shapes import Payload
from adapters.slack.ticket import Ticket
from adapters.slack.words import addressed_to, mentions, plain, without_mention
from bot.inbound import (
    Arrival,
    Command,
    FileRef,
    Inbound,
    Place,
    Post,
    Press,
    QuotedMessage,
    Shortcut,
    Submission,
    UserRef,
)

SLACK = "slack"


class Surface(StrEnum):
    """Where something was done, which decides how the answer travels."""

    COMMAND = "command"
    MESSAGE = "message"
    PRIVATE = "private"  #: a message that only this person sees
    HOME = "home"
    WINDOW = "window"
    FORM = "form"
    SHORTCUT = "shortcut"
    EVENT = "event"
    HOME_OPENED = "home_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person did, and what Slack handed out for the way back."""

    inbound: Inbound
    surface: Surface
    trigger: str = ""
    response_url: str = ""
    view: str = ""
    questions: tuple[str, ...] = field(default=())


class _FromWorkspace(Protocol):
    @property
    def team_id(self) -> str | None: ...
    @property
    def enterprise_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Origin:
    """Who did it and in which workspace."""

    user: UserRef
    workspace: str

    def id(self, *parts: str) -> str:
        return ":".join((SLACK, self.workspace, *parts))

    def place(self, channel: str, thread: str | None = None) -> Place:
        return Place(platform=SLACK, tenant=self.workspace, channel=channel, thread=thread)


def understand(payload: Payload, names: Mapping[str, str]) -> Act | None:
    """Return what the person did, or nothing when it asks nothing of Parley.

    *names* gives our verb for each slash command that the workspace calls differently.
    """
    match payload:
        case shapes.SlashCommand():
            return _command(payload, names)
        case shapes.BlockActions():
            return _press(payload)
        case shapes.ViewSubmission():
            return _submission(payload)
        case shapes.MessageAction():
            return _shortcut(payload)
        case shapes.GlobalShortcut():
            return _global_shortcut(payload)
        case shapes.EventCallback():
            return _event(payload)
        case _:
            return None


def _origin(payload: _FromWorkspace, user: str, own_team: str | None) -> _Origin:
    """Return who acted: one account for a whole organisation, a stranger for another company.

    An account of a third team keeps that team as its tenant, so that nobody here is
    mistaken for it: Slack's user ids are unique within their organisation only.
    """
    workspace = payload.team_id or payload.enterprise_id or ""
    home = payload.enterprise_id or workspace
    is_ours = own_team in {None, workspace, payload.enterprise_id}
    return _Origin(UserRef(SLACK, home if is_ours else str(own_team), user), workspace)


def _command(payload: shapes.SlashCommand, names: Mapping[str, str]) -> Act:
    origin = _origin(payload, payload.user_id, None)
    called = payload.command.removeprefix("/")
    place = origin.place(payload.channel_id)
    command = Command(
        id=origin.id("command", payload.trigger_id),
        user=origin.user,
        place=place,
        one_to_one=_is_direct(place),
        confided=True,
        name=names.get(called, called),
        text=plain(payload.text),
    )
    return Act(
        inbound=command,
        surface=Surface.COMMAND,
        trigger=payload.trigger_id,
        response_url=payload.response_url,
    )


def _press(payload: shapes.BlockActions) -> Act | None:
    place = _pressed_in(payload)
    action = payload.actions[0]
    try:
        route, values = read_button(action.model_dump())
    except ValueError:
        return None
    if place is None:
        return None
    press = Press(
        id=_origin_of(payload).id("press", payload.trigger_id, action.action_id),
        user=_origin_of(payload).user,
        place=place,
        opens_forms=bool(payload.trigger_id),
        one_to_one=_is_direct(place),
        route=route,
        payload=values,
        message=payload.container.message_ts,
    )
    return Act(
        inbound=press,
        surface=_surface(payload),
        trigger=payload.trigger_id,
        response_url=payload.response_url,
        view=payload.view.id if payload.view else "",
    )


def _origin_of(payload: shapes.Interaction) -> _Origin:
    return _origin(payload, payload.user.id, payload.user.team_id)


def _surface(payload: shapes.BlockActions) -> Surface:
    if payload.view:
        return Surface.HOME if payload.view.type == "home" else Surface.WINDOW
    return Surface.PRIVATE if payload.container.is_ephemeral else Surface.MESSAGE


def _pressed_in(payload: shapes.BlockActions) -> Place | None:
    """Return where the button stands; in a window, where the window was opened from."""
    origin = _origin_of(payload)
    if payload.view:
        ticket = Ticket.read(payload.view.private_metadata)
        return origin.place(ticket.channel, ticket.thread) if ticket else None
    channel = (payload.channel and payload.channel.id) or payload.container.channel_id
    thread = payload.message.thread_ts if payload.message else payload.container.thread_ts
    return origin.place(channel, thread) if channel else None


def _submission(payload: shapes.ViewSubmission) -> Act | None:
    view = payload.view
    ticket = Ticket.read(view.private_metadata)
    values = view.state.values if view.state else {}
    try:
        answers = read_answers(values)
    except ValueError:
        return None
    if ticket is None:
        return None
    origin = _origin_of(payload)
    place = origin.place(ticket.channel, ticket.thread)
    submission = Submission(
        id=origin.id("form", view.id, ticket.instance),
        user=origin.user,
        place=place,
        one_to_one=_is_direct(place),
        route=view.callback_id,
        state=ticket.state,
        answers=answers,
    )
    return Act(
        inbound=submission,
        surface=Surface.FORM,
        trigger=payload.trigger_id,
        view=view.id,
        questions=tuple(values),
    )


def _shortcut(payload: shapes.MessageAction) -> Act | None:
    origin, message = _origin_of(payload), payload.message
    if payload.channel.id is None:
        return None
    place = origin.place(payload.channel.id, message.thread_ts)
    shortcut = Shortcut(
        id=origin.id("shortcut", payload.trigger_id),
        user=origin.user,
        place=place,
        one_to_one=_is_direct(place),
        route=payload.callback_id,
        quoted=QuotedMessage(
            id=message.ts,
            text=plain(message.text),
            author=message.user or message.bot_id or "",
            link=_link(payload, payload.channel.id),
            sent_at=datetime.fromtimestamp(float(message.ts), UTC),
            files=_files(message.files),
        ),
    )
    return Act(
        inbound=shortcut,
        surface=Surface.SHORTCUT,
        trigger=payload.trigger_id,
        response_url=payload.response_url,
    )


def _global_shortcut(payload: shapes.GlobalShortcut) -> Act:
    """A shortcut without a message belongs into the person's own chat with Parley."""
    origin = _origin_of(payload)
    shortcut = Shortcut(
        id=origin.id("shortcut", payload.trigger_id),
        user=origin.user,
        place=origin.place(payload.user.id),
        one_to_one=True,
        route=payload.callback_id,
        quoted=QuotedMessage(id="", text="", author=payload.user.id),
    )
    return Act(inbound=shortcut, surface=Surface.SHORTCUT, trigger=payload.trigger_id)


def _event(payload: shapes.EventCallback) -> Act | None:
    event, bot = payload.event, payload.installed.user_id
    if event.type == "member_joined_channel":
        return _arrived(payload) if event.user == bot and event.channel else None
    if event.bot_id or event.user in {None, bot, "USLACKBOT"} or event.channel is None:
        return None
    if event.type == "app_home_opened":
        return _home(payload) if event.tab == "home" else None
    if event.ts is None:
        return None
    if event.type == "app_mention":
        return _said(payload, addressed_to(bot, event.text))
    if event.channel_type == "im":
        said = mentions(bot, event.text)
        return _said(payload, addressed_to(bot, event.text) if said else plain(event.text))
    # The same words come a second time, as a mention.
    if mentions(bot, event.text):
        return None
    return Act(inbound=_post(payload), surface=Surface.EVENT)


def _home(payload: shapes.EventCallback) -> Act:
    event = payload.event
    origin = _origin(payload, str(event.user), event.user_team)
    home = Command(
        id=origin.id("event", payload.event_id),
        user=origin.user,
        place=origin.place(str(event.channel)),
        one_to_one=True,
        name="home",
    )
    return Act(inbound=home, surface=Surface.HOME_OPENED)


def _arrived(payload: shapes.EventCallback) -> Act:
    """Return that Parley came into a channel; who else comes is no matter."""
    event = payload.event
    origin = _origin(payload, str(event.inviter or event.user), None)
    arrival = Arrival(
        id=origin.id("event", payload.event_id),
        user=origin.user,
        place=origin.place(str(event.channel)),
        inline=False,
        opens_forms=False,
    )
    return Act(inbound=arrival, surface=Surface.EVENT)


def _said(payload: shapes.EventCallback, words: str) -> Act:
    event = payload.event
    origin = _origin(payload, str(event.user), event.user_team)
    place = origin.place(str(event.channel), event.thread_ts)
    is_heard = bool(event.files) or not _is_direct(place)
    command = Command(
        # One message can arrive under several event ids, never under two timestamps.
        id=origin.id("message", place.channel, str(event.ts)),
        user=origin.user,
        place=place,
        inline=False,
        one_to_one=_is_direct(place),
        confided=event.channel_type == "im",
        opens_forms=False,
        name="",
        text=words,
        post=_overheard(payload) if is_heard else None,
    )
    return Act(inbound=command, surface=Surface.EVENT)


def _overheard(payload: shapes.EventCallback) -> Post:
    event, bot = payload.event, payload.installed.user_id
    return replace(_post(payload), text=without_mention(bot, event.text))


def _post(payload: shapes.EventCallback) -> Post:
    event = payload.event
    origin = _origin(payload, str(event.user), event.user_team)
    place = origin.place(str(event.channel), event.thread_ts)
    return Post(
        id=origin.id("message", place.channel, str(event.ts)),
        user=origin.user,
        place=place,
        inline=False,
        one_to_one=_is_direct(place),
        confided=event.channel_type == "im",
        opens_forms=False,
        text=plain(event.text),
        files=_files(event.files),
        message=str(event.ts),
    )


def _is_direct(place: Place) -> bool:
    """Say whether nobody reads there but the person and one other, Parley or a colleague.

    A person's id stands for their own chat with Parley, see `_global_shortcut`.
    """
    return place.channel.startswith(("D", "U", "W"))


def _files(files: tuple[shapes.Attachment, ...] | None) -> tuple[FileRef, ...]:
    return tuple(
        FileRef(id=file.id, name=file.name, size=file.size, mime=file.mimetype)
        for file in files or ()
    )


def _link(payload: shapes.MessageAction, channel: str) -> str | None:
    """Return the message's address; None when the workspace has no name that could be in one."""
    home = links.home(f"https://{payload.team.domain}.slack.com/") if payload.team else None
    message = payload.message
    return links.permalink(home, channel, message.ts, message.thread_ts) if home else None
