"""The queries on rooms that only their list needs."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from bot.platform import Audience
from storage.places import RoomPlace, room_place


@dataclass(frozen=True, slots=True)
class Listed:
    """A place of a room, and who was last seen to read there."""

    place: RoomPlace
    audience: Audience


def everything(session: Session) -> Mapping[str, list[Listed]]:
    """Return the places of all rooms by the rooms' names, each room's oldest place first."""
    columns = room_place.c
    rows = session.connection().execute(
        sa.select(
            columns.room,
            columns.platform,
            columns.tenant,
            columns.channel,
            columns.thread,
            columns.audience,
        ).order_by(columns.room, columns.id)
    )
    rooms: dict[str, list[Listed]] = {}
    for row in rows:
        place = RoomPlace(row.platform, row.tenant, row.channel, row.thread or None)
        listed = Listed(place, Audience(row.audience or Audience.UNKNOWN))
        rooms.setdefault(row.room, []).append(listed)
    return rooms
