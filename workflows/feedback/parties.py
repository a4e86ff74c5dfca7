"""Who may hear of a scorecard beside its author, and who steps in when it does not come."""

from collections.abc import Iterable

from sqlmodel import Session

from bot.calendars import calendar_of
from bot.context import Context
from bot.roles import Role
from storage import people
from storage.people import Person
from workflows.feedback import ladder
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Meeting


def may_judge(session: Session, meeting: Meeting, person_id: int) -> bool:
    """Say whether somebody may ever see anything of this application."""
    recused = hiring.is_recused(session, meeting.application.id or 0, person_id)
    return not hiring.is_barred(person_id, meeting.candidate, recused=recused)


def recruiters_of(ctx: Context, meeting: Meeting, *, besides: int) -> list[Person]:
    """Return who steps in for a search, the first to be told first; never *besides*.

    It is the owner in talent acquisition, then every recruiter, and without any the admins.
    """
    owner = meeting.search.ta_owner_id
    owners = [] if owner is None else [people.by_id(ctx.session, owner, now=ctx.now)]
    recruiters = people.holders(ctx.session, Role.RECRUITER, now=ctx.now)
    if found := fit(ctx, meeting, [*owners, *recruiters], besides=besides):
        return found
    admins = people.holders(ctx.session, Role.ADMIN, now=ctx.now)
    return fit(ctx, meeting, admins, besides=besides)


def recruiter_of(ctx: Context, meeting: Meeting, *, besides: int) -> Person | None:
    """Return the one who is told: the first who is not away."""
    found = recruiters_of(ctx, meeting, besides=besides)
    return next((one for one in found if not _is_absent(ctx, one)), next(iter(found), None))


def fit(ctx: Context, meeting: Meeting, found: Iterable[Person], *, besides: int) -> list[Person]:
    """Return those of *found* who are here and may know of it, each once."""
    return [
        one
        for one in {one.id: one for one in found}.values()
        if one.active and one.id != besides and may_judge(ctx.session, meeting, one.id)
    ]


def _is_absent(ctx: Context, someone: Person) -> bool:
    return ladder.is_absent(calendar_of(ctx.session, someone, since=ctx.now), ctx.now)
