"""A meeting that comes back, under a number that nothing else in a test gets."""

from sqlmodel import Session

from tests.workflows.engine import MONDAY
from workflows.agendas import terms
from workflows.agendas.tables import Member, Series

#: The number of the series.
MET = 900


def meet(session: Session, owner: int) -> None:
    """Let somebody alone own a series that meets on Mondays."""
    agreed = terms.usual("Weekly", "UTC", MONDAY.date())
    columns = terms.columns(agreed)
    session.add(Series(id=MET, created_by=owner, created_at=MONDAY, **columns))
    session.flush()
    session.add(Member(series_id=MET, person_id=owner, is_owner=True))
    session.flush()
