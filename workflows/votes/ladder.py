"""Who is asked next when nobody decided: rung by rung, and nothing is decided by silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.context import Context
from bot.ui import Button
from workflows.votes import calls, deciders, deciding_views, reading, waiting
from workflows.votes import workflow as it
from workflows.votes.rules import WORKING_DAY, Authority, Result, State
from workflows.votes.tables import Vote

#: From the bottom to the top.
RUNGS = (State.EVIDENCE, State.DECIDER, State.DIRECTORS, State.SPONSOR, State.ON_HOLD)
#: Working time of those who are asked; on the last rung it stays until somebody decides.
WAITS: Mapping[State, timedelta] = MappingProxyType(
    {
        State.EVIDENCE: WORKING_DAY,
        State.DECIDER: WORKING_DAY,
        State.DIRECTORS: WORKING_DAY,
        State.SPONSOR: 2 * WORKING_DAY,
    }
)

Offer = Callable[[Context, Vote], list[Button]]
_offers: dict[State, Offer] = {}


def offers(*states: State) -> Callable[[Offer], Offer]:
    """Register what those who are asked in these states can press."""

    def register(offer: Offer) -> Offer:
        _offers.update(dict.fromkeys(states, offer))
        return offer

    return register


def first(result: Result, authority: Authority, *, is_reopened: bool) -> State:
    """Return where a vote goes at its close."""
    if result is Result.PASSED:
        return State.DECIDED if authority is Authority.BINDING else State.DECIDER
    return State.DECIDER if is_reopened else State.EVIDENCE


def above(rung: State) -> State:
    """Return the next rung, when nobody on this one answered."""
    return RUNGS[RUNGS.index(rung) + 1]


def reached(rung: State, is_there: Callable[[State], bool]) -> State:
    """Return *rung*, or the first one above it on which somebody is there."""
    while rung is not State.ON_HOLD and not is_there(rung):
        rung = above(rung)
    return rung


def enter(ctx: Context, vote: Vote, rung: State) -> None:
    """Ask those on a rung, or the first above it who are there; a timer goes on from there."""
    rung = reached(rung, lambda each: bool(deciders.asked(ctx, vote, each)))
    ctx.record(f"vote:{vote.id}", before=vote.state, after=rung)
    vote.state, vote.next_look = rung, ""
    ends = _leave_timer(ctx, vote)
    ask(ctx, vote, until=ends)
    calls.vote_changed(ctx, vote.id or 0)


def ask(ctx: Context, vote: Vote, *, until: datetime | None) -> None:
    """Ask everybody who is asked in the state of a vote."""
    buttons = _offers[vote.state](ctx, vote) if vote.state in _offers else []
    message = deciding_views.asking(reading.read(ctx, vote), until, buttons)
    chosen = deciders.asked(ctx, vote, vote.state)
    what = f"ask:{vote.state}:{waiting.stamp(ctx)}"
    waiting.tell(ctx, vote, chosen, message, what=what)


@it.timer("climb")
def climb(ctx: Context, vote: int, look: str) -> None:
    """Ask the next ones, since those who were asked did not answer in time."""
    found = waiting.still_for(ctx, vote, look)
    if found is not None and found.state in WAITS:
        enter(ctx, found, above(found.state))


def _leave_timer(ctx: Context, vote: Vote) -> datetime | None:
    """Return until when the next ones are not asked; None when there are none."""
    if vote.state not in WAITS:
        return None
    chosen = deciders.asked(ctx, vote, vote.state)
    ends = waiting.until(ctx, chosen, WAITS[vote.state])
    waiting.go_on(ctx, vote, climb, ends)
    return ends
