"""What the lead tells the departments, and the words in which each of them hears it."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select
from sqlmodel.sql.expression import SelectOfScalar

import workflows.incidents.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed
from storage.secrets import sealed

Row = TypeVar("Row")
_PERSON, _INCIDENT = "person.id", "incidents_incident.id"


class Standing(StrEnum):
    """How far a department's words are."""

    DRAFT = "draft"  #: the department looks at them first
    UNREVIEWED = "unreviewed"  #: sent, since nobody there answered in time
    APPROVED = "approved"  #: sent as somebody there wants them


class Sheet(SQLModel, table=True):
    """The facts of an incident as its lead tells them; *edition* counts how often they did."""

    __tablename__ = "incidents_sheet"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    edition: int = 0
    at: datetime
    #: The facts by name as JSON, sealed.
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed(row="incident_id")})
    #: The terms of others that the lead wants explained.
    explained: list[int] = Field(default_factory=list, sa_type=sa.JSON)


class Words(SQLModel, table=True):
    """What a department hears of an incident, from an edition of its sheet."""

    __tablename__ = "incidents_words"
    __table_args__ = (UniqueConstraint("incident_id", "department"),)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE")
    department: str
    edition: int
    standing: Standing = Field(default=Standing.DRAFT, sa_type=closed(Standing))
    #: The text and what is asked as JSON, sealed.
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    due_at: datetime
    sent_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    #: How many of the department have seen the draft, one after the other.
    asked: int = 0
    #: The key of the timer that sends them; "" when they are sent.
    next_look: str = ""


def sheet(session: Session, incident_id: int) -> Sheet | None:
    """Return what the lead has told of an incident, as it is stored now."""
    return session.exec(_as_stored(select(Sheet).where(Sheet.incident_id == incident_id))).first()


def words(session: Session, incident_id: int, department: str) -> Words | None:
    """Return what a department hears of an incident, as it is stored now."""
    found = select(Words).where(Words.incident_id == incident_id, Words.department == department)
    return session.exec(_as_stored(found)).first()


def all_words(session: Session, incident_id: int) -> list[Words]:
    """Return what the departments hear of an incident, in a fixed order."""
    found = select(Words).where(Words.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Words.department))))


def waiting_words(session: Session) -> list[Words]:
    """Return the words that a department has yet to look at, in all incidents."""
    return list(session.exec(select(Words).where(Words.next_look != "")))


def _as_stored(found: SelectOfScalar[Row]) -> SelectOfScalar[Row]:
    """Return a query that believes nothing read before.

    A form is built before its answers are heeded, and only then is the incident locked: what
    the builder read may be older.
    """
    return found.execution_options(populate_existing=True)
