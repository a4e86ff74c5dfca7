"""The end of an incident's rooms: some time after it is over, unless somebody keeps them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.asking import Archive
from bot.context import Context
from bot.errors import Conflict
from bot.ui import Message
from workflows.incidents import (
    access,
    codes,
    exporting,
    rendering,
    rooms_tables,
    rooms_texts,
    rooms_views,
    tables,
    timeline,
)
from workflows.incidents import workflow as it
from workflows.incidents.rooms_tables import Room, RoomKind
from workflows.incidents.rules import OVER, Kind
from workflows.incidents.tables import Incident

#: How long the rooms of an incident outlive it.
AFTERWARDS = timedelta(days=14)
_NOTICE = "archive"


def plan(ctx: Context, incident: Incident, room: Room) -> None:
    """Have a room archived some time after its incident is over, and say so there."""
    if incident.state not in OVER or incident.closed_at is None:
        room.archive_at = None
        return
    at = incident.closed_at + AFTERWARDS
    if room.archive_at == at:
        return
    room.archive_at, room.is_kept = at, False
    id = incident.id or 0
    ctx.schedule(archive, at, key=_key(id, at), incident=id)
    button = keep_rooms.button(rooms_texts.KEEP, incident=id)
    rendering.say(
        ctx, incident, room, rooms_views.archived_soon(incident, at, button), what=_NOTICE
    )


@it.action("keep_rooms")
def keep_rooms(ctx: Context, incident: int) -> Message:
    """Keep the rooms of an incident that is over."""
    found = access.readable(ctx, incident)
    ending = [
        one
        for one in rooms_tables.rooms_of(ctx.session, incident)
        if one.archive_at is not None and not one.is_kept
    ]
    if not ending:
        raise Conflict(rooms_texts.NOTHING_TO_KEEP)
    for room in ending:
        room.is_kept = True
        rendering.say(ctx, found, room, rooms_views.kept(found), what=_NOTICE)
    ctx.record(codes.entity(incident), after="rooms kept")
    return Message(text=rooms_texts.KEPT)


@it.timer("archive_rooms")
def archive(ctx: Context, incident: int) -> None:
    """Archive the rooms of an incident that is still over, and that nobody keeps."""
    found = tables.lock_incident(ctx.session, incident)
    if found is None or not _is_long_over(ctx, found):
        return
    ending = [
        one
        for one in rooms_tables.rooms_of(ctx.session, incident)
        if one.archive_at is not None and not one.is_kept
    ]
    if ending:
        exporting.keep(ctx, found)
    for room in ending:
        if room.kind is RoomKind.CHANNEL:
            room.archive_at = None
            key = f"incident:{incident}:room:{room.id}:archive:{ctx.request_id}"
            ctx.ask(Archive(room.place), archived, key=key, room=room.id or 0)
        else:
            room.closed_at = ctx.now


@it.timer("room_archived")
def archived(ctx: Context, room: int, answer: bool = False) -> None:
    """Note that a room is archived; where that cannot be, somebody has to do it by hand."""
    found = rooms_tables.room(ctx.session, room)
    incident = tables.lock_incident(ctx.session, found.incident_id) if found else None
    if found is None or incident is None:
        return
    found.closed_at = ctx.now
    if not answer:
        timeline.note(ctx, incident, Kind.DELIVERY, rooms_texts.NOT_ARCHIVED)


@it.awaits
def ending_rooms(session: Session) -> Mapping[str, str]:
    """Return the rooms that end some day."""
    return {
        f"incident:{room.incident_id}:room:{room.id}:end": _key(room.incident_id, room.archive_at)
        for room in rooms_tables.to_archive(session)
        if room.archive_at is not None
    }


def _is_long_over(ctx: Context, incident: Incident) -> bool:
    """Say whether an incident is over, and did not begin again since."""
    at = incident.closed_at
    return incident.state in OVER and at is not None and at + AFTERWARDS <= ctx.now


def _key(incident_id: int, at: datetime) -> str:
    return f"incident:{incident_id}:archive:{at:%Y%m%dT%H%M%S.%f}"
