"""Votes' tables and every query on them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import workflows.hiring.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed
from storage.prepared import Prepared
from storage.reading import Reading
from storage.secrets import sealed
from workflows.votes.rules import (
    Authority,
    Basis,
    Dispute,
    Ground,
    Mode,
    Resolution,
    Result,
    Stance,
    State,
    Trigger,
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


class Count(SQLModel, table=True):
    """What a version came to at its close.

    *shares* are exact percentages such as "200/3", *counts* those of each department; both are
    None where they would tell on a voter.
    """

    __tablename__ = "votes_count"

    vote_id: int = Field(foreign_key=_VOTE, primary_key=True, ondelete="CASCADE")
    version: int = Field(primary_key=True)
    result: Result = Field(sa_type=closed(Result))
    recommended: str = ""
    electors: int
    answered: int
    shares: dict[str, str] | None = Field(default=None, sa_type=sa.JSON)
    counts: dict[str, dict[str, int]] | None = Field(default=None, sa_type=sa.JSON)
    at: datetime


class VetoHolder(SQLModel, table=True):
    """Somebody who may say that it must not go ahead, on these grounds."""

    __tablename__ = "votes_veto_holder"

    vote_id: int = Field(foreign_key=_VOTE, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    grounds: list[Ground] = Field(sa_type=sa.JSON)


class Veto(SQLModel, table=True):
    """That it must not go ahead, by name, until the decider upholds or rejects it."""

    __tablename__ = "votes_veto"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE", index=True)
    person_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    ground: Ground = Field(sa_type=closed(Ground))
    reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    raised_at: datetime
    #: While the vote is open, as if it closed in time: a veto takes effect at the close.
    expires_at: datetime
    #: The option that does not go ahead; "" until the veto is upheld.
    against: str = ""
    resolution: Resolution = Field(default=Resolution.WAITING, sa_type=closed(Resolution))
    resolved_at: datetime | None = None


class Decision(SQLModel, table=True):
    """What was decided in the end, and by whom; *is_override* when not what was recommended."""

    __tablename__ = "votes_decision"

    vote_id: int = Field(foreign_key=_VOTE, primary_key=True, ondelete="CASCADE")
    decided: str
    recommended: str = ""
    decider_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    rationale: str | None = Field(default=None, sa_column_kwargs={"info": sealed(row="vote_id")})
    is_override: bool = False
    at: datetime


class Say(SQLModel, table=True):
    """What one of several deciders said, until they agree: the directors decide together."""

    __tablename__ = "votes_say"
    __table_args__ = (UniqueConstraint("vote_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE", index=True)
    choice: str
    rationale: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime


class Commit(SQLModel, table=True):
    """How somebody who was not followed stands to the decision."""

    __tablename__ = "votes_commit"
    __table_args__ = (UniqueConstraint("vote_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key=_VOTE, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, ondelete="CASCADE", index=True)
    stance: Stance = Field(sa_type=closed(Stance))
    note: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime


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


def takes_part(session: Session, vote_id: int, person_id: int) -> bool:
    """Say whether somebody votes, may veto, said something as a decider, or decided."""
    parts = (
        sa.exists().where(col(one.vote_id) == vote_id, col(who) == person_id)
        for one, who in (
            (Elector, Elector.person_id),
            (VetoHolder, VetoHolder.person_id),
            (Say, Say.person_id),
            (Decision, Decision.decider_id),
        )
    )
    return bool(session.scalar(sa.select(sa.or_(*parts))))


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


def counts_of(session: Session, vote_id: int) -> list[Count]:
    """Return what each version came to that was ever counted, the first first."""
    found = select(Count).where(Count.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Count.version))))


def last_count(session: Session, vote_id: int) -> Count | None:
    """Return what a vote came to at its last close."""
    found = select(Count).where(Count.vote_id == vote_id).order_by(col(Count.version).desc())
    return session.exec(found).first()


def decision(session: Session, vote_id: int) -> Decision | None:
    """Return what was decided."""
    return session.get(Decision, vote_id)


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


# After the close --------------------------------------------------------------------------


def veto_holders(session: Session, vote_id: int) -> list[VetoHolder]:
    """Return who may veto, in a fixed order."""
    found = select(VetoHolder).where(VetoHolder.vote_id == vote_id)
    return list(session.exec(found.order_by(col(VetoHolder.person_id))))


def vetoes(session: Session, vote_id: int, *resolutions: Resolution) -> list[Veto]:
    """Return the vetoes that stand so, the oldest first."""
    found = select(Veto).where(Veto.vote_id == vote_id)
    wanted = found.where(col(Veto.resolution).in_(resolutions))
    return list(session.exec(wanted.order_by(col(Veto.id))))


def says(session: Session, vote_id: int) -> list[Say]:
    """Return what each of several deciders said, in the order of their first word."""
    found = select(Say).where(Say.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Say.id))))


def commits(session: Session, vote_id: int) -> list[Commit]:
    """Return how people stand to the decision, in the order of their first word."""
    found = select(Commit).where(Commit.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Commit.id))))


# Casting ----------------------------------------------------------------------------------
# A ballot costs the same however many there are, and none of SQLAlchemy's share of the work.

_vote, _terms, _elector, _mark, _ballot, _urn = (
    SQLModel.metadata.tables[f"votes_{name}"]
    for name in ("vote", "terms", "elector", "voter_mark", "ballot", "urn")
)
_RIGHT = Reading(
    sa.select(_vote.c.mode, _elector.c.department, _terms.c.options)
    .join_from(_vote, _elector, _elector.c.vote_id == _vote.c.id)
    .join(_terms, sa.and_(_terms.c.vote_id == _vote.c.id, _terms.c.version == _vote.c.version))
    .where(
        _vote.c.id == sa.bindparam("vote_id"),
        _vote.c.version == sa.bindparam("version"),
        _vote.c.state == State.OPEN,
        _vote.c.closes_at > sa.bindparam("now"),
        _elector.c.person_id == sa.bindparam("person_id"),
        _elector.c.is_recused.is_(sa.false()),
    )
    # In this order, as everybody who changes them: nobody closes a vote while somebody votes.
    .with_for_update(read=True, of=[_vote, _elector])
)
_MARK = Prepared(
    postgresql.insert(_mark).on_conflict_do_nothing(), "vote_id", "version", "person_id"
)
_CAST = Prepared(
    sa.insert(_ballot).returning(_ballot.c.id),
    *("vote_id", "version", "person_id", "choice", "cast_at"),
)
_EXPLAIN = Prepared(
    sa.update(_ballot)
    .where(_ballot.c.id == sa.bindparam("ballot"))
    .values(reason=sa.bindparam("sealed"))
)
_LOCK_URN = Prepared(
    sa.select(_urn.c.id, _urn.c.counts)
    .where(_urn.c.vote_id == sa.bindparam("vote_id"), _urn.c.version == sa.bindparam("version"))
    .with_for_update()
)
_FILL_URN = Prepared(
    sa.update(_urn).where(_urn.c.id == sa.bindparam("urn")).values(counts=sa.bindparam("sealed"))
)


class Wording(NamedTuple):
    """A vote in one of its versions."""

    vote: int
    version: int


@dataclass(frozen=True, slots=True)
class Right:
    """Somebody may vote now: in which mode, for which department, and for what."""

    mode: Mode
    department: str
    options: list[dict[str, Any]]


def right_to_vote(session: Session, person_id: int, asked: Wording, now: datetime) -> Right | None:
    """Return how somebody may vote now; the vote cannot close before this transaction ends."""
    found = _RIGHT.first(
        session, vote_id=asked.vote, version=asked.version, person_id=person_id, now=now
    )
    return Right(*found) if found else None


def mark(session: Session, asked: Wording, person_id: int) -> bool:
    """Note that somebody has voted; False when that was known."""
    return bool(
        _MARK.changed(session, vote_id=asked.vote, version=asked.version, person_id=person_id)
    )


def cast(session: Session, asked: Wording, person_id: int, choice: str, now: datetime) -> int:
    """Add a ballot, after all that the person cast before, and return its number."""
    where = {"vote_id": asked.vote, "version": asked.version}
    [(id,)] = _CAST.rows(session, **where, person_id=person_id, choice=choice, cast_at=now)
    return int(id)


def explain(session: Session, ballot: int, sealed: str) -> None:
    """Keep why a ballot was cast."""
    _EXPLAIN.changed(session, ballot=ballot, sealed=sealed)


def lock_urn(session: Session, asked: Wording) -> tuple[int, str]:
    """Return an urn's number and its sealed counts, which nobody else changes now."""
    [(id, counts)] = _LOCK_URN.rows(session, vote_id=asked.vote, version=asked.version)
    return id, counts


