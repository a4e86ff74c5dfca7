"""Where an incident is talked about on each platform, and what stands there of its timeline."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from bot.inbound import Place
from storage import posts
from storage.columns import closed
from workflows.incidents.rules import Kind
from workflows.incidents.tables import Event

_COUNTS_ON = {"sqlite_autoincrement": True}


class RoomKind(StrEnum):
    """What a room is made of."""

    CHANNEL = "channel"  #: a private channel that Parley made
    THREAD = "thread"  #: in a channel where triage reads
    CHATS = "chats"  #: everybody's own chat with Parley


class Purpose(StrEnum):
    """For whom a room is."""

    RESPONSE = "response"  #: those who act: all of the timeline
    STAKEHOLDERS = "stakeholders"  #: those who want to know where it stands


#: What stands in a room for stakeholders of a timeline.
FOR_STAKEHOLDERS = (Kind.DECLARED, Kind.SEVERITY, Kind.STATE, Kind.UPDATE)


class Room(SQLModel, table=True):
    """One room of an incident on one platform; as long as its channel is made it has none."""

    __tablename__ = "incidents_room"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents_incident.id", ondelete="CASCADE", index=True)
    platform: str
    kind: RoomKind = Field(sa_type=closed(RoomKind))
    purpose: Purpose = Field(default=Purpose.RESPONSE, sa_type=closed(Purpose))
    tenant: str = ""
    channel: str = ""
    #: Set where triage's own place is a thread already.
    thread: str | None = None
    opened_at: datetime
    closed_at: datetime | None = None
    archive_at: datetime | None = None
    #: Somebody asked that it outlives its incident.
    is_kept: bool = False
    #: Who could not be let in, and is told in their own chat.
    missing: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    #: Of stakeholders: the digest of each department's words, by their key, as they stand there.
    told: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    #: The key of the timer that brings it up to date; "" when it is.
    next_look: str = ""

    @property
    def place(self) -> Place:
        """Return where its channel, or its thread's channel, is."""
        return Place(self.platform, self.tenant, self.channel, self.thread)

    @property
    def is_being_made(self) -> bool:
        """Say whether its platform has not answered yet."""
        return self.kind is RoomKind.CHANNEL and not self.channel


class Rendered(SQLModel, table=True):
    """A line of the timeline in a room: shown there, or *withheld* until the lead says so."""

    __tablename__ = "incidents_rendered"

    room_id: int = Field(foreign_key="incidents_room.id", primary_key=True, ondelete="CASCADE")
    event_id: int = Field(foreign_key="incidents_event.id", primary_key=True, ondelete="CASCADE")
    #: When it was shown.
    at: datetime | None = None
    is_withheld: bool = False


#: What the rooms of each purpose begin with.
ROOTS = {Purpose.RESPONSE: "room", Purpose.STAKEHOLDERS: "stakeholders"}


def root_key(incident_id: int, purpose: Purpose) -> str:
    """Return the key under which each room of an incident begins."""
    return f"incident:{incident_id}:{ROOTS[purpose]}"


def room(session: Session, id: int) -> Room | None:
    """Return a room that is still in use."""
    found = session.get(Room, id)
    return found if found is not None and found.closed_at is None else None


def rooms_of(session: Session, incident_id: int) -> list[Room]:
    """Return the rooms of an incident that are in use, the oldest first."""
    found = select(Room).where(Room.incident_id == incident_id, col(Room.closed_at).is_(None))
    return list(session.exec(found.order_by(col(Room.id))))


def incident_at(session: Session, place: Place) -> int | None:
    """Return the incident whose room a place is: its channel, or its thread there."""
    found = select(Room).where(
        Room.platform == place.platform,
        Room.tenant == place.tenant,
        Room.channel == place.channel,
        col(Room.closed_at).is_(None),
    )
    return next(
        (one.incident_id for one in session.exec(found) if _is_here(session, one, place)), None
    )


def _is_here(session: Session, room: Room, place: Place) -> bool:
    if room.kind is RoomKind.CHANNEL:
        return True
    root = posts.find(
        session,
        root_key(room.incident_id, room.purpose),
        platform=room.platform,
        tenant=room.tenant,
        channel=room.channel,
        thread=room.thread,
    )
    return root is not None and root == place.thread


def unrendered(session: Session, room: Room) -> list[Event]:
    """Return the lines of the timeline that a room lacks, in the order in which they came."""
    there = select(Rendered.event_id).where(Rendered.room_id == room.id)
    found = select(Event).where(Event.incident_id == room.incident_id, col(Event.id).not_in(there))
    if room.purpose is Purpose.STAKEHOLDERS:
        found = found.where(col(Event.kind).in_(FOR_STAKEHOLDERS))
    return list(session.exec(found.order_by(col(Event.id))))


def rendered(session: Session, room_id: int) -> list[Rendered]:
    """Return what is known of each line in a room, the first line first."""
    found = select(Rendered).where(Rendered.room_id == room_id)
    return list(session.exec(found.order_by(col(Rendered.event_id))))


def withheld(session: Session, rooms: Iterable[Room], event_id: int) -> list[Rendered]:
    """Return in which of these rooms a line is withheld."""
    wanted = [room.id for room in rooms]
    found = select(Rendered).where(
        col(Rendered.room_id).in_(wanted), Rendered.event_id == event_id, col(Rendered.is_withheld)
    )
    return list(session.exec(found))


def superseding(session: Session, event_id: int) -> Event | None:
    """Return the line that corrects another one."""
    found = select(Event).where(Event.supersedes_id == event_id).order_by(col(Event.id))
    return session.exec(found).first()


def behind(session: Session) -> list[Room]:
    """Return the rooms, of all incidents, that lack a line of their timeline."""
    is_settled = sa.or_(col(Rendered.at).is_not(None), col(Rendered.is_withheld))
    there = select(Rendered).where(
        Rendered.room_id == Room.id, Rendered.event_id == Event.id, is_settled
    )
    belongs = sa.or_(col(Room.purpose) == Purpose.RESPONSE, col(Event.kind).in_(FOR_STAKEHOLDERS))
    lacking = select(Event).where(Event.incident_id == Room.incident_id, belongs, ~there.exists())
    found = select(Room).where(col(Room.closed_at).is_(None), lacking.exists())
    return list(session.exec(found.order_by(col(Room.id))))


def to_archive(session: Session) -> list[Room]:
    """Return the rooms, of all incidents, that are to be closed some day."""
    found = select(Room).where(
        col(Room.closed_at).is_(None), col(Room.archive_at).is_not(None), ~col(Room.is_kept)
    )
    return list(session.exec(found.order_by(col(Room.id))))
