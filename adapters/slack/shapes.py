"""The shapes of Slack's payloads, as far as they are used; whatever has another shape is refused.

Unknown fields are left out, so that nothing behind this file meets a value nobody checked.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.wire import Json, Reason, Refused

Id = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,64}$")]
#: Ten digits of seconds reach to the year 2286; a calendar ends with 9999.
Ts = Annotated[str, Field(pattern=r"^[0-9]{1,10}\.[0-9]{1,6}$")]
Name = Annotated[str, Field(max_length=255)]
#: A form sends an absent field as an empty one.
MaybeId = Annotated[Id | None, BeforeValidator(lambda value: value or None)]
Texts = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]


class Shape(BaseModel):
    """A part of a payload."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Workspace(Shape):
    """The workspace in which something was done."""

    id: MaybeId = None
    domain: Texts = ""


class Account(Shape):
    """Who did it; *team_id* is the account's own team, perhaps another company's."""

    id: Id
    team_id: MaybeId = None


class Named(Shape):
    """A channel or an enterprise."""

    id: MaybeId = None


class SlashCommand(Shape):
    """`/term EDRM`."""

    command: Annotated[str, Field(pattern=r"^/\S{1,80}$")]
    text: str = ""
    user_id: Id
    team_id: MaybeId = None
    enterprise_id: MaybeId = None
    channel_id: Id
    trigger_id: Name
    response_url: str = ""


class State(Shape):
    """The answers in a window, by block; `read_answers` looks into them."""

    values: dict[str, Any] = Field(default_factory=dict)


class View(Shape):
    """A window or the Home."""

    id: Id
    type: Name
    callback_id: Name = ""
    private_metadata: Texts = ""
    state: State | None = None
    app_installed_team_id: MaybeId = None


class Interaction(Shape):
    """What all clicks, windows and shortcuts have in common."""

    user: Account
    team: Workspace | None = None
    enterprise: Named | None = None
    view: View | None = None
    trigger_id: Name = ""

    @property
    def team_id(self) -> str | None:
        """Return the workspace's id; an installation for a whole organisation names none.

        In a window that somebody of another company opened, *team* is theirs.
        """
        installed = self.view.app_installed_team_id if self.view else None
        return installed or (self.team.id if self.team else None)

    @property
    def enterprise_id(self) -> str | None:
        """Return the organisation's id, if the workspace belongs to one."""
        return self.enterprise.id if self.enterprise else None


class Action(Shape):
    """One element that was used."""

    type: Name
    action_id: Name
    block_id: Name = ""
    value: Texts = ""


class Container(Shape):
    """What carried the element: a message, a window or the Home."""

    type: Name
    message_ts: Ts | None = None
    channel_id: MaybeId = None
    thread_ts: Ts | None = None
    is_ephemeral: bool = False


class Attachment(Shape):
    """A file on a message."""

    id: Id
    name: Texts = ""
    size: int = 0
    mimetype: Texts = ""


class Written(Shape):
    """A message that somebody wrote, as shortcuts quote it."""

    ts: Ts
    text: Texts = ""
    thread_ts: Ts | None = None
    user: MaybeId = None
    bot_id: MaybeId = None
    files: tuple[Attachment, ...] | None = None


class Pressed(Shape):
    """The message that carries a pressed button; an ephemeral one has no more than an id."""

    thread_ts: Ts | None = None


class BlockActions(Interaction):
    """A press on a button, or the use of another element."""

    type: Literal["block_actions"]
    container: Container
    channel: Named | None = None
    message: Pressed | None = None
    response_url: Texts = ""
    actions: Annotated[tuple[Action, ...], Field(min_length=1, max_length=25)]


class ViewSubmission(Interaction):
    """A form that was sent."""

    type: Literal["view_submission"]
    view: View


class ViewClosed(Interaction):
    """A form that was closed."""

    type: Literal["view_closed"]
    view: View