def fill_urn(session: Session, urn: int, sealed: str) -> None:
    """Put an urn's new counts in the place of the old ones."""
    _FILL_URN.changed(session, urn=urn, sealed=sealed)


_SAME_PERSON = (
    col(Ballot.vote_id) == col(Elector.vote_id),
    col(Ballot.person_id) == col(Elector.person_id),
)


def last_ballot(session: Session, vote: Vote, person_id: int) -> Ballot | None:
    """Return the ballot by which somebody counts in the present version."""
    own = (Ballot.vote_id == vote.id, Ballot.version == vote.version)
    found = select(Ballot).where(*own, Ballot.person_id == person_id)
    return session.exec(found.order_by(col(Ballot.id).desc()).limit(1)).first()


def last_choices(session: Session, vote: Vote) -> list[tuple[str, str]]:
    """Return department and choice of each ballot that counts in the present version."""
    last = (
        select(sa.func.max(Ballot.id))
        .where(Ballot.vote_id == vote.id, Ballot.version == vote.version)
        .group_by(col(Ballot.person_id))
    )
    found = (
        select(Elector.department, Ballot.choice)
        .join(Ballot, sa.and_(*_SAME_PERSON))
        .where(col(Ballot.id).in_(last), col(Elector.is_recused).is_(False))
    )
    return [(department, choice) for department, choice in session.exec(found)]


