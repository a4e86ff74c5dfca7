"""At what pace the lead tells how an incident goes, and its reporters hear of it."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

import workflows.incidents.tables  # noqa: F401 - declares the tables that our foreign keys point to


class Cadence(SQLModel, table=True):
    """When everybody heard of an incident last; when the next update is due stands in its row."""

    __tablename__ = "incidents_cadence"

    incident_id: int = Field(
        foreign_key="incidents_incident.id", primary_key=True, ondelete="CASCADE"
    )
    #: Since when the next update is waited for: the last one, or the beginning.
    updated_at: datetime
    #: Updates that were due, and those of them that came in time.
    updates: int = 0
    in_time: int = 0
    #: The key of the timer that reminds the lead; "" when no update is due.
    update_look: str = ""
    #: When the reporters heard something last.
    told_at: datetime
    #: The key of the timer that tells them that people are still on it.
    progress_look: str = ""


def cadence(session: Session, incident_id: int) -> Cadence | None:
    """Return at what pace an incident is told of."""
    return session.get(Cadence, incident_id)


def waiting_cadences(session: Session) -> list[Cadence]:
    """Return what is waited for in all incidents."""
    waits = (Cadence.update_look != "") | (Cadence.progress_look != "")
    return list(session.exec(select(Cadence).where(waits)))
