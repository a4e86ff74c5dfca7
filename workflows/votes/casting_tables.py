"""The queries of casting a ballot; the tables stand in tables.py."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Session, SQLModel, col, select

from storage.prepared import Prepared
from storage.reading import Reading
from workflows.votes.rules import Mode, State
from workflows.votes.tables import Ballot, Elector, Vote, VoterMark

# A ballot costs the same however many there are, and none of SQLAlchemy's share of the work.

_vote, _terms, _elector, _mark, _ballot, _urn = (
    SQLModel.metadata.tables[f"votes_{name}"]
    for name in ("vote", "terms", "elector", "voter_mark", "ballot", "urn")
)
_MAY_VOTE = (
    sa.select(_vote.c.mode, _elector.c.department, _terms.c.options, _terms.c.id, _terms.c.question)
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
)
_RIGHT = Reading(_MAY_VOTE)
# In this order, as everybody who changes them: nobody closes a vote while somebody votes.
_LOCKED_RIGHT = Reading(_MAY_VOTE.with_for_update(read=True, of=[_vote, _elector]))
_OPEN_VERSION = Reading(
    sa.select(_vote.c.version).where(
        _vote.c.id == sa.bindparam("vote_id"), _vote.c.state == State.OPEN
    )
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
    terms: int
    question: str | None  #: sealed


def right_to_vote(session: Session, person_id: int, asked: Wording, now: datetime) -> Right | None:
    """Return how somebody may vote at this moment."""
    found = _RIGHT.first(
        session, vote_id=asked.vote, version=asked.version, person_id=person_id, now=now
    )
    return Right(*found) if found else None


def lock_right(session: Session, person_id: int, asked: Wording, now: datetime) -> Right | None:
    """Return how somebody may vote; the vote cannot close before this transaction ends."""
    found = _LOCKED_RIGHT.first(
        session, vote_id=asked.vote, version=asked.version, person_id=person_id, now=now
    )
    return Right(*found) if found else None


def open_version(session: Session, vote_id: int) -> int | None:
    """Return the version of a vote that is open, None of another."""
    found = _OPEN_VERSION.first(session, vote_id=vote_id)
    return found[0] if found else None


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