def has_voted(session: Session, vote: Vote, person_id: int) -> bool:
    """Say whether somebody has voted in the present version."""
    return session.get(VoterMark, (vote.id, vote.version, person_id)) is not None


def open_votes_of(session: Session, application_id: int, person_id: int) -> list[Vote]:
    """Return the open votes about an application in which somebody votes, locked, in order."""
    found = (
        select(Vote)
        .join(Elector, col(Elector.vote_id) == col(Vote.id))
        .where(
            Vote.application_id == application_id,
            Vote.state == State.OPEN,
            Elector.person_id == person_id,
            col(Elector.is_recused).is_(False),
        )
        .order_by(col(Vote.id))
        .with_for_update(of=Vote)
    )
    return list(session.exec(found))


def acted_in_secret(session: Session, people: Collection[int]) -> bool:
    """Say whether each of several people has voted, or stepped back, in one open secret vote."""
    marked = sa.exists().where(
        col(VoterMark.vote_id) == col(Vote.id),
        col(VoterMark.version) == col(Vote.version),
        col(VoterMark.person_id) == col(Elector.person_id),
    )
    acted = (
        sa.select(col(Vote.id))
        .join(Elector, col(Elector.vote_id) == col(Vote.id))
        .where(
            col(Vote.state) == State.OPEN,
            col(Vote.mode) == Mode.SECRET,
            col(Elector.person_id).in_(people),
            sa.or_(col(Elector.is_recused), marked),
        )
        .group_by(col(Vote.id))
        .having(sa.func.count() == len(people))
    )
    return bool(session.scalar(sa.select(acted.exists())))
