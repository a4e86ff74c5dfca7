"""Agendas' tables and every query on them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import storage.people  # noqa: F401 - declares the table that our foreign keys point to
from storage import jobs
from storage.columns import closed
from storage.jobs import job
from storage.reading import Reading
from storage.secrets import sealed
from workflows.agendas.rules import (
    ENDED,
    ActionState,
    EditKind,
    HolidayPolicy,
    MinuteKind,
    State,
    TopicState,
)

_PERSON = "person.id"
_SERIES = "agendas_series.id"
_MEETING = "agendas_meeting.id"
# A number that people have read must never mean another thing.
_COUNTS_ON = {"sqlite_autoincrement": True}


class Series(SQLModel, table=True):
    """A meeting that comes back; its rhythm is that of a wall clock in *timezone*."""

    __tablename__ = "agendas_series"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    rule: str  #: as `bot.recurrence.Recurrence` writes it
    timezone: str  #: IANA name
    minutes: int  #: how long it takes
    draft_minutes: int  #: how long before the start the owners get the draft
    publish_minutes: int  #: how long before the start everybody reads it
    policy: HolidayPolicy = Field(default=HolidayPolicy.SKIP, sa_type=closed(HolidayPolicy))
    #: Lists of days off: a region such as "GB-ENG", or a list of the company's own.
    holidays: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    #: The parts that it has; empty for all.
    parts: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    active_from: date
    active_until: date | None = None
    paused_until: date | None = None  #: the first day on which it comes back
    #: Counts what calendars have to be told of the rhythm itself (RFC 5545, SEQUENCE).
    sequence: int = 0
    is_over: bool = False
    created_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    created_at: datetime


class Member(SQLModel, table=True):
    """Somebody who comes; owners edit and approve."""

    __tablename__ = "agendas_member"

    series_id: int = Field(foreign_key=_SERIES, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    is_owner: bool = False


class Meeting(SQLModel, table=True):
    """One meeting of a series: of each day of its rhythm there is at most one."""

    __tablename__ = "agendas_meeting"
    __table_args__ = (UniqueConstraint("series_id", "slot_on"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key=_SERIES, ondelete="CASCADE")
    slot_on: date  #: the local day that the rhythm gave it, also once it was moved
    starts_at: datetime
    ends_at: datetime
    state: State = Field(default=State.PLANNED, sa_type=closed(State), index=True)
    is_moved: bool = False  #: its time does not come from its rhythm: it was put there
    #: Parley skipped or moved it: a day off, a pause; without that it stands as before.
    is_by_itself: bool = False
    #: Counts what calendars have to be told of this one (RFC 5545, SEQUENCE).
    sequence: int = 0
    why: str = ""  #: why it was skipped or moved: the day off, or what an owner gave
    facilitator_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    approved_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    published_at: datetime | None = None
    is_late: bool = False  #: it was published after its time, because Parley was down
    #: The key of the timer that goes on with it.
    next_look: str = ""
    #: Which part is talked about, from 1; 0 while nobody keeps the time.
    at_part: int = 0


class Edit(SQLModel, table=True):
    """What an owner changed in an agenda: of a part ("votes") or an item ("vote:7")."""

    __tablename__ = "agendas_edit"
    __table_args__ = (UniqueConstraint("meeting_id", "key", "kind"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key=_MEETING, ondelete="CASCADE")
    key: str
    kind: EditKind = Field(sa_type=closed(EditKind))
    place: int | None = None
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Topic(SQLModel, table=True):
    """What somebody wants to talk about; on the next agenda, or parked."""

    __tablename__ = "agendas_topic"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key=_SERIES, ondelete="CASCADE", index=True)
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    minutes: int | None = None
    owner_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    state: TopicState = Field(default=TopicState.OPEN, sa_type=closed(TopicState))
    added_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    added_at: datetime


class Action(SQLModel, table=True):
    """What somebody does until some day; it comes back until it is done."""

    __tablename__ = "agendas_action"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key=_SERIES, ondelete="CASCADE", index=True)
    #: Where it was agreed; None outside a meeting.
    meeting_id: int | None = Field(default=None, foreign_key=_MEETING, ondelete="SET NULL")
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    owner_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL", index=True)
    due_on: date | None = None
    ref: str = ""  #: what it is about, such as S-12
    state: ActionState = Field(default=ActionState.OPEN, sa_type=closed(ActionState))
    carried: int = 0  #: on how many later agendas it stood
    became: str = ""  #: what it goes on as, such as V-7
    created_at: datetime
    closed_at: datetime | None = None
    #: The key of the timer that reminds of it.
    next_look: str = ""
    #: A keyed digest of the message that it was made of: that makes one action.
    made_of: str | None = Field(default=None, unique=True)


class Minute(SQLModel, table=True):
    """A decision or a note of a meeting; never changed after that."""

    __tablename__ = "agendas_minute"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key=_MEETING, ondelete="CASCADE", index=True)
    kind: MinuteKind = Field(sa_type=closed(MinuteKind))
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime
    #: A keyed digest of the message that it was made of: that makes one line.
    made_of: str | None = Field(default=None, unique=True)


class Need(SQLModel, table=True):
    """Something that will be needed by some day, such as a planned opening."""

    __tablename__ = "agendas_need"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key=_SERIES, ondelete="CASCADE", index=True)
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    owner_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    by_on: date
    is_over: bool = False


class Slot(NamedTuple):
    """What is to come of a series, as far as telling takes whether its time is still right."""

    series_id: int
    rule: str
    timezone: str
    meeting_id: int | None  #: None where nothing is to come
    state: State | None
    slot_on: date
    starts_at: datetime
    is_moved: bool
    is_by_itself: bool


_MEMBERS = Reading(
    sa.select(Member)
    .where(col(Member.series_id) == sa.bindparam("series"))
    .order_by(col(Member.is_owner).desc(), col(Member.person_id))
)
_edits = sa.select(Edit).order_by(col(Edit.id))
_EDITS = Reading(_edits.where(col(Edit.meeting_id) == sa.bindparam("meeting")))


# Series -----------------------------------------------------------------------------------


def series(session: Session, id: int) -> Series | None:
    """Return a series."""
    return session.get(Series, id)


def lock_series(session: Session, id: int) -> Series | None:
    """Return a series that nobody else changes before this transaction ends."""
    return session.get(Series, id, populate_existing=True, with_for_update=True)


def series_of(session: Session, person_id: int) -> list[Series]:
    """Return the series that somebody comes to and that go on, by name."""
    own = select(Series).join(Member).where(Member.person_id == person_id, ~col(Series.is_over))
    return list(session.exec(own.order_by(Series.name, col(Series.id))))


def members(session: Session, series_id: int) -> list[Member]:
    """Return who comes to a series, the owners first; to be looked at alone."""
    return [one for (one,) in _MEMBERS.rows(session, series=series_id)]


def member(session: Session, series_id: int, person_id: int) -> Member | None:
    """Return how somebody belongs to a series."""
    return session.get(Member, (series_id, person_id))


# Meetings ---------------------------------------------------------------------------------


def meeting(session: Session, id: int) -> Meeting | None:
    """Return a meeting."""
    return session.get(Meeting, id)


def lock_meeting(session: Session, id: int) -> Meeting | None:
    """Return a meeting that nobody else changes before this transaction ends."""
    return session.get(Meeting, id, populate_existing=True, with_for_update=True)


def meeting_on(session: Session, series_id: int, slot_on: date) -> Meeting | None:
    """Return the meeting that the rhythm of a series has on a day."""
    found = select(Meeting).where(Meeting.series_id == series_id, Meeting.slot_on == slot_on)
    return session.exec(found).first()


def meetings_of(session: Session, series_id: int, *states: State) -> list[Meeting]:
    """Return the meetings of a series that stand so, or all, the first first."""
    found = select(Meeting).where(Meeting.series_id == series_id)
    if states:
        found = found.where(col(Meeting.state).in_(states))
    return list(session.exec(found.order_by(col(Meeting.starts_at), col(Meeting.id))))


def open_meetings(session: Session, series_id: int) -> list[Meeting]:
    """Return the meetings of a series that are still to come or go on, the first first."""
    return meetings_of(session, series_id, *(state for state in State if state not in ENDED))


def coming_meetings(session: Session, series_id: int, now: datetime) -> list[Meeting]:
    """Return the meetings of a series that have not begun, and those that would come back."""
    states = [State.PLANNED, State.DRAFT, State.PUBLISHED]
    comes_back = sa.and_(col(Meeting.state) == State.SKIPPED, col(Meeting.is_by_itself))
    found = select(Meeting).where(
        Meeting.series_id == series_id,
        col(Meeting.starts_at) > now,
        col(Meeting.state).in_(states) | comes_back,
    )
    return list(session.exec(found.order_by(col(Meeting.starts_at), col(Meeting.id))))


def untimed_meetings(session: Session) -> list[Meeting]:
    """Return the meetings that go on by themselves and whose timer waits no more.

    There may be as many others as there are series: the database leaves them out.
    """
    waits = sa.exists().where(job.c.key == Meeting.next_look, job.c.state == jobs.State.READY)
    goes_on = col(Meeting.state).in_([state for state in State if state not in ENDED])
    return list(session.exec(select(Meeting).where(goes_on, ~waits)))


def last_series(session: Session) -> int:
    """Return the highest number that a series has."""
    return session.exec(select(sa.func.max(Series.id))).one() or 0


def coming_slots(session: Session, numbers: range, now: datetime) -> list[Slot]:
    """Return what is to come of the series of these numbers, of each at least one line."""
    comes = sa.and_(
        col(Meeting.series_id) == col(Series.id),
        col(Meeting.starts_at) > now,
        col(Meeting.state).in_([State.PLANNED, State.DRAFT, State.PUBLISHED]),
    )
    columns = (
        *(col(Series.id), col(Series.rule), col(Series.timezone)),
        *(col(Meeting.id), col(Meeting.state), col(Meeting.slot_on), col(Meeting.starts_at)),
        *(col(Meeting.is_moved), col(Meeting.is_by_itself)),
    )
    rows = session.connection().execute(
        sa.select(*columns)
        .select_from(sa.outerjoin(Series, Meeting, comes))
        .where(col(Series.id) >= numbers.start, col(Series.id) < numbers.stop, ~col(Series.is_over))
        .order_by(col(Series.id))
    )
    return [Slot._make(row) for row in rows]


def last_meeting(session: Session, series_id: int, before: datetime) -> Meeting | None:
    """Return the last meeting of a series that took place before an instant."""
    found = select(Meeting).where(
        Meeting.series_id == series_id,
        col(Meeting.starts_at) < before,
        col(Meeting.state).in_([State.RUNNING, State.OVER]),
    )
    return session.exec(found.order_by(col(Meeting.starts_at).desc())).first()


# What belongs to them ---------------------------------------------------------------------


def edits(session: Session, meeting_id: int) -> list[Edit]:
    """Return what owners changed in an agenda, in order; to be looked at alone."""
    return [one for (one,) in _EDITS.rows(session, meeting=meeting_id)]


def edit(session: Session, meeting_id: int, key: str, kind: EditKind) -> Edit | None:
    """Return what owners changed of one thing in one way."""
    found = select(Edit).where(
        Edit.meeting_id == meeting_id, Edit.key == key, col(Edit.kind) == kind
    )
    return session.exec(found).first()


def topics(session: Session, series_id: int, *states: TopicState) -> list[Topic]:
    """Return the topics of a series that stand so, the oldest first."""
    found = select(Topic).where(Topic.series_id == series_id, col(Topic.state).in_(states))
    return list(session.exec(found.order_by(col(Topic.id))))


def lock_topic(session: Session, id: int) -> Topic | None:
    """Return a topic that nobody else changes before this transaction ends."""
    return session.get(Topic, id, populate_existing=True, with_for_update=True)


def actions(session: Session, series_id: int, *states: ActionState) -> list[Action]:
    """Return the actions of a series that stand so, the first due first."""
    found = select(Action).where(Action.series_id == series_id, col(Action.state).in_(states))
    order = (col(Action.due_on).is_(None), col(Action.due_on), col(Action.id))
    return list(session.exec(found.order_by(*order)))


def actions_of(session: Session, person_id: int) -> list[Action]:
    """Return what somebody still has to do, the first due first."""
    own = (Action.owner_id == person_id, Action.state == ActionState.OPEN)
    order = (col(Action.due_on).is_(None), col(Action.due_on), col(Action.id))
    return list(session.exec(select(Action).where(*own).order_by(*order)))


def action(session: Session, id: int) -> Action | None:
    """Return an action."""
    return session.get(Action, id)


def lock_action(session: Session, id: int) -> Action | None:
    """Return an action that nobody else changes before this transaction ends."""
    return session.get(Action, id, populate_existing=True, with_for_update=True)


def minutes(session: Session, meeting_id: int) -> list[Minute]:
    """Return what was kept of a meeting, in order."""
    found = select(Minute).where(Minute.meeting_id == meeting_id)
    return list(session.exec(found.order_by(col(Minute.id))))


def needs(session: Session, series_id: int, until: date) -> list[Need]:
    """Return what will be needed up to a day, the first first."""
    found = select(Need).where(
        Need.series_id == series_id, ~col(Need.is_over), col(Need.by_on) <= until
    )
    return list(session.exec(found.order_by(col(Need.by_on), col(Need.id))))


def lock_need(session: Session, id: int) -> Need | None:
    """Return a need that nobody else changes before this transaction ends."""
    return session.get(Need, id, populate_existing=True, with_for_update=True)


def owners(found: Iterable[Member]) -> list[int]:
    """Return the numbers of those who own a series."""
    return [one.person_id for one in found if one.is_owner]
