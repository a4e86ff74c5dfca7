"""Rooms: named sets of places, such as "security-triage", on any platform."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel

room_place = sa.Table(
    "room_place",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("room", sa.String, nullable=False),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("tenant", sa.String, nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    # Empty for the channel itself: a missing value would escape the unique key.
    sa.Column("thread", sa.String, nullable=False, default=""),
    # Who was last seen to read there; NULL before anybody looked.
    sa.Column("audience", sa.String),
    sa.UniqueConstraint("room", "platform", "tenant", "channel", "thread"),
    sa.Index("ix_room_place_channel", "platform", "tenant", "channel"),
)


@dataclass(frozen=True, slots=True)
class RoomPlace:
    """A channel, or a thread in one."""

    platform: str
    tenant: str
    channel: str
    thread: str | None = None


def bind_room(session: Session, room: str, place: RoomPlace) -> None:
    """Add a place to a room; the first one makes the room."""
    row = {"room": room, **_columns(place)}
    session.connection().execute(insert(room_place).values(**row).on_conflict_do_nothing())


def unbind_room(session: Session, room: str, place: RoomPlace) -> bool:
    """Take a place out of a room; False when it was not in it."""
    row = {"room": room, **_columns(place)}
    gone = session.connection().execute(sa.delete(room_place).filter_by(**row))
    return gone.rowcount > 0


def places_of(session: Session, room: str) -> list[RoomPlace]:
    """Return the places of a room, the oldest first."""
    columns = room_place.c
    rows = session.connection().execute(
        sa.select(columns.platform, columns.tenant, columns.channel, columns.thread)
        .where(columns.room == room)
        .order_by(columns.id)
    )
    return [RoomPlace(row.platform, row.tenant, row.channel, row.thread or None) for row in rows]


def note_audience(session: Session, place: RoomPlace, audience: str) -> None:
    """Keep who reads in a place; one that is in no room any more is left alone."""
    there = sa.update(room_place).filter_by(**_columns(place)).values(audience=audience)
    session.connection().execute(there)


def rooms_at(session: Session, platform: str, tenant: str, channel: str) -> list[str]:
    """Return the names of the rooms that a channel, or a thread in it, belongs to."""
    columns = room_place.c
    names = session.connection().scalars(
        sa.select(columns.room)
        .distinct()
        .where(columns.platform == platform, columns.tenant == tenant, columns.channel == channel)
        .order_by(columns.room)
    )
    return list(names)


def _columns(place: RoomPlace) -> dict[str, str]:
    return {
        "platform": place.platform,
        "tenant": place.tenant,
        "channel": place.channel,
        "thread": place.thread or "",
    }
