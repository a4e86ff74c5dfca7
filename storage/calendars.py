"""Days off: when people are away, and the holidays of each list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.people import Person
from storage.reading import Reading

#: The list whose holidays everybody has.
COMPANY = "company"

absence = sa.Table(
    "absence",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "person_id", sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("away_at", UTCDateTime, nullable=False),
    sa.Column("back_at", UTCDateTime, nullable=False),
)
# A list is named for whom it holds: everybody, the people of a department by its key, or those
# who live by a time zone. So nobody has to be put on one.
holiday = sa.Table(
    "holiday",
    SQLModel.metadata,
    sa.Column("list", sa.String, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away, from the first instant away to the instant of return."""

    id: int
    away_at: datetime
    back_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day off for all whom a list holds for."""

    list: str
    day: date
    name: str


def absences_of(session: Session, person_id: int, *, since: datetime) -> list[Absence]:
    """Return when somebody is away, now and later, as far as it ends after *since*."""
    rows = session.connection().execute(
        sa.select(absence.c.id, absence.c.away_at, absence.c.back_at)
        .where(absence.c.person_id == person_id, absence.c.back_at > since)
        .order_by(absence.c.away_at, absence.c.id)
    )
    return [Absence(*row) for row in rows]


def away_between(
    session: Session, people: Iterable[int], at: datetime, until: datetime
) -> set[int]:
    """Return which of these people are away at some time between two instants."""
    rows = session.connection().scalars(
        sa.select(absence.c.person_id).where(
            absence.c.person_id.in_(list(people)),
            absence.c.away_at < until,
            absence.c.back_at > at,
        )
    )
    return set(rows)


def add_absence(session: Session, person_id: int, away_at: datetime, back_at: datetime) -> None:
    """Note that somebody will be away."""
    values = {"person_id": person_id, "away_at": away_at, "back_at": back_at}
    session.connection().execute(sa.insert(absence).values(values))


def end_absence(session: Session, ended: Absence, at: datetime) -> None:
    """Let an absence end at an instant; one that has not begun by then is forgotten."""
    this = absence.c.id == ended.id
    if ended.away_at < at:
        session.connection().execute(sa.update(absence).where(this).values(back_at=at))
    else:
        session.connection().execute(sa.delete(absence).where(this))


_HOLIDAYS = Reading(
    sa.select(holiday.c.day).where(
        holiday.c.list.in_([sa.bindparam(name) for name in ("company", "timezone", "department")])
    )
)


def holidays_for(session: Session, person: Person) -> frozenset[date]:
    """Return the days that somebody has off with others."""
    lists = {"timezone": person.timezone, "department": person.department or COMPANY}
    return frozenset(day for (day,) in _HOLIDAYS.rows(session, company=COMPANY, **lists))


def holidays(session: Session, lists: Iterable[str]) -> list[Holiday]:
    """Return the holidays of these lists, in order."""
    rows = session.connection().execute(
        sa.select(holiday.c.list, holiday.c.day, holiday.c.name)
        .where(holiday.c.list.in_(list(lists)))
        .order_by(holiday.c.list, holiday.c.day)
    )
    return [Holiday(*row) for row in rows]


def replace_holidays(session: Session, gone: Iterable[Holiday], new: Iterable[Holiday]) -> None:
    """Take holidays off their lists, and put others on theirs."""
    for one in gone:
        this = sa.and_(holiday.c.list == one.list, holiday.c.day == one.day)
        session.connection().execute(sa.delete(holiday).where(this))
    for one in new:
        values = {"list": one.list, "day": one.day, "name": one.name}
        session.connection().execute(sa.insert(holiday).values(values))
