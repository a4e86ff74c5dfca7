"""Closing a vote: in time or by hand, exactly once; only here are ballots ever counted."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.context import Context
from bot.errors import Conflict
from bot.text import parse
from bot.ui import Message, Reply
from workflows.votes import (
    asked,
    calls,
    casting,
    casting_tables,
    counting,
    deciders,
    deciding,
    deciding_views,
    hours,
    ladder,
    reading,
    tables,
    vetoing,
    waiting,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.cards import PACE
from workflows.votes.counting import Counts, Rule, Tally
from workflows.votes.deciding_tables import Count
from workflows.votes.rules import SHORTEST, WORKING_DAY, Mode, State
from workflows.votes.tables import Terms, Vote

#: A veto can be raised for so long after the close.
TIME_TO_VETO = WORKING_DAY
#: What waits for a moment; a vote on hold waits for a person.
GOES_ON_BY_ITSELF = frozenset(State) - {State.ON_HOLD, State.CANCELLED, State.ARCHIVED}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def schedule(ctx: Context, vote: Vote) -> None:
    """Let a vote close at its time; whatever time was set before means nothing any more."""
    waiting.go_on(ctx, vote, close_in_time, vote.closes_at)


def close(ctx: Context, vote: Vote) -> None:
    """Count an open vote that is locked, store what it came to, and go on."""
    ctx.session.flush()
    terms = tables.terms(ctx.session, vote)
    counts = casting.counts(ctx, vote)
    rule = rule_of(vote, terms)
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    electors = sum(1 for one in chosen if not one.is_recused)
    tally = counting.tally(rule, counts, electors)
    ctx.session.add(_count(ctx, vote, tally, counts=counts, electors=electors))
    vote.closed_at = ctx.now
    vote.veto_until = waiting.until(ctx, deciders.holders(ctx, vote), TIME_TO_VETO)
    ctx.session.flush()
    ctx.record(f"vote:{vote.id}:count:{vote.version}", after=tally.result)
    rung = ladder.first(tally.result, vote.authority, is_reopened=vote.is_reopened)
    if not vetoing.take_effect(ctx, vote, resumes=rung):
        deciding.onward(ctx, vote, rung)
    vetoing.tell_holders(ctx, vote)


def rule_of(vote: Vote, terms: Terms) -> Rule:
    """Return how the ballots of a version become a result."""
    return Rule(
        options=[one.key for one in reading.options_of(terms)],
        weights=terms.weights,
        basis=vote.basis,
        quorum=vote.quorum,
        threshold=vote.threshold,
        fewest=vote.fewest,
    )


def told(mode: Mode, rule: Rule, counts: Counts) -> dict[str, dict[str, int]] | None:
    """Return the figures that are kept: of a secret vote those that tell on nobody, or None.

    A side without a weight may be one person; what it said changes no share, and stays unsaid.
    """
    if mode is not Mode.SECRET:
        return {side: dict(own) for side, own in counts.items()}
    if not counting.hides_everybody(rule, counts):
        return None
    return {side: dict(counts[side]) for side in rule.weighted}


@it.awaits
def open_votes(session: Session) -> Mapping[str, str]:
    """Return every vote that goes on by itself, and its timer."""
    found = tables.votes_in(session, GOES_ON_BY_ITSELF)
    return {f"vote:{vote.id}": vote.next_look for vote in found}


@it.timer("close_in_time")
def close_in_time(ctx: Context, vote: int, look: str) -> None:
    """Close a vote at the moment that its card tells."""
    found = waiting.still_for(ctx, vote, look)
    if found is not None and found.state is State.OPEN:
        close(ctx, found)


@it.command("vote close", help=texts.HELP_CLOSE, usage=texts.USAGE_CLOSE)
def close_typed(ctx: Context, text: str) -> Reply:
    """Close a vote before its time."""
    return _close_by_hand(ctx, asked.named(ctx, parse(text)))


@it.action("close")
def close_pressed(ctx: Context, vote: int, version: int) -> Reply:
    """Close a vote in which everybody has answered."""
    found = asked.vote(ctx, vote)
    if found.version != version:
        raise Conflict(texts.is_newer(found.code))
    return _close_by_hand(ctx, found)


@calls.votes_change
def look_who_is_left(ctx: Context, vote_id: int) -> None:
    """Look soon whether everybody has answered; all changes until then share one look."""
    version = casting_tables.open_version(ctx.session, vote_id)
    if version is None:
        return
    # A ballot that another process stores at this moment is seen by then.
    span = (ctx.now - _EPOCH) // PACE + len(("this", "next"))
    key = f"vote:{vote_id}:everybody:{version}:{span}"
    ctx.schedule(everybody_answered, _EPOCH + span * PACE, key=key, vote=vote_id)


@it.timer("everybody_answered")
def everybody_answered(ctx: Context, vote: int) -> None:
    """See to it that the opener hears of a vote in which nobody is left, once in each version."""
    found = tables.vote(ctx.session, vote)
    if found is not None and found.state is State.OPEN and _is_complete(ctx, found):
        key = f"vote:{vote}:complete:{found.version}"
        ctx.schedule(tell_opener, ctx.now, key=key, vote=vote, version=found.version)


@it.timer("tell_opener")
def tell_opener(ctx: Context, vote: int, version: int) -> None:
    """Tell the opener, else the decider, that everybody has answered: to close it is theirs."""
    found = tables.vote(ctx.session, vote)
    if found is None or found.state is not State.OPEN or found.version != version:
        return
    button = close_pressed.button(texts.CLOSE_NOW, vote=vote, version=version)
    message = deciding_views.complete(reading.read(ctx, found), button.danger(texts.SURE_TO_CLOSE))
    first = deciders.fit(ctx, found, [found.opened_by, found.decider_id])[:1]
    waiting.tell(ctx, found, first, message, what=f"complete:{version}")


def _close_by_hand(ctx: Context, vote: Vote) -> Message:
    """Close a vote for whoever may; a refusal tells no more than the card does.

    Raises:
        Conflict: too little time has passed for those who have not answered.
    """
    asked.open_one(ctx, vote)
    opened = tables.terms(ctx.session, vote).at
    passed = hours.hours_of(ctx, vote.decider_id or ctx.person.id).elapsed(opened, ctx.now)
    if passed < SHORTEST and not _is_complete(ctx, vote):
        raise Conflict(texts.too_early_to_close(SHORTEST // timedelta(hours=1)))
    close(ctx, vote)
    return Message(text=texts.closed(vote.code))


def _is_complete(ctx: Context, vote: Vote) -> bool:
    """Say whether everybody who may vote has voted."""
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    wanted = {one.person_id for one in chosen if not one.is_recused}
    return wanted <= tables.voted(ctx.session, vote)


def _count(ctx: Context, vote: Vote, tally: Tally, *, counts: Counts, electors: int) -> Count:
    """Return what is kept of a count."""
    terms = tables.terms(ctx.session, vote)
    figures = told(vote.mode, rule_of(vote, terms), counts)
    shares = {option: str(share) for option, share in tally.shares.items()}
    return Count(
        vote_id=vote.id or 0,
        version=vote.version,
        result=tally.result,
        recommended=tally.recommended,
        electors=electors,
        answered=sum(sum(own.values()) for own in counts.values()),
        shares=shares if figures is not None else None,
        counts=figures,
        at=ctx.now,
    )
