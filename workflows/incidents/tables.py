"""Incidents' tables and every query on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

import workflows.reports.tables  # noqa: F401 - declares the tables that our foreign keys point to
from storage.columns import closed, ranked
from storage.secrets import sealed
from workflows.incidents.rules import OVER, AffectsHiring, Kind, Part, Reason, State, Tlp
from workflows.reports.rules import Category, Outcome, Severity

_PERSON = "person.id"
_INCIDENT = "incidents_incident.id"
_REPORT = "reports_report.id"
_COUNTS_ON = {"sqlite_autoincrement": True}


class Incident(SQLModel, table=True):
    """One matter that several departments act on; people speak of it by its *codename*."""

    __tablename__ = "incidents_incident"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    codename: str = Field(unique=True)  #: two words that say nothing
    #: Read by those who may read the incident, and by nobody else: sealed.
    title: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    category: Category = Field(sa_type=closed(Category))
    severity: Severity = Field(sa_type=ranked(Severity))
    #: Why it has that severity, sealed.
    severity_reason: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    tlp: Tlp = Field(sa_type=closed(Tlp))
    state: State = Field(default=State.DECLARED, sa_type=closed(State), index=True)
    lead_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    declared_at: datetime
    contained_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    review_due_at: datetime | None = None
    reopened_count: int = 0
    merged_into: int | None = Field(default=None, foreign_key=_INCIDENT, ondelete="SET NULL")
    #: What the other one was like when this was merged into it, for unmerging: ids and times.
    before_merge: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)
    outcome: Outcome | None = Field(default=None, sa_type=closed(Outcome))
    next_update_at: datetime | None = None
    #: How it touches hiring, as its lead or HR says; None when it does not.
    affects_hiring: AffectsHiring | None = Field(default=None, sa_type=closed(AffectsHiring))
    #: At how many reporters a higher severity was suggested last.
    suggested_at: int = 0
    #: When anybody did something with it last.
    touched_at: datetime
    #: The key of the timer that goes on with it.
    next_look: str = ""


class Link(SQLModel, table=True):
    """That a report is part of an incident; *origin* is the one it came to first, for unmerging."""

    __tablename__ = "incidents_link"

    report_id: int = Field(foreign_key=_REPORT, primary_key=True, ondelete="CASCADE")
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE", index=True)
    origin_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE")
    at: datetime


class Engagement(SQLModel, table=True):
    """What a department has to do with an incident, and whether somebody there is on it."""

    __tablename__ = "incidents_engagement"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    department: str = Field(primary_key=True)
    part: Part = Field(sa_type=closed(Part))
    notified_at: datetime
    due_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    #: How many of the department have been asked, one after the other.
    asked: int = 1
    #: The key of the timer that goes on with it; "" when nobody is waited for.
    next_look: str = ""


class Pass(SQLModel, table=True):
    """That somebody may read an incident, and why; nobody may by a role alone."""

    __tablename__ = "incidents_pass"
    __table_args__ = (
        sa.Index("ix_incidents_pass_listed", "person_id", "is_listed", "incident_id"),
    )

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE")
    reason: Reason = Field(sa_type=closed(Reason))
    given_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime
    ends_at: datetime | None = None
    #: The incident is not over: then the person's list of open ones begins with it, however many
    #: are stored.
    is_listed: bool = True


class Exclusion(SQLModel, table=True):
    """That somebody must learn nothing of an incident, whatever they hold; it wins over a pass."""

    __tablename__ = "incidents_exclusion"

    incident_id: int = Field(foreign_key=_INCIDENT, primary_key=True, ondelete="CASCADE")
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Event(SQLModel, table=True):
    """A line of the timeline; never changed: a better one *supersedes* it."""

    __tablename__ = "incidents_event"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key=_INCIDENT, ondelete="CASCADE", index=True)
    kind: Kind = Field(sa_type=closed(Kind))
    occurred_at: datetime
    recorded_at: datetime
    #: As what they acted, such as "lead" or "hr"; never a name.
    actor_role: str = ""
    by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    #: Where they said so; "" of what Parley noted by itself.
    platform: str = ""
    text: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    supersedes_id: int | None = Field(
        default=None, foreign_key="incidents_event.id", ondelete="SET NULL"
    )


# Incidents --------------------------------------------------------------------------------


def incident(session: Session, id: int) -> Incident | None:
    """Return an incident."""
    return session.get(Incident, id)


def lock_incident(session: Session, id: int) -> Incident | None:
    """Return an incident that nobody else changes before this transaction ends."""
    return session.get(Incident, id, populate_existing=True, with_for_update=True)


def incidents_in(session: Session, states: Iterable[State]) -> list[Incident]:
    """Return the incidents that stand so, the oldest first."""
    found = select(Incident).where(col(Incident.state).in_(list(states)))
    return list(session.exec(found.order_by(col(Incident.id))))


def has_led(session: Session, person_id: int) -> bool:
    """Say whether somebody leads, or led to its end, an incident."""
    found = select(Incident.id).where(Incident.lead_id == person_id).limit(1)
    return session.exec(found).first() is not None


def codenames(session: Session) -> set[str]:
    """Return every codename that was ever given."""
    return set(session.exec(select(Incident.codename)))


def open_for(session: Session, person_id: int, *, now: datetime, limit: int) -> list[Incident]:
    """Return the incidents that are not over and that somebody may read, the newest first."""
    is_valid = sa.or_(col(Pass.ends_at).is_(None), col(Pass.ends_at) > now)
    out = select(Exclusion).where(
        Exclusion.incident_id == Pass.incident_id, Exclusion.person_id == person_id
    )
    found = (
        select(Incident)
        .join(Pass)
        .where(Pass.person_id == person_id, col(Pass.is_listed), is_valid, ~out.exists())
    )
    return list(session.exec(found.order_by(col(Pass.incident_id).desc()).limit(limit)))


def affecting_hiring(session: Session) -> list[Incident]:
    """Return the incidents that go on and touch hiring, the worst first."""
    goes_on = col(Incident.state).not_in(list(OVER))
    found = select(Incident).where(col(Incident.affects_hiring).is_not(None), goes_on)
    return list(session.exec(found.order_by(col(Incident.severity), col(Incident.id))))


# What belongs to one ----------------------------------------------------------------------


def link_of(session: Session, report_id: int) -> Link | None:
    """Return of which incident a report is part."""
    return session.get(Link, report_id)


def links_of(session: Session, incident_id: int) -> list[Link]:
    """Return the reports of an incident, the first linked first."""
    found = select(Link).where(Link.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Link.at), col(Link.report_id))))


def engagements(session: Session, incident_id: int) -> list[Engagement]:
    """Return the departments that have a part in an incident, in a fixed order."""
    found = select(Engagement).where(Engagement.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Engagement.department))))


def lock_engagement(session: Session, incident_id: int, department: str) -> Engagement | None:
    """Return a department's part in an incident; nobody else changes it meanwhile."""
    return session.get(
        Engagement, (incident_id, department), populate_existing=True, with_for_update=True
    )


