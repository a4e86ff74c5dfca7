"""What agendas ask of hiring's tables: what goes on, and since when."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workflows.hiring.rules import Outcome, SearchStatus
from workflows.hiring.tables import Application, Candidate, Recusal, Search


@dataclass(frozen=True, slots=True)
class Entry:
    """An application that goes on, and who must never see anything about it."""

    application: Application
    candidate: Candidate
    search: Search
    recused: frozenset[int]


def entries(session: Session) -> list[Entry]:
    """Return the applications that go on, in searches that are open, by candidate."""
    goes_on = col(Application.outcome) == Outcome.OPEN
    return _entries(session, goes_on, col(Search.status) == SearchStatus.OPEN)


def offers(session: Session) -> list[Entry]:
    """Return the applications whose offer nobody has answered, by candidate."""
    goes_on = col(Application.outcome) == Outcome.OPEN
    extended, decided = col(Application.offer_extended_at), col(Application.offer_decided_at)
    return _entries(session, goes_on, extended.is_not(None), decided.is_(None))


def wanted_by(session: Session, day: date, *wanted: SearchStatus) -> list[Search]:
    """Return the searches that stand so and want somebody up to a day, the first first."""
    found = select(Search).where(col(Search.status).in_(wanted), col(Search.target_start) <= day)
    return list(session.exec(found.order_by(col(Search.target_start), col(Search.id))))


def _entries(session: Session, *wanted: sa.ColumnElement[bool]) -> list[Entry]:
    found = select(Application, Candidate, Search).join(Candidate).join(Search).where(*wanted)
    rows = session.exec(found.order_by(col(Candidate.id), col(Application.id))).all()
    barred: dict[int, set[int]] = {}
    kept_out = select(Recusal).join(Application).where(Application.outcome == Outcome.OPEN)
    for one in session.exec(kept_out):
        barred.setdefault(one.application_id, set()).add(one.person_id)
    return [Entry(*row, recused=frozenset(barred.get(row[0].id or 0, ()))) for row in rows]
