"""What a record of a vote holds, as JSON; people stand in it by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.context import Context
from workflows.votes import deciding_tables, keeping, reading, tables
from workflows.votes.deciding_tables import Count
from workflows.votes.rules import Mode, Resolution, State
from workflows.votes.tables import Terms, Vote

#: JSON, as a record holds it.
Json = dict[str, Any]
#: Under these keys stands somebody's number.
_PERSONS = frozenset({"person", "opener", "decider"})


def contents(ctx: Context, vote: Vote) -> Json:
    """Return all of a vote that everybody who may know of it reads after the close.

    Who voted what is among it in a named vote alone.
    """
    return {
        "vote": vote.id,
        "subject": reading.subject(ctx, vote),
        "stage": vote.stage,
        "dispute": vote.dispute,
        "trigger": vote.trigger,
        "opener": vote.opened_by,
        "opened_at": _instant(vote.opened_at),
        "closed_at": _instant(vote.closed_at),
        "mode": vote.mode,
        "authority": vote.authority,
        "basis": vote.basis,
        "quorum": vote.quorum,
        "threshold": vote.threshold,
        "fewest": vote.fewest,
        "decider": vote.decider_id,
        "extended": vote.is_extended,
        "reopened": vote.is_reopened,
        "cancelled": vote.state is State.CANCELLED,
        "note": keeping.note(ctx.sealer, vote),
        **_people(ctx, vote),
        "versions": versions(ctx, vote, with_ballots=vote.mode is Mode.NAMED),
        "vetoes": list(_vetoes(ctx, vote)),
        "decision": _decision(ctx, vote),
        "deciders": list(_says(ctx, vote)),
        "stances": list(_stances(ctx, vote)),
    }


def versions(ctx: Context, vote: Vote, *, with_ballots: bool) -> list[Json]:
    """Return each wording of a vote with what it came to.

    Ballots of a wording that was replaced before its close were void, and stand nowhere.
    """
    found, marks = [], tables.marks(ctx.session, vote.id or 0)
    counts = {one.version: one for one in deciding_tables.counts_of(ctx.session, vote.id or 0)}
    for terms in tables.wordings(ctx.session, vote.id or 0):
        count = counts.get(terms.version)
        is_told = with_ballots and count is not None
        found.append(
            {
                "version": terms.version,
                "at": _instant(terms.at),
                "question": keeping.question(ctx.sealer, terms),
                "options": [asdict(one) for one in reading.options_of(terms)],
                "weights": dict(terms.weights),
                "voted": sorted(person for number, person in marks if number == terms.version),
                "count": _count(count),
                "ballots": list(_ballots(ctx, vote, terms)) if is_told else None,
            }
        )
    return found


def persons_in(content: object) -> set[int]:
    """Return the numbers of all people that stand in a record, or in a part of it."""
    if isinstance(content, Mapping):
        own = {content[key] for key in _PERSONS & content.keys() if content[key]}
        return own | set(content.get("voted", ())) | persons_in(list(content.values()))
    if isinstance(content, list):
        return {person for part in content for person in persons_in(part)}
    return set()


def _people(ctx: Context, vote: Vote) -> Json:
    electors = tables.electors_of(ctx.session, vote.id or 0)
    holders = deciding_tables.veto_holders(ctx.session, vote.id or 0)
    return {
        "electors": [
            {"person": one.person_id, "department": one.department, "recused": one.is_recused}
            for one in electors
        ],
        "veto_holders": [
            {"person": one.person_id, "grounds": list(one.grounds)} for one in holders
        ],
    }


def _count(count: Count | None) -> Json | None:
    if count is None:
        return None
    return {
        "at": _instant(count.at),
        "result": count.result,
        "recommended": count.recommended,
        "electors": count.electors,
        "answered": count.answered,
        "shares": count.shares,
        "counts": count.counts,
    }


def _ballots(ctx: Context, vote: Vote, terms: Terms) -> Iterator[Json]:
    """Yield what counted: the last ballot of everybody who did not recuse themselves."""
    electors = tables.electors_of(ctx.session, vote.id or 0)
    recused = {one.person_id for one in electors if one.is_recused}
    for one in tables.last_ballots(ctx.session, vote.id or 0, terms.version):
        if one.person_id not in recused:
            yield {
                "person": one.person_id,
                "choice": one.choice,
                "reason": keeping.reason(ctx.sealer, one),
                "at": _instant(one.cast_at),
            }


def _vetoes(ctx: Context, vote: Vote) -> Iterator[Json]:
    for one in deciding_tables.vetoes(ctx.session, vote.id or 0, *Resolution):
        yield {
            "person": one.person_id,
            "ground": one.ground,
            "reason": keeping.veto_reason(ctx.sealer, one),
            "raised_at": _instant(one.raised_at),
            "resolution": one.resolution,
            "resolved_at": _instant(one.resolved_at),
        }


def _decision(ctx: Context, vote: Vote) -> Json | None:
    one = deciding_tables.decision(ctx.session, vote.id or 0)
    if one is None:
        return None
    return {
        "decided": one.decided,
        "recommended": one.recommended,
        "decider": one.decider_id,
        "rationale": keeping.rationale(ctx.sealer, one),
        "override": one.is_override,
        "at": _instant(one.at),
    }


def _says(ctx: Context, vote: Vote) -> Iterator[Json]:
    for one in deciding_tables.says(ctx.session, vote.id or 0):
        rationale = keeping.said(ctx.sealer, one)
        yield {
            "person": one.person_id,
            "choice": one.choice,
            "rationale": rationale,
            "at": _instant(one.at),
        }


def _stances(ctx: Context, vote: Vote) -> Iterator[Json]:
    for one in deciding_tables.commits(ctx.session, vote.id or 0):
        note = keeping.objection(ctx.sealer, one)
        yield {"person": one.person_id, "stance": one.stance, "note": note, "at": _instant(one.at)}


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
