"""What everybody may know of a vote at this moment, as values: nothing else reaches a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bot.context import Context
from bot.text import Ref, parse
from storage import people
from workflows.hiring import calls as hiring
from workflows.hiring.rules import SEARCH
from workflows.votes import deciding_tables, keeping, refusing, tables
from workflows.votes.deciding_tables import Count, Decision
from workflows.votes.rules import (
    Authority,
    Basis,
    Dispute,
    Ground,
    Mode,
    Option,
    Resolution,
    Result,
    State,
    Trigger,
    code_of,
)
from workflows.votes.tables import Vote
from workflows.votes.threads import Thread, threads_of

#: What each answer came to, in exact percent and by its label; the largest first.
Shares = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """A veto as a card tells of it; its reason stands in the record."""

    holder: str
    ground: Ground
    resolution: Resolution


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
    shares: Shares | None = None  #: None where they would tell on a voter
    decided: str = ""  #: a label
    decided_by: str = ""  #: a name, "" when nobody is known by name any more
    is_override: bool = False
    authority: Authority = Authority.ADVISORY
    basis: Basis = Basis.BLOCK
    vetoes: tuple[Objection, ...] = ()
    closed_at: datetime | None = None
    is_extended: bool = False
    is_reopened: bool = False
    note: str = ""  #: why it was reopened or cancelled
    threads: tuple[Thread, ...] = ()  #: where its cards hang

    @property
    def code(self) -> str:
        """Return the short name by which people speak of it, such as V-7."""
        return code_of(self.id)


def known(ctx: Context, id: int) -> Vote:
    """Return a vote that whoever asks may know of.

    Raises:
        NotFound: there is none, which reads the same as that it is not theirs to know.
    """
    return refusing.known(ctx, tables.vote(ctx.session, id))


def named(ctx: Context, text: str) -> Vote:
    """Return the vote that *text* names and whoever asks may know of.

    Raises:
        Invalid: it names none.
    """
    return known(ctx, refusing.named(parse(text)))


def read(ctx: Context, vote: Vote) -> Asked:
    """Return a vote as everybody who may know of it reads it."""
    terms = tables.terms(ctx.session, vote)
    electors = [one for one in tables.electors_of(ctx.session, vote.id or 0) if not one.is_recused]
    voted = tables.voted(ctx.session, vote) & {one.person_id for one in electors}
    names = people.departments(ctx.session)
    count = deciding_tables.count_of(ctx.session, vote)
    decision = deciding_tables.decision(ctx.session, vote.id or 0)
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
        shares=_shares(options, count),
        decided=_decided(options, decision),
        decided_by=name_of(ctx, decision.decider_id) if decision else "",
        is_override=decision is not None and decision.is_override,
        authority=vote.authority,
        basis=vote.basis,
        vetoes=_vetoes(ctx, vote),
        closed_at=vote.closed_at if vote.state is not State.OPEN else None,
        is_extended=vote.is_extended,
        is_reopened=vote.is_reopened,
        note=keeping.note(ctx.sealer, vote),
        threads=threads_of(ctx, vote),
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


def shares_of(options: Sequence[Option], stored: Mapping[str, str]) -> Shares:
    """Return stored shares with their labels, the largest first and all that got any."""
    exact = [(one.label, Fraction(stored.get(one.key, "0"))) for one in options]
    # Sorting keeps the order of the options among equals.
    return tuple(sorted((each for each in exact if each[1]), key=lambda each: -each[1]))


def _shares(options: Sequence[Option], count: Count | None) -> Shares | None:
    return shares_of(options, count.shares) if count and count.shares is not None else None


def _vetoes(ctx: Context, vote: Vote) -> tuple[Objection, ...]:
    raised = deciding_tables.vetoes(ctx.session, vote.id or 0, *Resolution)
    return tuple(
        Objection(name_of(ctx, one.person_id), one.ground, one.resolution) for one in raised
    )


def _recommended(options: tuple[Option, ...], count: Count | None) -> str:
    return label_of(options, count.recommended) if count and count.recommended else ""


def _decided(options: tuple[Option, ...], decision: Decision | None) -> str:
    return label_of(options, decision.decided) if decision else ""
