"""Hiring's tables and every query on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

import storage.people  # noqa: F401 - declares the table that our foreign keys point to
from storage.columns import closed
from storage.reading import Reading
from storage.secrets import sealed
from workflows.hiring.rules import (
    InterviewStatus,
    Outcome,
    Reveal,
    SearchStatus,
    TemplateState,
)

Row = TypeVar("Row", bound=SQLModel)

_PERSON = "person.id"
# A number that people have read must never mean another thing.
_COUNTS_ON = {"sqlite_autoincrement": True}


class Template(SQLModel, table=True):
    """A scorecard for one role family and level; a change makes the next *version*.

    Once an interview uses it, it is *frozen*.
    """

    __tablename__ = "hiring_template"
    __table_args__ = (UniqueConstraint("role_family", "level", "version"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    role_family: str
    level: str
    version: int = 1
    state: TemplateState = Field(
        default=TemplateState.PROPOSED, sa_type=closed(TemplateState), index=True
    )
    frozen: bool = False
    proposed_by: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    created_at: datetime


class Signature(SQLModel, table=True):
    """One department's agreement to a template."""

    __tablename__ = "hiring_signature"

    template_id: int = Field(foreign_key="hiring_template.id", primary_key=True, ondelete="CASCADE")
    department: str = Field(primary_key=True)
    person_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    at: datetime


