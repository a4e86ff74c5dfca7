"""The queries on rooms that only their list needs."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import Session

from storage.places import RoomPlace, room_place


def everything(session: Session) -> Mapping[str, list[RoomPlace]]:
    """Return the places of all rooms by the rooms' names, each room's oldest place first."""
    columns = room_place.c
    rows = session.connection().execute(
        sa.select(
            columns.room, columns.platform, columns.tenant, columns.channel, columns.thread
        ).order_by(columns.room, columns.id)
    )
    rooms: dict[str, list[RoomPlace]] = {}
    for row in rows:
        place = RoomPlace(row.platform, row.tenant, row.channel, row.thread or None)
        rooms.setdefault(row.room, []).append(place)
    return rooms
