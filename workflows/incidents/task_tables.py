"""What has to be done in an incident, by which department, and until when."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import workflows.incidents.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.secrets import sealed

_PERSON = "person.id"


class Task(SQLModel, table=True):
    """One thing to do; people name it by its *number* within the incident."""

    __tablename__ = "incidents_task"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incidents_incident.id", ondelete="CASCADE")
    number: int
    department: str
    #: What is to be done, sealed.
    what: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    due_at: datetime
    #: While it is open, an incident of S1 or S2 is not resolved.
    is_blocking: bool = False
    added_at: datetime
    added_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    done_at: datetime | None = None
    done_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    #: The key of the timer that reminds of it; "" when nothing is waited for.
    next_look: str = ""


def task(session: Session, id: int) -> Task | None:
    """Return a task."""
    return session.get(Task, id)


def numbered(session: Session, incident_id: int, number: int) -> Task | None:
    """Return the task of that number in an incident."""
    found = select(Task).where(Task.incident_id == incident_id, Task.number == number)
    return session.exec(found).first()


def tasks_of(session: Session, incident_id: int) -> list[Task]:
    """Return what has to be done in an incident, or was, in the order of numbers."""
    found = select(Task).where(Task.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Task.number))))


def last_number(session: Session, incident_id: int) -> int:
    """Return the highest number of a task in an incident, 0 when there is none."""
    highest = select(sa.func.max(col(Task.number))).where(Task.incident_id == incident_id)
    return session.exec(highest).one() or 0


def waiting_tasks(session: Session) -> list[Task]:
    """Return the tasks that somebody will be reminded of, in all incidents."""
    return list(session.exec(select(Task).where(Task.next_look != "")))
