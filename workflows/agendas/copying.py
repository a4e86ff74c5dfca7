"""One copy of an agenda: posted once, and edited when it would say something else."""

import json

from bot.context import Context
from bot.inbound import Place
from bot.ui import Message
from storage.people import Person
from workflows.agendas import codes, copies_tables
from workflows.agendas.building import Readers
from workflows.agendas.copies_tables import Copy
from workflows.agendas.rules import Reach
from workflows.agendas.tables import Meeting

_PERSON = "person:"


def spot_of(to: Person | Place) -> str:
    """Return the name of where a copy stands."""
    if isinstance(to, Person):
        return f"{_PERSON}{to.id}"
    return json.dumps([to.platform, to.tenant, to.channel, to.thread])


def owner_at(copy: Copy) -> int | None:
    """Return in whose own chat a copy stands; None in a channel."""
    return int(copy.at.removeprefix(_PERSON)) if copy.at.startswith(_PERSON) else None


def place_of(copy: Copy) -> Place | None:
    """Return the channel in which a copy stands; None in somebody's own chat."""
    return None if owner_at(copy) is not None else place_at(copy.at)


def place_at(spot: str) -> Place:
    """Return the place that `spot_of` named."""
    platform, tenant, channel, thread = json.loads(spot)
    return Place(platform, tenant, channel, thread)


def put(
    ctx: Context, meeting: Meeting, to: Person | Place, message: Message, *, readers: Readers
) -> None:
    """Have a copy of a locked meeting's agenda say *message*; where it does already, it stays."""
    at, digest = spot_of(to), ctx.digest_of(message)
    copy = copies_tables.copy(ctx.session, meeting.id or 0, at)
    if copy is None:
        copy = Copy(meeting_id=meeting.id or 0, at=at, shown_at=ctx.now, seen_at=ctx.now)
    copy.reach, copy.seen_at = readers.reach, ctx.now
    copy.readers = [one.id for one in readers.people]
    if copy.digest != digest:
        copy.digest, copy.shown_at = digest, ctx.now
        _send(ctx, meeting, to, message, readers)
    ctx.session.add(copy)
    ctx.session.flush()


def _send(
    ctx: Context, meeting: Meeting, to: Person | Place, message: Message, readers: Readers
) -> None:
    ctx.send(
        to,
        message,
        key=codes.draft(meeting.id, to.id) if isinstance(to, Person) else codes.agenda(meeting.id),
        about=codes.entity(meeting.id),
        sensitive=readers.reach is not Reach.OUTSIDE,
    )
