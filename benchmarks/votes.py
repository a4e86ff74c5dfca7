"""An open vote with many ballots, for measuring what one more costs."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from benchmarks.people import add_colleague
from workflows.hiring.tables import Search
from workflows.votes.rules import FEWEST_BALLOTS, QUORUM, THRESHOLD, WEIGHTS, Dispute, options_for
from workflows.votes.tables import Ballot, Elector, Terms, Vote

DAY = timedelta(days=1)
MINUTES = 960


def add_vote(session: Session, ballots: int, now: datetime) -> None:
    """Add the vote V-1, in which somebody on Slack has cast *ballots* and may cast more."""
    voter = add_colleague(session, "Voter", now)
    search = Search(title="SOC", role_family="soc", level="senior", opened_on=now.date())
    session.add(search)
    session.flush()
    vote = Vote(
        dispute=Dispute.PROCESS,
        search_id=search.id or 0,
        quorum=QUORUM,
        threshold=THRESHOLD,
        fewest=FEWEST_BALLOTS,
        opened_at=now,
        closes_at=now + DAY,
        minutes=MINUTES,
    )
    session.add(vote)
    session.flush()
    session.add(_terms(vote.id or 0, now))
    session.add(Elector(vote_id=vote.id or 0, person_id=voter.id, department="security"))
    session.flush()
    row = {"vote_id": vote.id, "version": 1, "person_id": voter.id, "cast_at": now}
    session.execute(sa.insert(Ballot), [{**row, "choice": "abstain"}] * ballots)


def _terms(vote: int, now: datetime) -> Terms:
    return Terms(
        vote_id=vote,
        version=1,
        options=[
            {"key": one.key, "label": one.label, "needs_reason": one.needs_reason}
            for one in options_for(Dispute.PROCESS)
        ],
        weights=dict(WEIGHTS[Dispute.PROCESS]),
        at=now,
    )
