"""Who takes part in a vote, as they are at its opening: electors, veto holders and the decider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import Ref
from storage import people
from storage.people import Person
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Application, Candidate, Search
from workflows.hiring.rules import SEARCH
from workflows.votes import opening_texts as texts
from workflows.votes.rules import (
    FEWEST_ELECTORS,
    FEWEST_SECRET,
    MOST_ELECTORS,
    VETO_GROUNDS,
    Ground,
    Mode,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a vote is about: how a search is run or, in one stage of it, a candidate."""

    search: Search
    application: Application | None = None
    candidate: Candidate | None = None
    stage: str = ""

    @property
    def code(self) -> str:
        """Return what it is called, by codes and never by a name."""
        code = str(Ref(SEARCH, self.search.id or 0))
        return f"{hiring.code_of(self.candidate)}, {code}" if self.candidate else code


def about_search(session: Session, search_id: int) -> Subject | None:
    """Return how a search is run as a subject; None when there is no such search."""
    found = hiring.search(session, search_id)
    return Subject(found) if found else None


def about_application(session: Session, application_id: int, stage: str = "") -> Subject | None:
    """Return a candidate as a subject, in *stage* or in the one that they are in.

    An application that stands in a stage without an interview is judged by its last panel.
    """
    application = session.get(Application, application_id)
    search = hiring.search(session, application.search_id) if application else None
    if application is None or search is None:
        return None
    stages = [each.interview.stage for each in hiring.meetings_of(session, application_id)]
    present = application.stage if application.stage in stages else next(reversed(stages), "")
    wanted = stage if stage in stages else present
    return Subject(search, application, hiring.candidate_of(session, application_id), wanted)


def may_open(ctx: Context, subject: Subject) -> bool:
    """Say whether whoever asks may know of a subject, and so have it voted about."""
    if ctx.person.id in barred(ctx.session, subject):
        return False
    return hiring.reads_search(ctx.person, subject.search) or ctx.person.id in _panel(ctx, subject)


def barred(session: Session, subject: Subject) -> set[int]:
    """Return who must have no part: the recused, and colleagues who are candidates themselves."""
    if subject.application is None or subject.candidate is None:
        entries = hiring.applications_in(session, subject.search.id or 0)
        found = {candidate.internal_person_id for _, candidate in entries}
    else:
        recused = hiring.recused(session, subject.application.id or 0)
        found = {subject.candidate.internal_person_id, *recused}
    return {id for id in found if id is not None}


def electors_of(ctx: Context, subject: Subject) -> list[Person]:
    """Return who votes: the panel, the hiring manager and who recruits, in a fixed order.

    How a search is run is voted on by all of its panels, and by its owner in security as well.
    """
    search = subject.search
    named = [search.hiring_manager_id, search.ta_owner_id]
    if subject.application is None:
        named.append(search.security_owner_id)
    found = {id for id in named if id is not None} | _panel(ctx, subject)
    return list(_fit(ctx, subject, sorted(found)))


def veto_holders(ctx: Context, subject: Subject) -> dict[int, tuple[Ground, ...]]:
    """Return who may say that it must not go ahead, and on which grounds."""
    out = barred(ctx.session, subject)
    found: dict[int, tuple[Ground, ...]] = {}
    for department, grounds in VETO_GROUNDS.items():
        held = people.holders(ctx.session, Role.DIRECTOR, department=department, now=ctx.now)
        for holder in held:
            if holder.id not in out:
                own = (*found.get(holder.id, ()), *grounds)
                found[holder.id] = tuple(dict.fromkeys(own))
    return found


def decider_of(ctx: Context, subject: Subject, chosen: Person | None = None) -> Person:
    """Return who decides: whom somebody chose, else the hiring manager.

    Raises:
        Invalid: it would be nobody, or somebody who must have no part.
    """
    found = next(_fit(ctx, subject, [chosen.id]), None) if chosen else usual_decider(ctx, subject)
    if found is None:
        problem = texts.DECIDER_OUT if chosen else texts.NO_DECIDER
        raise Invalid(fields={"decider": problem})
    return found


def usual_decider(ctx: Context, subject: Subject) -> Person | None:
    """Return the hiring manager, when there is one who can decide."""
    named = subject.search.hiring_manager_id
    return next(_fit(ctx, subject, [named] if named else []), None)


def check(electors: list[Person], weights: Mapping[str, int], mode: Mode) -> None:
    """Refuse a vote that would say nothing, or tell on a voter.

    Raises:
        Conflict: there are too few electors or too many.
        Invalid: a department with a weight has nobody to vote, or too few for a secret vote.
    """
    count = len(electors)
    if not FEWEST_ELECTORS <= count <= MOST_ELECTORS:
        raise Conflict(texts.electors_off(count, FEWEST_ELECTORS, MOST_ELECTORS))
    present = [one.department for one in electors]
    weighted = [department for department, weight in weights.items() if weight > 0]
    if absent := [one for one in weighted if one not in present]:
        raise Invalid(fields={"weights": texts.nobody_of(absent)})
    is_small = any(present.count(one) < FEWEST_SECRET for one in weighted)
    if mode is Mode.SECRET and is_small:
        raise Invalid(fields={"mode": texts.too_few_for_secret(FEWEST_SECRET)})


def _panel(ctx: Context, subject: Subject) -> set[int]:
    """Return who met, or is to meet, the candidate in the stage; of a search all who interview."""
    if subject.application is None:
        meetings = hiring.meetings_in(ctx.session, subject.search.id or 0)
    else:
        about = hiring.meetings_of(ctx.session, subject.application.id or 0)
        meetings = [each for each in about if each.interview.stage == subject.stage]
    held = [
        each.interview.id or 0
        for each in meetings
        if each.interview.status not in hiring.NOBODY_MET
    ]
    return {seat.person_id for seat in hiring.panel(ctx.session, held)}


def _fit(ctx: Context, subject: Subject, ids: Iterable[int]) -> Iterator[Person]:
    out = barred(ctx.session, subject)
    for id in ids:
        if id not in out and people.works_here(ctx.session, id):
            yield people.by_id(ctx.session, id, now=ctx.now)
