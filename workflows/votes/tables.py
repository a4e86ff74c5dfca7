"""Votes' tables and every query on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import workflows.hiring.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed
from storage.secrets import sealed
from workflows.votes.rules import (
    Authority,
    Basis,
    Dispute,
    Mode,
    State,
    Trigger,
    code_of,
)

_PERSON = "person.id"
_VOTE = "votes_vote.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Vote(SQLModel, table=True):
    """One disagreement with its rule; *version* counts the wordings, each with ballots of its own.

    What may change with a version stands in its `Terms`. Percentages are whole numbers.
    """

    __tablename__ = "votes_vote"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    dispute: Dispute = Field(sa_type=closed(Dispute))
    search_id: int = Field(foreign_key="hiring_search.id", ondelete="CASCADE", index=True)
    #: The candidate in that search whom it is about, and the stage; none for other disputes.
    application_id: int | None = Field(
        default=None, foreign_key="hiring_application.id", ondelete="CASCADE", index=True
    )
    stage: str = ""
    trigger: Trigger = Field(default=Trigger.PERSON, sa_type=closed(Trigger))
    #: What Parley opened it for, such as "round:5": once for each.
    origin: str | None = Field(default=None, unique=True)
    opened_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    mode: Mode = Field(default=Mode.NAMED, sa_type=closed(Mode))
    basis: Basis = Field(default=Basis.BLOCK, sa_type=closed(Basis))
    quorum: int
    threshold: int
    fewest: int
    authority: Authority = Field(default=Authority.ADVISORY, sa_type=closed(Authority))
    decider_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    state: State = Field(default=State.OPEN, sa_type=closed(State), index=True)
    version: int = 1
    opened_at: datetime
    closes_at: datetime
    #: Working time that it was opened for, in minutes; a new version has as long.
    minutes: int
    is_extended: bool = False
    is_reopened: bool = False
    closed_at: datetime | None = None
    #: Until when a veto can be raised after the close.
    veto_until: datetime | None = None
    #: Why it was reopened or cancelled, sealed.
    note: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: Where its card hangs: [{"platform": …, "tenant": …, "channel": …, "thread": …}].
    places: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    #: The key of the timer that goes on with it.
    next_look: str = ""
    #: Where it goes on when no veto waits any more.
    resumes: State | None = Field(default=None, sa_type=closed(State))

    @property
    def code(self) -> str:
        """Return the short name by which people speak of it, such as V-7."""
        return code_of(self.id or 0)


class Terms(SQLModel, table=True):
    """What is asked in one version of a vote, and how it weighs; never changed after that."""

    __tablename__ = "votes_terms"
    __table_args__ = (UniqueConstraint("vote_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE")
    version: int
    #: Sealed, like all that people write about a candidate.
    question: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    #: [{"key": "advance", "label": "Advance", "needs_reason": false}], without abstaining.
    options: list[dict[str, Any]] = Field(sa_type=sa.JSON)
    weights: dict[str, int] = Field(sa_type=sa.JSON)  #: percent by department
    at: datetime


class Elector(SQLModel, table=True):
    """Somebody who may vote, with the department as it was at the opening."""

    __tablename__ = "votes_elector"

    vote_id: int = Field(foreign_key=_VOTE, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    department: str
    is_recused: bool = False


class VoterMark(SQLModel, table=True):
    """That somebody has voted in a version; never what."""

    __tablename__ = "votes_voter_mark"

    vote_id: int = Field(foreign_key=_VOTE, primary_key=True, ondelete="CASCADE")
    version: int = Field(primary_key=True)
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)


class Ballot(SQLModel, table=True):
    """What somebody chose in a vote that is not secret; their last one counts, all are kept."""

    __tablename__ = "votes_ballot"
    __table_args__ = (
        sa.Index("ix_votes_ballot_latest", "vote_id", "version", "person_id", "id"),
        _COUNTS_ON,
    )

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE")
    version: int
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE", index=True)
    choice: str
    reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    cast_at: datetime


class Recusal(SQLModel, table=True):
    """Why somebody recused themselves from a vote."""

    __tablename__ = "votes_recusal"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE", index=True)
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE", index=True)
    reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime


class Urn(SQLModel, table=True):
    """The ballots of a secret vote: sealed counts of one length, no row, order or time of any."""

    __tablename__ = "votes_urn"
    __table_args__ = (UniqueConstraint("vote_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE")
    version: int
    counts: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})


class Weighting(SQLModel, table=True):
    """Weights for one kind of dispute that one department proposed, and the other agreed to."""

    __tablename__ = "votes_weighting"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    dispute: Dispute = Field(sa_type=closed(Dispute), index=True)
    weights: dict[str, int] = Field(sa_type=sa.JSON)
    proposed_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    department: str  #: which of the two proposed it
    proposed_at: datetime
    agreed_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    agreed_at: datetime | None = None


# Votes ------------------------------------------------------------------------------------


def vote(session: Session, id: int) -> Vote | None:
    """Return a vote."""
    return session.get(Vote, id)


def lock_vote(session: Session, id: int) -> Vote | None:
    """Return a vote that nobody else changes, or votes in, before this transaction ends."""
    return session.get(Vote, id, populate_existing=True, with_for_update=True)


def terms(session: Session, vote: Vote) -> Terms:
    """Return what a vote asks now."""
    return terms_of(session, vote.id or 0, vote.version)


def terms_of(session: Session, vote_id: int, version: int) -> Terms:
    """Return what a version of a vote asks, or asked.

    Raises:
        NoResultFound: it never had so many versions.
    """
    found = select(Terms).where(Terms.vote_id == vote_id, Terms.version == version)
    return session.exec(found).one()


def wordings(session: Session, vote_id: int) -> list[Terms]:
    """Return what each version of a vote asked, the first first."""
    found = select(Terms).where(Terms.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Terms.version))))


def electors_of(session: Session, vote_id: int) -> list[Elector]:
    """Return who may vote, whoever recused themselves included, in a fixed order."""
    found = select(Elector).where(Elector.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Elector.person_id))))


def elector(session: Session, vote_id: int, person_id: int) -> Elector | None:
    """Return somebody's right to vote."""
    return session.get(Elector, (vote_id, person_id))


