"""Who may know of a vote: to everybody else it reads as if there were none.

Nobody learns of a vote about an application who is its candidate, or who is recused from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.context import Context
from bot.roles import Role
from storage.people import Person
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Search
from workflows.votes import deciding_tables
from workflows.votes.rules import DIRECTED, State
from workflows.votes.tables import Vote

#: Who is asked what the decider did not say; having been asked, they go on knowing.
ASKED = frozenset({State.DIRECTORS, State.SPONSOR, State.ON_HOLD})
ASKED_LAST = frozenset({State.SPONSOR, State.ON_HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands to a vote; *has_part* as an elector, a holder of a veto, a decider."""

    has_part: bool = False
    is_barred: bool = False


def knows(person: Person, standing: Standing, state: State, search: Search) -> bool:
    """Say whether somebody may know of a vote about a search, or a candidate in it."""
    if standing.is_barred:
        return False
    reads = standing.has_part or hiring.reads_search(person, search)
    return reads or person.holds(Role.AUDITOR) or _is_asked(person, state)


def may_know(ctx: Context, vote: Vote) -> bool:
    """Say whether whoever asks may know of a vote."""
    return is_known_to(ctx, vote, ctx.person)


def is_known_to(ctx: Context, vote: Vote, person: Person) -> bool:
    """Say whether somebody may know of a vote."""
    return who_knows(ctx, vote)(person)


def who_knows(ctx: Context, vote: Vote) -> Callable[[Person], bool]:
    """Return what says whether somebody may know of a vote, all of it read once for everybody."""
    search = hiring.search(ctx.session, vote.search_id)
    if search is None:
        return lambda _: False
    parts = deciding_tables.parts(ctx.session, vote.id or 0) | {vote.opened_by, vote.decider_id}
    barred = _barred(ctx, vote)

    def is_known(person: Person) -> bool:
        standing = Standing(has_part=person.id in parts, is_barred=person.id in barred)
        return knows(person, standing, vote.state, search)

    return is_known


def is_barred(ctx: Context, vote: Vote, person_id: int) -> bool:
    """Say whether a vote about an application is none of somebody's business."""
    return person_id in _barred(ctx, vote)


def _barred(ctx: Context, vote: Vote) -> set[int | None]:
    """Return who is recused from the application of a vote, or is its candidate."""
    if vote.application_id is None:
        return set()
    candidate = hiring.candidate_of(ctx.session, vote.application_id)
    recused = hiring.recused(ctx.session, vote.application_id)
    return {candidate.internal_person_id, *recused}


def _is_asked(person: Person, state: State) -> bool:
    directs = any(person.holds(Role.DIRECTOR, department) for department in DIRECTED)
    return (directs and state in ASKED) or (person.holds(Role.SPONSOR) and state in ASKED_LAST)
