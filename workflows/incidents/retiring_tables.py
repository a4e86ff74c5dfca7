"""Queries by which the words of old incidents are found and erased."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workflows.incidents.export_tables import Hold, Kept
from workflows.incidents.review_tables import Action, Section
from workflows.incidents.rules import OVER
from workflows.incidents.sheet_tables import Sheet, Words
from workflows.incidents.tables import Event, Incident
from workflows.incidents.task_tables import Task

#: What people wrote, beside an incident's own row.
_WORDS: Mapping[Any, str] = MappingProxyType(
    {
        Event: "text",
        Section: "content",
        Action: "what",
        Sheet: "content",
        Words: "content",
        Task: "what",
        Kept: "content",
    }
)


def with_words(session: Session, before: datetime) -> list[int]:
    """Return the numbers of the incidents that were over before then and whose words are there."""
    told = select(Event.incident_id).where(col(Event.text).is_not(None))
    is_left = sa.or_(col(Incident.title).is_not(None), col(Incident.id).in_(told))
    found = (
        select(Incident.id)
        .where(col(Incident.state).in_(list(OVER)), col(Incident.closed_at) < before)
        .where(is_left)
    )
    return [id for id in session.exec(found.order_by(col(Incident.id))) if id is not None]


def erase(session: Session, incident: Incident) -> None:
    """Erase what people wrote in a locked incident; every row stays."""
    incident.title = incident.severity_reason = None
    session.flush()
    for table, column in _WORDS.items():
        own = col(table.incident_id) == incident.id
        session.execute(sa.update(table).where(own).values({column: None}))


def whole_of(session: Session, incident: Incident) -> Incident:
    """Return what an incident is part of by now: itself, where it was never merged."""
    found = session.get(Incident, incident.merged_into) if incident.merged_into else None
    return incident if found is None else whole_of(session, found)


def holds(session: Session, incident: Incident) -> list[Hold]:
    """Return the holds on an incident, on what it is part of, and on the other parts of that."""
    whole = whole_of(session, incident).id or 0
    family = [whole, *_parts(session, [whole])]
    return list(session.exec(select(Hold).where(col(Hold.incident_id).in_(family))))


def _parts(session: Session, ids: Iterable[int]) -> list[int]:
    """Return the incidents that were merged into these, and into those."""
    found = select(Incident.id).where(col(Incident.merged_into).in_(list(ids)))
    parts = [id for id in session.exec(found) if id is not None]
    return [*parts, *_parts(session, parts)] if parts else []
