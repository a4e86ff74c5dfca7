"""What other workflows may ask of hiring, and what it tells them."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from bot.context import Context
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
    meetings_of,
    meetings_with,
    panel,
    recused,
    round_of,
    search,
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
    "meetings_of",
    "meetings_with",
    "panel",
    "reads_search",
    "recused",
    "round_of",
    "search",
]

Watcher = Callable[[Context, Meeting], object]
_watchers: list[Watcher] = []

NAME = Candidate.__table__.c.name  # type: ignore[attr-defined]  # SQLModel does not declare it


def interviews_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, when an interview is made or changed.

    What it is given is as it is now: time, status, panel and template may each be new.
    """
    _watchers.append(watcher)
    return watcher


def interview_changed(ctx: Context, interview_id: int) -> None:
    """Tell everybody who watches that an interview was made or changed."""
    ctx.session.flush()
    changed = tables.meeting(ctx.session, interview_id)
    if changed is not None:
        for watcher in _watchers:
            watcher(ctx, changed)


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
    criteria = tables.criteria_of(session, interview.template_id)
    wanted = frozenset(interview.criteria)
    return [one for one in criteria if not wanted or one.key in wanted]


def all_criteria_of(session: Session, interview: Interview) -> Sequence[Criterion]:
    """Return all criteria of an interview's template, which weigh 100 percent together."""
    return tables.criteria_of(session, interview.template_id)


def code_of(thing: Search | Candidate | Interview) -> str:
    """Return the short name by which people speak of it, such as C-104."""
    kinds = {Search: rules.SEARCH, Candidate: rules.CANDIDATE, Interview: rules.INTERVIEW}
    return rules.code(kinds[type(thing)], thing.id)