class Criterion(SQLModel, table=True):
    """One line of a template; *weight* is in percent, *anchors* describe the ratings 1 to 4."""

    __tablename__ = "hiring_criterion"
    __table_args__ = (UniqueConstraint("template_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    template_id: int = Field(foreign_key="hiring_template.id", ondelete="CASCADE")
    position: int
    key: str
    label: str
    department: str
    weight: int
    must_pass: bool = False
    min_pass: int = 3
    anchors: list[str] = Field(sa_type=sa.JSON)
    evidence_prompt: str = ""
    glossary_refs: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class Search(SQLModel, table=True):
    """An opening that people are sought for."""

    __tablename__ = "hiring_search"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    title: str
    role_family: str
    level: str
    status: SearchStatus = Field(
        default=SearchStatus.OPEN, sa_type=closed(SearchStatus), index=True
    )
    opened_on: date
    target_start: date | None = None
    security_owner_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    ta_owner_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    hiring_manager_id: int | None = Field(default=None, foreign_key=_PERSON, ondelete="SET NULL")
    reveal: Reveal = Field(default=Reveal.AFTER_ALL, sa_type=closed(Reveal))
    retention: str = "us_1y"


class Candidate(SQLModel, table=True):
    """Somebody who applied, spoken of by code; the name is sealed."""

    __tablename__ = "hiring_candidate"
    __table_args__ = (_COUNTS_ON,)

    id: int | None = Field(default=None, primary_key=True)
    name: str | None = Field(default=None, sa_column_kwargs={"info": sealed()})
    source: str = ""
    #: The colleague who this candidate is: they never see anything about themselves.
    internal_person_id: int | None = Field(
        default=None, foreign_key=_PERSON, ondelete="SET NULL", index=True
    )
    consent_basis: str = ""
    erase_after: date | None = None
    legal_hold: bool = False
    created_at: datetime


class Application(SQLModel, table=True):
    """A candidate in a search."""

    __tablename__ = "hiring_application"
    __table_args__ = (UniqueConstraint("candidate_id", "search_id"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="hiring_candidate.id", ondelete="CASCADE")
    search_id: int = Field(foreign_key="hiring_search.id", index=True)
    stage: str = ""
    stage_entered_at: datetime
    outcome: Outcome = Field(default=Outcome.OPEN, sa_type=closed(Outcome))
    offer_extended_at: datetime | None = None
    offer_decided_at: datetime | None = None
    offer_result: str = ""


class Interview(SQLModel, table=True):
    """One meeting with a candidate; it keeps the template that it was planned with.

    The interviews of one application and *stage* are one round: their panel reads together.
    """

    __tablename__ = "hiring_interview"
    __table_args__ = (sa.Index("ix_hiring_interview_round", "application_id", "stage"), _COUNTS_ON)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="hiring_application.id", ondelete="CASCADE")
    template_id: int = Field(foreign_key="hiring_template.id")
    stage: str = ""
    kind: str = ""
    #: Keys of the criteria that this interview looks at; empty for all of the template.
    criteria: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    starts_at: datetime
    ends_at: datetime
    debrief_at: datetime | None = None
    status: InterviewStatus = Field(
        default=InterviewStatus.SCHEDULED, sa_type=closed(InterviewStatus)
    )
    created_at: datetime


class PanelSeat(SQLModel, table=True):
    """Somebody who meets the candidate; the lead is the most senior and speaks last."""

    __tablename__ = "hiring_panel_seat"

    interview_id: int = Field(
        foreign_key="hiring_interview.id", primary_key=True, ondelete="CASCADE"
    )
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE", index=True)
    is_lead: bool = False


class Recusal(SQLModel, table=True):
    """Somebody who must never see anything about an application."""

    __tablename__ = "hiring_recusal"

    application_id: int = Field(
        foreign_key="hiring_application.id", primary_key=True, ondelete="CASCADE"
    )
    person_id: int = Field(foreign_key=_PERSON, primary_key=True, ondelete="CASCADE")
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview with all that it belongs to."""

    interview: Interview
    application: Application
    candidate: Candidate
    search: Search


_MEETINGS = (
    sa.select(Interview, Application, Candidate, Search)
    .select_from(Interview)
    .join(Application)
    .join(Candidate)
    .join(Search)
    .order_by(col(Interview.starts_at), col(Interview.id))
)
_APPLICATION: sa.BindParameter[int] = sa.bindparam("application")
_MEETING = Reading(_MEETINGS.where(col(Interview.id) == sa.bindparam("interview")))
_OF_APPLICATION = Reading(_MEETINGS.where(col(Application.id) == _APPLICATION))
_OF_CANDIDATE = Reading(_MEETINGS.where(col(Candidate.id) == sa.bindparam("candidate")))
_OF_SEARCH = Reading(_MEETINGS.where(col(Search.id) == sa.bindparam("search")))
_stage = sa.select(col(Interview.application_id), col(Interview.stage))
_ROUND = Reading(_stage.where(col(Interview.id) == sa.bindparam("interview")))
_seats = sa.select(col(PanelSeat.interview_id), col(PanelSeat.person_id)).join(Interview)
_PANELS = Reading(_seats.where(col(Interview.application_id) == _APPLICATION))
_people = sa.select(col(Recusal.person_id)).order_by(col(Recusal.person_id))
_RECUSED = Reading(_people.where(col(Recusal.application_id) == _APPLICATION))
_criteria = sa.select(Criterion).order_by(col(Criterion.position))
_CRITERIA = Reading(_criteria.where(col(Criterion.template_id) == sa.bindparam("template")))


# Searches and candidates ------------------------------------------------------------------


def search(session: Session, id: int) -> Search | None:
    """Return a search."""
    return session.get(Search, id)


def searches(session: Session, *wanted: SearchStatus) -> list[Search]:
    """Return the searches that stand so, or all, the newest first."""
    found = select(Search).order_by(col(Search.id).desc())
    if wanted:
        found = found.where(col(Search.status).in_(wanted))
    return list(session.exec(found))


def candidate(session: Session, id: int) -> Candidate | None:
    """Return a candidate."""
    return session.get(Candidate, id)


def applications_of(session: Session, candidate_id: int) -> list[tuple[Application, Search]]:
    """Return the searches that a candidate is in, the newest first."""
    found = select(Application, Search).join(Search).where(Application.candidate_id == candidate_id)
    return list(session.exec(found.order_by(col(Application.id).desc())))


def applications_in(session: Session, search_id: int) -> list[tuple[Application, Candidate]]:
    """Return the candidates of a search, by code."""
    found = select(Application, Candidate).join(Candidate).where(Application.search_id == search_id)
    return list(session.exec(found.order_by(col(Candidate.id))))


def is_recused(session: Session, application_id: int, person_id: int) -> bool:
    """Say whether somebody must never see anything about an application."""
    return person_id in recused(session, application_id)


# Interviews -------------------------------------------------------------------------------


def meeting(session: Session, interview_id: int) -> Meeting | None:
    """Return an interview with all that it belongs to, to be looked at."""
    found = _MEETING.first(session, interview=interview_id)
    return Meeting(*found) if found else None


def meetings_of(session: Session, application_id: int) -> list[Meeting]:
    """Return the interviews of an application, by their time."""
    return [Meeting(*each) for each in _OF_APPLICATION.rows(session, application=application_id)]


def meetings_with(session: Session, candidate_id: int) -> list[Meeting]:
    """Return all interviews with a candidate, in all searches, by their time."""
    return [Meeting(*each) for each in _OF_CANDIDATE.rows(session, candidate=candidate_id)]


def hand_seat(session: Session, interview_id: int, leaves: int, comes: int) -> None:
    """Let somebody sit on a panel instead of somebody else, who may not have sat there at all."""
    seat = session.get(PanelSeat, (interview_id, leaves))
    if seat is not None:
        session.delete(seat)
    lead = seat is not None and seat.is_lead
    session.merge(PanelSeat(interview_id=interview_id, person_id=comes, is_lead=lead))
    session.flush()


def panel(session: Session, interview_ids: Iterable[int]) -> list[PanelSeat]:
    """Return who meets the candidate in these interviews, in a fixed order."""
    seats = select(PanelSeat).where(col(PanelSeat.interview_id).in_(list(interview_ids)))
    in_order = (col(PanelSeat.interview_id), col(PanelSeat.person_id))
    return list(session.exec(seats.order_by(*in_order)))


def panels_of(session: Session, application_id: int) -> list[tuple[int, int]]:
    """Return who meets the candidate, in the interviews of an application: interview, person."""
    return _PANELS.rows(session, application=application_id)


def round_of(session: Session, interview_id: int) -> tuple[int, str]:
    """Return an interview's application and stage, whose interviews are one round."""
    [found] = _ROUND.rows(session, interview=interview_id)
    return found


def recused(session: Session, application_id: int) -> list[int]:
    """Return who must never see anything about an application."""
    return [person for (person,) in _RECUSED.rows(session, application=application_id)]


# Templates --------------------------------------------------------------------------------


def template_in_force(session: Session, role_family: str, level: str) -> Template | None:
    """Return the template that new interviews for this role family and level use."""
    found = select(Template).where(
        Template.role_family == role_family,
        Template.level == level,
        Template.state == TemplateState.IN_FORCE,
    )
    return session.exec(found.order_by(col(Template.version).desc())).first()


def criteria_of(session: Session, template_id: int) -> list[Criterion]:
    """Return the criteria of a template, in order, to be looked at."""
    return [criterion for (criterion,) in _CRITERIA.rows(session, template=template_id)]


def signatures_of(session: Session, template_id: int) -> list[Signature]:
    """Return who agreed to a template, by department."""
    found = select(Signature).where(Signature.template_id == template_id)
    return list(session.exec(found.order_by(col(Signature.department))))


def lock(session: Session, kind: type[Row], id: int) -> Row | None:
    """Return a row that nobody else can change before this transaction ends."""
    return session.get(kind, id, with_for_update=True, populate_existing=True)


def application(session: Session, candidate_id: int, search_id: int) -> Application | None:
    """Return a candidate's application in a search."""
    found = select(Application).where(
        Application.candidate_id == candidate_id, Application.search_id == search_id
    )
    return session.exec(found).first()


def search_of(session: Session, application_id: int) -> Search:
    """Return the search of an application."""
    found = select(Search).join(Application).where(Application.id == application_id)
    return session.exec(found).one()


def internal_candidate(session: Session, person_id: int) -> Candidate | None:
    """Return the candidate who a colleague is."""
    return session.exec(select(Candidate).where(Candidate.internal_person_id == person_id)).first()


def meetings_in(session: Session, search_id: int) -> list[Meeting]:
    """Return the interviews of a search, by their time."""
    return [Meeting(*each) for each in _OF_SEARCH.rows(session, search=search_id)]


def seat(session: Session, interview_id: int, person_id: int) -> PanelSeat | None:
    """Return somebody's place on a panel."""
    return session.get(PanelSeat, (interview_id, person_id))


def recusals_of(session: Session, person_id: int) -> set[int]:
    """Return the applications about which somebody must never see anything."""
    return set(session.exec(select(Recusal.application_id).where(Recusal.person_id == person_id)))


def recused_from(session: Session, candidate_id: int) -> set[int]:
    """Return who must never see anything about a candidate, in whatever search."""
    found = select(Recusal.person_id).join(Application)
    return set(session.exec(found.where(Application.candidate_id == candidate_id)))


def newest_version(session: Session, role_family: str, level: str) -> int:
    """Return how many versions there are for a role family and level."""
    found = select(sa.func.max(Template.version)).where(
        Template.role_family == role_family, Template.level == level
    )
    return session.exec(found).one() or 0


def templates(session: Session, *wanted: TemplateState) -> list[Template]:
    """Return the templates that stand so, by role, the newest first."""
    in_order = (col(Template.role_family), col(Template.level), col(Template.version).desc())
    found = select(Template).where(col(Template.state).in_(wanted))
    return list(session.exec(found.order_by(*in_order)))


def roles(session: Session) -> list[tuple[str, str]]:
    """Return each role family and level for which a template is in force, in order."""
    kinds = (col(Template.role_family), col(Template.level))
    found = select(*kinds).where(Template.state == TemplateState.IN_FORCE).distinct()
    return [(family, level) for family, level in session.exec(found.order_by(*kinds))]
