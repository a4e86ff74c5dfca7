"""The shapes of Teams' activities, as far as they are used; whatever has another shape is refused.

Unknown fields are left out, so that nothing behind this file meets a value nobody checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from bot.wire import Json, Reason, Refused

Id = Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,512}$")]
Name = Annotated[str, Field(max_length=512)]
#: The directory's ids; whoever writes them with capitals means the same person.
Guid = Annotated[
    str, BeforeValidator(lambda id: id.lower() if isinstance(id, str) else id), Field(max_length=64)
]
Texts = Annotated[str, BeforeValidator(lambda value: "" if value is None else value)]
MaybeGuid = Annotated[Guid | None, BeforeValidator(lambda value: value or None)]


class Shape(BaseModel):
    """A part of an activity."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


class Account(Shape):
    """A person or a bot; who is in no directory has no id there."""

    id: Id
    name: Texts = ""
    aad_object_id: MaybeGuid = None
    tenant_id: MaybeGuid = None


class Conversation(Shape):
    """A channel's thread, a group chat or a one-to-one chat."""

    id: Id
    conversation_type: Texts = ""
    tenant_id: MaybeGuid = None


class Tenant(Shape):
    """A company's directory."""

    id: MaybeGuid = None


class ChannelData(Shape):
    """What only Teams says of an activity."""

    tenant: Tenant | None = None


class Entity(Shape):
    """A mention, or what the client says of itself; *text* is how the mention stands there."""

    type: Name
    mentioned: Account | None = None
    text: Texts = ""
    timezone: Texts = ""


def _of_use(entities: object) -> object:
    """Leave out what we do not read, whatever shape it has."""
    if not isinstance(entities, list):
        return ()
    used = ("mention", "clientInfo")  # compared, not hashed: the type may be anything
    return [each for each in entities if isinstance(each, dict) and each.get("type") in used]


Entities = Annotated[tuple[Entity, ...], BeforeValidator(_of_use)]


class Envelope(Shape):
    """What every activity must say, and what the token that came with it vouches for."""

    channel_id: Name
    service_url: Name
    conversation: Conversation
    channel_data: ChannelData | None = None

    @property
    def tenant(self) -> str | None:
        """Return in whose tenant it happened."""
        return self.conversation.tenant_id or self.delivery_tenant

    @property
    def delivery_tenant(self) -> str | None:
        """Return the tenant for which Teams delivers it."""
        return (
            self.channel_data.tenant.id if self.channel_data and self.channel_data.tenant else None
        )


class Activity(Envelope):
    """Something that a person did."""

    type: Name
    id: Id
    sender: Account = Field(validation_alias=AliasChoices("from"))
    recipient: Account
    entities: Entities = ()
    reply_to_id: Texts = ""
    local_timestamp: datetime | None = None
    local_timezone: Texts = ""


class File(Shape):
    """What Teams says of a file that somebody sent to the bot."""

    unique_id: Texts = ""
    file_type: Texts = ""
    download_url: Texts = ""


class Attachment(Shape):
    """Something that hangs on a message."""

    id: Texts = ""
    content_type: Texts = ""
    name: Texts = ""
    content: Any = None


class Said(Activity):
    """Words."""

    type: Literal["message"]
    text: Texts = ""
    attachments: tuple[Attachment, ...] | None = None


class Execution(Shape):
    """The button that was pressed; what stood in its card's inputs is mixed into the data."""

    data: dict[str, Any] = Field(default_factory=dict)


class Executed(Shape):
    """A press on a posted card."""

    action: Execution


class CardAction(Activity):
    """A press on a posted card's button that stays with the card."""

    value: Executed


class Data(Shape):
    """What a dialog, or a button that opens one, brought back."""

    data: dict[str, Any] = Field(default_factory=dict)


class DialogFetch(Activity):
    """A press on a button that opens a dialog."""

    value: Data


class DialogSubmit(Activity):
    """Something was done in a dialog, whether a button or a message extension had opened it."""

    value: Data


class Writer(Shape):
    """Who wrote a quoted message."""

    id: Texts = ""
    display_name: Texts = ""


class From(Shape):
    """A quoted message's author: a person, or an app."""

    user: Writer | None = None
    application: Writer | None = None


class Body(Shape):
    """A quoted message's words."""

    content_type: Texts = ""
    content: Texts = ""


class Quoted(Shape):
    """The message that an extension was used on."""

    id: Texts = ""
    reply_to_id: Texts = ""
    created_date_time: AwareDatetime | None = None
    sender: From | None = Field(default=None, validation_alias=AliasChoices("from"))
    body: Body = Body()
    link_to_message: Texts = ""
    attachments: tuple[Attachment, ...] | None = None


class Extension(Shape):
    """A message extension's command, used on a message or without one."""

    command_id: Name
    message_payload: Quoted | None = None


class ExtensionFetch(Activity):
    """Somebody chose a message extension's command."""

    value: Extension


class Parameter(Shape):
    """Something typed into a search box."""

    name: Name
    value: Texts = ""


class Search(Shape):
    """A search in a message extension."""

    command_id: Name
    parameters: tuple[Parameter, ...] = ()


class ExtensionQuery(Activity):
    """Somebody types into a message extension's search box."""

    value: Search


class MembersAdded(Activity):
    """Somebody, perhaps the bot, came into a team or a chat."""

    type: Literal["conversationUpdate"]
    members_added: tuple[Account, ...]


class Installed(Activity):
    """The app was installed: for a person, or in a team or a chat."""

    type: Literal["installationUpdate"]


Heard = (
    Said
    | CardAction
    | DialogFetch
    | DialogSubmit
    | ExtensionFetch
    | ExtensionQuery
    | MembersAdded
    | Installed
)

_INVOKES: Mapping[str, type[Heard]] = {
    "adaptiveCard/action": CardAction,
    "task/fetch": DialogFetch,
    "task/submit": DialogSubmit,
    "composeExtension/fetchTask": ExtensionFetch,
    "composeExtension/submitAction": DialogSubmit,
    "composeExtension/query": ExtensionQuery,
}


def read(body: Json) -> Heard | None:
    """Return the activity in *body*, or nothing for a kind that Parley does not listen to.

    Raises:
        Refused: it is of a kind that Teams sends, but not of its shape.
    """
    shape = _shape(body)
    if shape is None:
        return None
    try:
        return shape.model_validate(body)
    except ValidationError:
        raise Refused(Reason.MALFORMED) from None


def envelope(body: Json) -> Envelope:
    """Return what *body* says of its origin.

    Raises:
        Refused: it says too little for any token to vouch for it.
    """
    try:
        return Envelope.model_validate(body)
    except ValidationError:
        raise Refused(Reason.MALFORMED) from None


def _shape(body: Json) -> type[Heard] | None:
    match body:
        case {"type": "message"}:
            return Said
        case {"type": "invoke", "name": str(name)}:
            return _INVOKES.get(name)
        case {"type": "conversationUpdate", "membersAdded": [_, *_]}:
            return MembersAdded
        case {"type": "installationUpdate", "action": "add"}:
            return Installed
        case _:
            return None
