"""Recurring things, such as a weekly agenda: when each fires next, and the slot it fired for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

schedule = sa.Table(
    "schedule",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("owner", sa.String, nullable=False),
    sa.Column("rule", sa.String, nullable=False),
    sa.Column("tz", sa.String, nullable=False),
    sa.Column("next_at", UTCDateTime, nullable=False, index=True),
    sa.Column("last_slot", sa.String),
    sa.Column("grace_seconds", sa.Integer, nullable=False),
    sa.Column("enabled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("kind", "owner"),
    # Its number is part of the keys of the jobs it leaves.
    sqlite_autoincrement=True,
)


class NoSuchSchedule(LookupError):
    """No schedule has this number."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """One recurring thing of one owner, such as the agenda of a meeting."""

    id: int
    kind: str
    owner: str  #: the entity it belongs to, such as "meeting:4"
    rule: str  #: the recurrence, in words of the wall clock
    tz: str  #: the IANA zone of that clock
    next_at: datetime
    last_slot: str | None  #: the wall time it last fired for
    grace_seconds: int  #: how late a missed slot is still worth firing
    enabled: bool


def upsert(
    session: Session,
    kind: str,
    owner: str,
    *,
    rule: str,
    tz: str,
    next_at: datetime,
    grace: timedelta = timedelta(hours=6),
) -> Schedule:
    """Set the one schedule of this kind and owner, and switch it on."""
    row = {
        "rule": rule,
        "tz": tz,
        "next_at": next_at,
        "grace_seconds": int(grace.total_seconds()),
        "enabled": True,
    }
    stored = session.connection().execute(
        insert(schedule)
        .values(kind=kind, owner=owner, **row)
        .on_conflict_do_update(index_elements=["kind", "owner"], set_=row)
        .returning(schedule)
    )
    return Schedule(**stored.mappings().one())


def due(session: Session, now: datetime, *, limit: int = 100) -> list[Schedule]:
    """Return the schedules whose time has come, the longest overdue first."""
    return _schedules(session, schedule.c.enabled, schedule.c.next_at <= now, limit=limit)


def listing(session: Session) -> list[Schedule]:
    """Return every schedule, the next one first."""
    return _schedules(session)


def by_id(session: Session, id: int) -> Schedule:
    """Return a schedule.

    Raises:
        NoSuchSchedule: there is none with this number.
    """
    found = _schedules(session, schedule.c.id == id)
    if not found:
        raise NoSuchSchedule(f"There is no schedule with the number {id}.")
    return found[0]


def advance(
    session: Session,
    fired: Schedule,
    *,
    from_next_at: datetime,
    next_at: datetime,
    last_slot: str | None,
) -> bool:
    """Move a schedule on to its next time; False when another replica already has.

    Only whoever gets True may fire, in the same transaction.
    """
    moved = session.connection().execute(
        sa.update(schedule)
        .where(schedule.c.id == fired.id, schedule.c.enabled, schedule.c.next_at == from_next_at)
        .values(next_at=next_at, last_slot=last_slot)
    )
    return moved.rowcount == 1


def switch(session: Session, id: int, *, enabled: bool) -> None:
    """Switch a schedule on or off; its next time stays as it is."""
    session.connection().execute(
        sa.update(schedule).where(schedule.c.id == id).values(enabled=enabled)
    )


def _schedules(
    session: Session, *wanted: sa.ColumnElement[bool], limit: int | None = None
) -> list[Schedule]:
    rows = session.connection().execute(
        sa.select(schedule).where(*wanted).order_by(schedule.c.next_at, schedule.c.id).limit(limit)
    )
    return [Schedule(**row) for row in rows.mappings()]
