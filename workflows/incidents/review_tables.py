"""What was learned of incidents: the tables of reviews, and every query on them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import workflows.incidents.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed
from storage.secrets import sealed

_INCIDENT = "incidents_incident.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Cause(StrEnum):
    """What made an incident possible, so that what comes back is seen."""

    UNKNOWN = "unknown"
    DECEPTION = "deception"  #: somebody was deceived
    ACCESS = "access"  #: a right that was too wide, or too old
    CREDENTIAL = "credential"  #: a password or a key that was known or weak
    FLAW = "flaw"  #: software, or how it was set up
    PROCESS = "process"  #: a step that was missing or unclear
    SUPPLIER = "supplier"
    LOSS = "loss"  #: of a device or a paper
    OTHER = "other"


class Review(SQLModel, table=True):
    """The review of an incident: when it is due, and when it was published."""

    __tablename__ = "incidents_review"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    cause: Cause = Field(default=Cause.UNKNOWN, sa_type=closed(Cause))
    opened_at: datetime
    #: By when those who acted are to meet; None when they need not.
    meet_by: datetime | None = None
    meeting_at: datetime | None = None
    due_at: datetime
    published_at: datetime | None = None
    #: The key of the timer that asks for the meeting.
    next_look: str = ""


class Section(SQLModel, table=True):
    """What a department learned; its texts name roles and nobody."""

    __tablename__ = "incidents_section"
    __table_args__ = (UniqueConstraint("incident_id", "department"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE")
    department: str
    #: What went well, what slowed us, one change: sealed JSON.
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    at: datetime
    #: How many of its words an alternative was shown for.
    flagged: int = 0


class Action(SQLModel, table=True):
    """Something that is done after an incident, by somebody, by some day."""

    __tablename__ = "incidents_action"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE", index=True)
    department: str
    #: Sealed; it names roles and nobody.
    what: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    owner_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    due_on: date | None = None
    done_at: datetime | None = None
    #: The key of the timer that reminds its owner.
    next_look: str = ""


class Wording(SQLModel, table=True):
    """A word that a review had better not hold, and what to write *instead*; "" lets it be."""

    __tablename__ = "incidents_wording"

    word: str = Field(primary_key=True)
    instead: str


def review(session: Session, incident_id: int) -> Review | None:
    """Return the review of an incident."""
    return session.get(Review, incident_id)


def awaited_reviews(session: Session) -> list[Review]:
    """Return the reviews whose meeting is waited for."""
    return list(session.exec(select(Review).where(Review.next_look != "")))


def sections(session: Session, incident_id: int) -> list[Section]:
    """Return what the departments wrote, in a fixed order."""
    found = select(Section).where(Section.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Section.department))))


def section(session: Session, incident_id: int, department: str) -> Section | None:
    """Return what a department wrote, as it is stored now; a form may have read it before."""
    found = select(Section).where(
        Section.incident_id == incident_id, Section.department == department
    )
    return session.exec(found.execution_options(populate_existing=True)).first()


def actions(session: Session, incident_id: int) -> list[Action]:
    """Return what is to be done after an incident, the first named first."""
    found = select(Action).where(Action.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Action.id))))


def action(session: Session, id: int) -> Action | None:
    """Return something that is to be done."""
    return session.get(Action, id)


def lock_action(session: Session, id: int) -> Action | None:
    """Return something that is to be done; nobody else changes it meanwhile."""
    return session.get(Action, id, populate_existing=True, with_for_update=True)


def undone(session: Session) -> list[Action]:
    """Return what is still to be done after all incidents, the first due first."""
    found = select(Action).where(col(Action.done_at).is_(None))
    return list(session.exec(found.order_by(col(Action.due_on), col(Action.id))))


def reminded(session: Session) -> list[Action]:
    """Return what somebody is still to be reminded of."""
    return list(session.exec(select(Action).where(Action.next_look != "")))


def wording(session: Session) -> Mapping[str, str]:
    """Return what the company has said about words, by the words."""
    return {one.word: one.instead for one in session.exec(select(Wording))}
