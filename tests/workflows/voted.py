"""A vote that is over, under a number that nothing else in a test gets."""

from sqlmodel import Session

from bot.context import unasked
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from tests.workflows.judged import JUDGED
from workflows.votes import keeping
from workflows.votes.rules import Dispute, State
from workflows.votes.tables import Elector, Terms, Vote

#: The number of the vote.
VOTED = 900


def hold(session: Session, elector: int, sealer: Sealer) -> None:
    """Let somebody alone have been asked about the candidate whom their panel has judged."""
    vote = Vote(
        id=VOTED,
        dispute=Dispute.TECHNICAL,
        search_id=JUDGED,
        application_id=JUDGED,
        quorum=60,
        threshold=60,
        fewest=1,
        state=State.DECIDED,
        opened_at=MONDAY,
        closes_at=MONDAY,
        closed_at=MONDAY,
        minutes=60,
    )
    session.add(vote)
    session.flush()
    session.add(Elector(vote_id=VOTED, person_id=elector, department="ta"))
    terms = Terms(vote_id=VOTED, version=1, options=[], weights={"ta": 100}, at=MONDAY)
    keeping.seal_question(unasked(session, sealer, MONDAY), terms, "Is it enough?")
