"""A vote that is over, under a number that nothing else in a test gets, and votes that are open."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.context import unasked
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from tests.workflows.judged import JUDGED
from workflows.votes import keeping
from workflows.votes.rules import Dispute, State, options_for
from workflows.votes.tables import Elector, Terms, Vote

#: The number of the vote.
VOTED = 900


def hold(session: Session, elector: int, sealer: Sealer) -> None:
    """Let somebody alone have been asked about the candidate whom their panel has judged."""
    _ask(session, elector, sealer, id=VOTED, state=State.DECIDED, closed_at=MONDAY)


def ask(session: Session, elector: int, sealer: Sealer) -> int:
    """Let somebody alone be asked about that candidate; return the number of the vote."""
    return _ask(session, elector, sealer)


def _ask(session: Session, elector: int, sealer: Sealer, **changed: Any) -> int:
    fields: dict[str, Any] = {
        "dispute": Dispute.TECHNICAL,
        "search_id": JUDGED,
        "application_id": JUDGED,
        "quorum": 60,
        "threshold": 60,
        "fewest": 1,
        "opened_at": MONDAY,
        "closes_at": MONDAY + timedelta(days=1),
        "minutes": 60,
        **changed,
    }
    vote = Vote(**fields)
    session.add(vote)
    session.flush()
    id = vote.id or 0
    session.add(Elector(vote_id=id, person_id=elector, department="ta"))
    options = [asdict(one) for one in options_for(vote.dispute)]
    terms = Terms(vote_id=id, version=1, options=options, weights={"ta": 100}, at=MONDAY)
    keeping.seal_question(unasked(session, sealer, MONDAY), terms, "Is it enough?")
    return id
