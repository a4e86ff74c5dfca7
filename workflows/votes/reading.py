"""What everybody may know of a vote at this moment, as values: nothing else reaches a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.text import Ref
from storage import people
from workflows.hiring import calls as hiring
from workflows.hiring.rules import SEARCH
from workflows.votes import keeping, tables
from workflows.votes.rules import VOTE, Dispute, Mode, Option, Result, State, Trigger
from workflows.votes.tables import Count, Decision, Vote


@dataclass(frozen=True, slots=True)
class Asked:
    """A vote as everybody who may know of it reads it; of the ballots it has only how many."""

    id: int
    subject: str  #: by code, never by name
    dispute: Dispute
    question: str
    trigger: Trigger
    opener: str  #: a name, "" when Parley opened it
    mode: Mode
    options: tuple[Option, ...]
    weights: Mapping[str, int]  #: percent, by the department's name
    quorum: int
    threshold: int
    fewest: int
    decider: str
    state: State
    version: int
    closes_at: datetime
    electors: int
    answered: int
    result: Result | None = None  #: None until the close
    recommended: str = ""  #: a label
    decided: str = ""  #: a label

    @property
    def code(self) -> str:
        """Return the short name by which people speak of it, such as V-7."""
        return str(Ref(VOTE, self.id))


def read(ctx: Context, vote: Vote) -> Asked:
    """Return a vote as everybody who may know of it reads it."""
    terms = tables.terms(ctx.session, vote)
    electors = [one for one in tables.electors_of(ctx.session, vote.id or 0) if not one.is_recused]
    voted = tables.voted(ctx.session, vote) & {one.person_id for one in electors}
    names = people.departments(ctx.session)
    # Nothing of a count is read while people still vote: an older version's says nothing now.
    count = None if vote.state is State.OPEN else tables.last_count(ctx.session, vote.id or 0)
    decision = tables.decision(ctx.session, vote.id or 0)
    options = options_of(terms)
    return Asked(
        id=vote.id or 0,
        subject=subject(ctx, vote),
        dispute=vote.dispute,
        question=keeping.question(ctx.sealer, terms),
        trigger=vote.trigger,
        opener=name_of(ctx, vote.opened_by),
        mode=vote.mode,
        options=options,
        weights={names.get(key, key): weight for key, weight in terms.weights.items() if weight},
        quorum=vote.quorum,
        threshold=vote.threshold,
        fewest=vote.fewest,
        decider=name_of(ctx, vote.decider_id),
        state=vote.state,
        version=vote.version,
        closes_at=vote.closes_at,
        electors=len(electors),
        answered=len(voted),
        result=count.result if count else None,
        recommended=_recommended(options, count),
        decided=_decided(options, decision),
    )


def options_of(terms: tables.Terms) -> tuple[Option, ...]:
    """Return the answers that a version of a vote offers, abstaining left out."""
    return tuple(Option(**each) for each in terms.options)


def label_of(options: tuple[Option, ...], key: str) -> str:
    """Return what an option is called; the key itself when it is none of them."""
    return next((one.label for one in options if one.key == key), key)


def subject(ctx: Context, vote: Vote) -> str:
    """Return what a vote is about, by codes."""
    code = str(Ref(SEARCH, vote.search_id))
    if vote.application_id is None:
        return code
    candidate = hiring.candidate_of(ctx.session, vote.application_id)
    return f"{hiring.code_of(candidate)}, {code}"


def name_of(ctx: Context, person_id: int | None) -> str:
    """Return what a colleague is called, "" for nobody."""
    return people.by_id(ctx.session, person_id, now=ctx.now).name if person_id else ""


def _recommended(options: tuple[Option, ...], count: Count | None) -> str:
    return label_of(options, count.recommended) if count and count.recommended else ""


def _decided(options: tuple[Option, ...], decision: Decision | None) -> str:
    return label_of(options, decision.decided) if decision else ""
