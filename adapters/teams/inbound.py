"""What an activity means: a pure function from Teams' words to what a person did."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from enum import StrEnum
from typing import assert_never

from pydantic import ValidationError

from adapters.teams import shapes
from adapters.teams.fields import read_answers
from adapters.teams.shapes import Account, Activity, Heard
from adapters.teams.ticket import Ticket
from adapters.teams.words import addressed_to, plain, without_html, without_mention
from bot.clock import zone_named
from bot.errors import Invalid
from bot.inbound import (
    Arrival,
    Command,
    FileRef,
    Inbound,
    Place,
    Post,
    Press,
    Query,
    QuotedMessage,
    Shortcut,
    Submission,
    UserRef,
)
from bot.wire import Json

TEAMS = "teams"
#: The ids of bots; those of people begin with 29 or 8.
BOTS = "28:"
#: Channels, group chats and the chats of two people: everything but a person's chat with a bot.
SHARED = "19:"
THREAD = ";messageid="
#: A file that others read as well stays where it is: bots are told its name.
REFERENCE_TYPE = "reference"
FILE_TYPE = "application/vnd.microsoft.teams.file.download.info"
#: Teams asks once when a search box opens, before anything is typed.
OPENED = "initialRun"


class Surface(StrEnum):
    """Where something was done, which decides how the answer travels."""

    MESSAGE = "message"  #: words; the engine sends the answer by itself
    CARD = "card"  #: a button on a posted card (`adaptiveCard/action`): a toast
    DIALOG_FETCH = "dialog_fetch"  #: a button or an extension that opens a dialog
    DIALOG_SUBMIT = "dialog_submit"  #: something was done in a dialog
    QUERY = "query"  #: somebody types into the message extension's search box


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person did, and what the way back needs."""

    inbound: Inbound
    surface: Surface
    service_url: str  #: where the Bot Connector of this conversation answers
    zone: tzinfo = UTC  #: the reader's own, in which a dialog asks for instants
    #: It was done in the person's own chat, under an answer that belongs to the place.
    from_own_chat: bool = False


@dataclass(frozen=True, slots=True)
class _Origin:
    """Who did it and where."""

    activity: Activity
    tenant: str

    @property
    def user(self) -> UserRef:
        return self.account(self.activity.sender)

    @property
    def place(self) -> Place:
        return self.named(self.activity.conversation.id)

    def named(self, conversation: str) -> Place:
        """Return the place of a conversation, or of a thread in it."""
        channel, _, thread = conversation.partition(THREAD)
        return Place(TEAMS, self.tenant, channel, thread or None)

    @property
    def one_to_one(self) -> bool:
        conversation = self.activity.conversation
        return conversation.conversation_type == "personal" and not conversation.id.startswith(
            SHARED
        )

    def account(self, account: Account) -> UserRef:
        """Return whose account it is: a stranger's, where it is of another company or of none."""
        home = account.tenant_id or self.activity.delivery_tenant or self.tenant
        return UserRef(TEAMS, home, account.aad_object_id or account.id)

    @property
    def zone(self) -> tzinfo:
        """Return the client's zone, or else the offset of its clock."""
        activity = self.activity
        for name in (activity.local_timezone, *(entity.timezone for entity in activity.entities)):
            with suppress(Invalid):
                return zone_named(name)
        return (activity.local_timestamp and activity.local_timestamp.tzinfo) or UTC

    def id(self, *parts: str) -> str:
        return ":".join((TEAMS, self.tenant, *parts))

    def once(self, kind: str) -> str:
        """Return an id that a repeat of the same activity has as well."""
        return self.id(kind, self.activity.conversation.id, self.activity.id)

    def act(self, inbound: Inbound, surface: Surface = Surface.MESSAGE) -> Act:
        return Act(
            inbound=inbound,
            surface=surface,
            service_url=self.activity.service_url,
            zone=self.zone,
        )


def understand(activity: Heard, tenant: str) -> Act | None:
    """Return what the person did in *tenant*, or nothing when it asks nothing of Parley."""
    if activity.sender.id.startswith(BOTS):
        return None
    return _meaning(activity, _Origin(activity, tenant))


def _meaning(activity: Heard, origin: _Origin) -> Act | None:
    match activity:
        case shapes.Said():
            return origin.act(_said(activity, origin))
        case shapes.CardAction():
            return _pressed(activity.value.action.data, origin, Surface.CARD)
        case shapes.DialogFetch():
            return _pressed(activity.value.data, origin, Surface.DIALOG_FETCH)
        case shapes.DialogSubmit():
            return _sent(activity.value.data, origin)
        case shapes.ExtensionFetch():
            return origin.act(_shortcut(activity, origin), Surface.DIALOG_FETCH)
        case shapes.ExtensionQuery():
            return origin.act(_query(activity, origin), Surface.QUERY)
        case shapes.MembersAdded() | shapes.Installed():
            return _arrived(activity, origin)
        case _:
            assert_never(activity)


def _said(said: shapes.Said, origin: _Origin) -> Inbound:
    words = addressed_to(said.recipient.id, said.text, said.entities)
    post = _post(said, origin)
    if words is None and not origin.one_to_one:
        return post
    return Command(
        id=origin.once("message"),
        user=origin.user,
        place=origin.place,
        inline=False,
        one_to_one=origin.one_to_one,
        confided=origin.one_to_one,
        opens_forms=False,
        name="",
        text=plain(said.text, said.entities) if words is None else words,
        post=post if post.files or not origin.one_to_one else None,
    )


