"""Queries on the days of a series, and on who comes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workflows.agendas.tables import Meeting, Member, Series


def meetings_since(session: Session, series_id: int, now: datetime, today: date) -> list[Meeting]:
    """Return the meetings of a series that are of today or later, by their day or their time."""
    later = sa.or_(col(Meeting.slot_on) >= today, col(Meeting.starts_at) > now)
    found = select(Meeting).where(Meeting.series_id == series_id, later)
    return list(session.exec(found.order_by(col(Meeting.slot_on))))


def on_day(
    session: Session, series: Series, day: date, *, now: datetime, besides: date | None = None
) -> Meeting | None:
    """Return the meeting that is on a day by now, else the one that the rhythm had there.

    The one that the rhythm has on *besides* is looked over.
    """
    zone = ZoneInfo(series.timezone)
    since = min(day, now.astimezone(zone).date())
    found = meetings_since(session, series.id or 0, now, since)
    rows = [one for one in found if one.slot_on != besides]
    here = (one for one in rows if one.starts_at.astimezone(zone).date() == day)
    return next(here, None) or next((one for one in rows if one.slot_on == day), None)


def count_members(session: Session, series_id: int) -> int:
    """Return how many come to a series."""
    counted = select(sa.func.count()).select_from(Member).where(Member.series_id == series_id)
    return session.exec(counted).one()