def voted(session: Session, vote: Vote) -> set[int]:
    """Return who has voted in the present version."""
    found = select(VoterMark.person_id)
    own = (VoterMark.vote_id == vote.id, VoterMark.version == vote.version)
    return set(session.exec(found.where(*own)))


def marks(session: Session, vote_id: int) -> set[tuple[int, int]]:
    """Return who voted in which version, as pairs of a version and a person."""
    found = select(VoterMark.version, VoterMark.person_id).where(VoterMark.vote_id == vote_id)
    return set(session.exec(found))


def waiting_for(session: Session, person_id: int) -> list[Vote]:
    """Return the open votes in which somebody may vote and has not, the next to close first."""
    present = (VoterMark.vote_id == Vote.id, VoterMark.version == Vote.version)
    marked = select(VoterMark).where(*present, VoterMark.person_id == person_id)
    mine = (Elector.person_id == person_id, col(Elector.is_recused).is_(False))
    found = select(Vote).join(Elector).where(*mine, Vote.state == State.OPEN, ~marked.exists())
    return list(session.exec(found.order_by(col(Vote.closes_at), col(Vote.id))))


def last_ballots(session: Session, vote_id: int, version: int) -> list[Ballot]:
    """Return what each voter chose last in a version, in a fixed order."""
    own = (Ballot.vote_id == vote_id, Ballot.version == version)
    last = select(sa.func.max(Ballot.id)).where(*own).group_by(col(Ballot.person_id))
    found = select(Ballot).where(col(Ballot.id).in_(last))
    return list(session.exec(found.order_by(col(Ballot.person_id))))


def votes_about(session: Session, application_id: int) -> list[Vote]:
    """Return the votes about a candidate in a search, the newest first."""
    found = select(Vote).where(Vote.application_id == application_id)
    return list(session.exec(found.order_by(col(Vote.id).desc())))


def votes_in(session: Session, states: Iterable[State]) -> list[Vote]:
    """Return the votes that stand so, the oldest first."""
    found = select(Vote).where(col(Vote.state).in_(list(states)))
    return list(session.exec(found.order_by(col(Vote.id))))


# Weights ----------------------------------------------------------------------------------


def agreed_weighting(session: Session, dispute: Dispute) -> Weighting | None:
    """Return the weights that both departments agreed on last."""
    found = select(Weighting).where(
        Weighting.dispute == dispute, col(Weighting.agreed_at).is_not(None)
    )
    return session.exec(found.order_by(col(Weighting.id).desc())).first()


def newest_weighting(session: Session, dispute: Dispute) -> int | None:
    """Return the number of the weights that were suggested last."""
    found = select(Weighting.id).where(Weighting.dispute == dispute)
    return session.exec(found.order_by(col(Weighting.id).desc())).first()


def lock_weighting(session: Session, id: int) -> Weighting | None:
    """Return suggested weights that nobody else agrees to before this transaction ends."""
    return session.get(Weighting, id, populate_existing=True, with_for_update=True)