def _post(said: shapes.Said, origin: _Origin) -> Post:
    return Post(
        id=origin.once("message"),
        user=origin.user,
        place=origin.place,
        inline=False,
        one_to_one=origin.one_to_one,
        confided=origin.one_to_one,
        opens_forms=False,
        text=without_mention(said.recipient.id, said.text, said.entities),
        files=tuple(_files(said.attachments or ())),
        message=said.id,
    )


def _pressed(data: Json, origin: _Origin, surface: Surface) -> Act | None:
    """Return the press on a button of a posted card; only one of its kinds opens a dialog."""
    ticket = Ticket.read(data)
    if ticket is None or ticket.is_form:
        return None
    # A dialog is for one person wherever it is opened.
    leads_back = bool(ticket.asked_in) and origin.one_to_one and surface is Surface.CARD
    press = Press(
        id=origin.once("press"),
        user=origin.user,
        place=origin.named(ticket.asked_in) if leads_back else origin.place,
        one_to_one=origin.one_to_one and not leads_back,
        opens_forms=surface is Surface.DIALOG_FETCH,
        route=ticket.route,
        payload=ticket.ids,
        message=origin.activity.reply_to_id or None,
    )
    return replace(origin.act(press, surface), from_own_chat=leads_back)


def _sent(data: Json, origin: _Origin) -> Act | None:
    """Return what was done in a dialog: it is done once for each showing, by one person."""
    ticket = Ticket.read(data)
    if ticket is None or not ticket.instance:
        return None
    id, user = origin.id("dialog", str(origin.user), ticket.instance), origin.user
    inbound: Inbound
    if ticket.is_form:
        inbound = Submission(
            id=id,
            user=user,
            place=origin.place,
            one_to_one=origin.one_to_one,
            route=ticket.route,
            state=ticket.ids,
            answers=read_answers(data, origin.zone),
        )
    else:
        inbound = Press(
            id=id,
            user=user,
            place=origin.place,
            one_to_one=origin.one_to_one,
            route=ticket.route,
            payload=ticket.ids,
        )
    return origin.act(inbound, Surface.DIALOG_SUBMIT)


def _shortcut(activity: shapes.ExtensionFetch, origin: _Origin) -> Shortcut:
    quoted = activity.value.message_payload or shapes.Quoted()
    return Shortcut(
        id=origin.once("shortcut"),
        user=origin.user,
        place=_beside(quoted, origin),
        one_to_one=origin.one_to_one,
        route=activity.value.command_id,
        quoted=_quoted(quoted),
    )


def _beside(quoted: shapes.Quoted, origin: _Origin) -> Place:
    """Return where a quoted message stands: it alone says in which thread, and chats have none."""
    if origin.activity.conversation.conversation_type != "channel":
        return origin.place
    return replace(origin.place, thread=origin.place.thread or quoted.reply_to_id or None)


def _quoted(quoted: shapes.Quoted) -> QuotedMessage:
    writer = quoted.sender and (quoted.sender.user or quoted.sender.application)
    content, link = quoted.body.content, quoted.link_to_message
    return QuotedMessage(
        id=quoted.id,
        text=without_html(content) if quoted.body.content_type == "html" else content,
        author=writer.id if writer else "",
        link=link if link.startswith("https://") else None,
        sent_at=quoted.created_date_time,
        files=tuple(_files(quoted.attachments or ())),
    )


def _query(activity: shapes.ExtensionQuery, origin: _Origin) -> Query:
    typed = (each.value for each in activity.value.parameters if each.name != OPENED)
    return Query(
        id=origin.once("query"),
        user=origin.user,
        place=origin.place,
        one_to_one=origin.one_to_one,
        route=activity.value.command_id,
        text=next(typed, ""),
    )


def _arrived(activity: shapes.MembersAdded | shapes.Installed, origin: _Origin) -> Act | None:
    """Return who came; that Parley itself did is told twice, as a member and as an app."""
    added = activity.members_added if isinstance(activity, shapes.MembersAdded) else ()
    newcomers = tuple(origin.account(who) for who in added if not who.id.startswith(BOTS))
    if any(who.id == activity.recipient.id for who in added):
        newcomers = ()
    elif added and not newcomers:
        return None
    arrival = Arrival(
        id=origin.id("arrival", origin.place.channel, *map(str, newcomers)),
        user=origin.user,
        place=origin.place,
        inline=False,
        one_to_one=origin.one_to_one,
        opens_forms=False,
        newcomers=newcomers,
    )
    return origin.act(arrival)


def _files(attachments: Iterable[shapes.Attachment]) -> Iterator[FileRef]:
    for attachment in attachments:
        mime = mimetypes.guess_type(attachment.name)[0] or ""
        if attachment.content_type == REFERENCE_TYPE:
            yield FileRef(attachment.id, attachment.name, size=0, mime=mime)
        if attachment.content_type != FILE_TYPE:
            continue
        with suppress(ValidationError):
            file = shapes.File.model_validate(attachment.content)
            yield FileRef(
                file.unique_id, attachment.name, size=0, mime=mime, address=file.download_url
            )
