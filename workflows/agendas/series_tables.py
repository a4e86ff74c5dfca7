"""Queries on the days of a series, and on who comes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workflows.agendas.tables import Meeting, Member


def meetings_since(session: Session, series_id: int, now: datetime, today: date) -> list[Meeting]:
    """Return the meetings of a series that are of today or later, by their day or their time."""
    later = sa.or_(col(Meeting.slot_on) >= today, col(Meeting.starts_at) > now)
    found = select(Meeting).where(Meeting.series_id == series_id, later)
    return list(session.exec(found.order_by(col(Meeting.slot_on))))


def count_members(session: Session, series_id: int) -> int:
    """Return how many come to a series."""
    counted = select(sa.func.count()).select_from(Member).where(Member.series_id == series_id)
    return session.exec(counted).one()