def waiting_engagements(session: Session) -> list[Engagement]:
    """Return the departments that are waited for, in all incidents."""
    return list(session.exec(select(Engagement).where(Engagement.next_look != "")))


def pass_of(session: Session, incident_id: int, person_id: int) -> Pass | None:
    """Return why somebody may read an incident."""
    return session.get(Pass, (incident_id, person_id))


def passes(session: Session, incident_id: int) -> list[Pass]:
    """Return who may read an incident unless they are excluded, the first let in first."""
    found = select(Pass).where(Pass.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Pass.at), col(Pass.person_id))))


def excluded(session: Session, incident_id: int) -> set[int]:
    """Return who must learn nothing of an incident."""
    found = select(Exclusion.person_id).where(Exclusion.incident_id == incident_id)
    return set(session.exec(found))


def exclusion(session: Session, incident_id: int, person_id: int) -> Exclusion | None:
    """Return that somebody must learn nothing of an incident."""
    return session.get(Exclusion, (incident_id, person_id))


def is_excluded(session: Session, incident_id: int, person_id: int) -> bool:
    """Say whether somebody must learn nothing of an incident."""
    return exclusion(session, incident_id, person_id) is not None


def event(session: Session, id: int) -> Event | None:
    """Return a line of a timeline."""
    return session.get(Event, id)


def timeline(session: Session, incident_id: int) -> list[Event]:
    """Return what happened, in the order in which it did."""
    found = select(Event).where(Event.incident_id == incident_id)
    return list(session.exec(found.order_by(col(Event.occurred_at), col(Event.id))))
