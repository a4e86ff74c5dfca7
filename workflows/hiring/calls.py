"""What other workflows may ask of hiring, and what it tells them."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.context import Context
from bot.hooks import Hook
from bot.inbound import Room
from storage.secrets import Sealer
from workflows.hiring import rules, tables
from workflows.hiring.access import is_barred, reads_search
from workflows.hiring.rules import NOBODY_MET, InterviewStatus, Reveal
from workflows.hiring.tables import (
    Application,
    Candidate,
    Criterion,
    Interview,
    Meeting,
    Search,
    applications_in,
    applications_of,
    hand_seat,
    is_recused,
    meeting,
    meetings_in,
    meetings_of,
    meetings_with,
    panel,
    panels_of,
    recused,
    round_of,
    search,
)
from workflows.hiring.tables import (
    criteria_of as template_criteria,
)

__all__ = [
    "NOBODY_MET",
    "Application",
    "Candidate",
    "Criterion",
    "Interview",
    "InterviewStatus",
    "Meeting",
    "Reveal",
    "Search",
    "applications_in",
    "applications_of",
    "hand_seat",
    "is_barred",
    "is_recused",
    "meeting",
    "meetings_in",
    "meetings_of",
    "meetings_with",
    "panel",
    "panels_of",
    "reads_search",
    "recused",
    "round_of",
    "search",
    "template_criteria",
]

#: Hears, in the same transaction, that an interview was made or changed.
#: It is told as it is now: time, status, panel and template may each be new.
interviews_change = Hook[[Context, Meeting], object]()
#: Hears, in the same transaction, of an application, and of who is kept out of it from now on:
#: whoever is recused, and the colleague who turns out to be the candidate.
recusals_change = Hook[[Context, int, int], object]()

NAME = Candidate.__table__.c.name  # type: ignore[attr-defined]  # SQLModel does not declare it


def interview_changed(ctx: Context, interview_id: int) -> None:
    """Tell everybody who watches that an interview was made or changed."""
    ctx.session.flush()
    changed = tables.meeting(ctx.session, interview_id)
    if changed is not None:
        interviews_change.tell(ctx, changed)


def kept_out(ctx: Context, application_id: int, person_id: int) -> None:
    """Tell everybody who watches that somebody must learn nothing more of an application."""
    ctx.session.flush()
    recusals_change.tell(ctx, application_id, person_id)


def candidate_of(session: Session, application_id: int) -> Candidate:
    """Return who applied.

    Raises:
        NoResultFound: there is no such application.
    """
    application = session.get_one(Application, application_id)
    return session.get_one(Candidate, application.candidate_id)


def room_of(sought: Search) -> Room:
    """Return the room of a search: the private places where its panel talks."""
    return Room(f"search-{sought.id}")


def name_of(sealer: Sealer, candidate: Candidate) -> str:
    """Return a candidate's name, "" when none was given; for those alone who may read it."""
    return sealer.open(candidate.name, at=NAME, row=str(candidate.id)) if candidate.name else ""


def seal_name(sealer: Sealer, candidate: Candidate, name: str) -> None:
    """Give a stored candidate a name, so that no reader of the database learns it."""
    candidate.name = sealer.seal(name, at=NAME, row=str(candidate.id))


def criteria_of(session: Session, interview: Interview) -> Sequence[Criterion]:
    """Return the criteria that an interview looks at, in order."""
    return looked_at(interview, tables.criteria_of(session, interview.template_id))


def looked_at(interview: Interview, criteria: Sequence[Criterion]) -> Sequence[Criterion]:
    """Return those of a template's criteria that an interview looks at."""
    wanted = frozenset(interview.criteria)
    return [one for one in criteria if not wanted or one.key in wanted]


def all_criteria_of(session: Session, interview: Interview) -> Sequence[Criterion]:
    """Return all criteria of an interview's template, which weigh 100 percent together."""
    return tables.criteria_of(session, interview.template_id)


def code_of(thing: Search | Candidate | Interview) -> str:
    """Return the short name by which people speak of it, such as C-104."""
    kinds = {Search: rules.SEARCH, Candidate: rules.CANDIDATE, Interview: rules.INTERVIEW}
    return rules.code(kinds[type(thing)], thing.id)


def entity_of(candidate: Candidate) -> str:
    """Return what the audit and the post ledger call a candidate."""
    return f"candidate:{candidate.id}"
