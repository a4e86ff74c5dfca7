"""What is handed out of incidents, and what must not be erased: the tables of both."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

import workflows.incidents.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed
from storage.secrets import sealed

_PERSON, _INCIDENT = "person.id", "incidents_incident.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Side(StrEnum):
    """As what somebody agrees that an incident is exported."""

    LEAD = "lead"
    LEGAL = "legal"


class Consent(SQLModel, table=True):
    """That the lead, or Legal, agrees that an incident is exported."""

    __tablename__ = "incidents_consent"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    side: Side = Field(sa_type=closed(Side), primary_key=True)
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Kept(SQLModel, table=True):
    """All of an incident as it was before its rooms were archived."""

    __tablename__ = "incidents_kept"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE", index=True)
    at: datetime
    content: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})


class Hold(SQLModel, table=True):
    """That nothing of an incident is erased until Legal lifts it."""

    __tablename__ = "incidents_hold"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


def consents(session: Session, incident_id: int) -> list[Consent]:
    """Return who agreed that an incident is exported."""
    return list(session.exec(select(Consent).where(Consent.incident_id == incident_id)))


def kept(session: Session, incident_id: int) -> list[Kept]:
    """Return what was kept of an incident when its rooms ended, the oldest first."""
    found = select(Kept).where(Kept.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Kept.id))))
