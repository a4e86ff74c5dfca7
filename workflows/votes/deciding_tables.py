"""The tables of what comes after a vote's close, and every query on them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from storage.columns import closed
from storage.secrets import sealed
from workflows.votes.rules import OVER, Ground, Resolution, Result, Stance
from workflows.votes.tables import Elector, Vote

_PERSON = "person.id"
_VOTE = "votes_vote.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


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


# Queries ----------------------------------------------------------------------------------


def parts(session: Session, vote_id: int) -> set[int | None]:
    """Return who votes, may veto, said something as a decider, or decided."""
    taken = (
        sa.select(col(who)).where(col(one.vote_id) == vote_id)
        for one, who in (
            (Elector, Elector.person_id),
            (VetoHolder, VetoHolder.person_id),
            (Say, Say.person_id),
            (Decision, Decision.decider_id),
        )
    )
    return set(session.scalars(sa.union(*taken)))


def over_with(session: Session, person_id: int) -> list[Vote]:
    """Return the votes that are over and whose record names somebody, the oldest first."""
    named = (
        sa.select(col(one.vote_id)).where(col(who) == person_id)
        for one, who in (
            (Elector, Elector.person_id),
            (VetoHolder, VetoHolder.person_id),
            (Veto, Veto.person_id),
            (Say, Say.person_id),
            (Decision, Decision.decider_id),
            (Commit, Commit.person_id),
        )
    )
    parts = [col(Vote.id).in_(each) for each in named]
    own = (col(Vote.opened_by) == person_id, col(Vote.decider_id) == person_id)
    found = select(Vote).where(col(Vote.state).in_(OVER), sa.or_(*own, *parts))
    return list(session.exec(found.order_by(col(Vote.id))))


def counts_of(session: Session, vote_id: int) -> list[Count]:
    """Return what each version came to that was ever counted, the first first."""
    found = select(Count).where(Count.vote_id == vote_id)
    return list(session.exec(found.order_by(col(Count.version))))


def count_of(session: Session, vote: Vote) -> Count | None:
    """Return what the present version of a vote came to; None before its close."""
    return session.get(Count, (vote.id, vote.version))


def decision(session: Session, vote_id: int) -> Decision | None:
    """Return what was decided."""
    return session.get(Decision, vote_id)


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