class MessageAction(Interaction):
    """A shortcut used on a message."""

    type: Literal["message_action"]
    callback_id: Name
    channel: Named
    message: Written
    response_url: Texts = ""


class GlobalShortcut(Interaction):
    """A shortcut used from anywhere."""

    type: Literal["shortcut"]
    callback_id: Name


class BlockSuggestion(Interaction):
    """Somebody types into a select whose options come from us; there is none."""

    type: Literal["block_suggestion"]
    action_id: Name


class Authorization(Shape):
    """For whom an event is delivered: the workspace of the installation, and its bot."""

    team_id: MaybeId = None
    enterprise_id: MaybeId = None
    user_id: MaybeId = None


class Event(Shape):
    """What happened."""

    type: Name
    user: MaybeId = None
    user_team: MaybeId = None
    channel: MaybeId = None
    text: Texts = ""
    ts: Ts | None = None
    thread_ts: Ts | None = None
    channel_type: Texts = ""
    tab: Texts = ""
    bot_id: MaybeId = None
    inviter: MaybeId = None
    files: tuple[Attachment, ...] | None = None


class EventCallback(Shape):
    """An event with its envelope."""

    type: Literal["event_callback"]
    event: Event
    event_id: Name
    authorizations: tuple[Authorization, ...] | None = None

    @property
    def installed(self) -> Authorization:
        """Return for which workspace and bot the event is meant.

        In a channel shared with another company the envelope's own team can be theirs.
        """
        return self.authorizations[0] if self.authorizations else Authorization()

    @property
    def team_id(self) -> str | None:
        """Return the id of our workspace."""
        return self.installed.team_id

    @property
    def enterprise_id(self) -> str | None:
        """Return the organisation's id, if the workspace belongs to one."""
        return self.installed.enterprise_id


Payload = (
    SlashCommand
    | BlockActions
    | ViewSubmission
    | ViewClosed
    | MessageAction
    | GlobalShortcut
    | BlockSuggestion
    | EventCallback
)

_SHAPES: dict[object, type[Payload]] = {
    "block_actions": BlockActions,
    "view_submission": ViewSubmission,
    "view_closed": ViewClosed,
    "message_action": MessageAction,
    "shortcut": GlobalShortcut,
    "block_suggestion": BlockSuggestion,
    "event_callback": EventCallback,
}
_EVENTS = frozenset({"app_mention", "message", "app_home_opened", "member_joined_channel"})
#: New words of a person; every other kind is an edit, a deletion, a join, a bot.
_NEW_WORDS = frozenset({None, "file_share", "thread_broadcast"})


def read(body: Json) -> Payload | None:
    """Return the payload in *body*, or nothing for a kind that Parley does not listen to.

    Raises:
        Refused: it is of a kind that Slack sends, but not of its shape.
    """
    kind = body.get("type")
    shape = SlashCommand if "command" in body else _SHAPES.get(kind if _is_text(kind) else "")
    if shape is None or (shape is EventCallback and not _is_heard(body.get("event"))):
        return None
    try:
        payload = shape.model_validate(_with_team(body) if shape is EventCallback else body)
    except ValidationError:
        raise Refused(Reason.MALFORMED) from None
    return payload


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_heard(event: object) -> bool:
    if not isinstance(event, dict):
        raise Refused(Reason.MALFORMED)
    kind, subtype = event.get("type"), event.get("subtype")
    if not isinstance(kind, str) or not (subtype is None or isinstance(subtype, str)):
        raise Refused(Reason.MALFORMED)
    return kind in _EVENTS and subtype in _NEW_WORDS


def _with_team(body: Json) -> Json:
    """Return an event's envelope with its team among the authorizations where there are none."""
    if body.get("authorizations"):
        return body
    own = {"team_id": body.get("team_id"), "enterprise_id": body.get("enterprise_id")}
    return {**body, "authorizations": [own]}
