"""Deciding: a person confirms what was recommended, or decides otherwise and says why."""

from collections.abc import Iterable

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed
from bot.text import parse
from bot.ui import Button, Choice, Form, LongText, Message, Option, Reply
from workflows.votes import (
    asked,
    calls,
    committing,
    deciders,
    deciding_tables,
    keeping,
    ladder,
    reading,
    record,
    tables,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.deciding_tables import Decision, Say
from workflows.votes.rules import DIRECTED, SHORTEST_RATIONALE, Resolution, State, chosen_in
from workflows.votes.tables import Vote

#: Where somebody is asked to decide.
DECIDABLE = (State.DECIDER, State.DIRECTORS, State.SPONSOR, State.ON_HOLD)


def recommended(ctx: Context, vote: Vote) -> str:
    """Return what can be confirmed with one click, "" when a veto took it off the table."""
    found = came_to(ctx, vote)
    return "" if found in barred(ctx, vote) else found


def came_to(ctx: Context, vote: Vote) -> str:
    """Return what the count recommended, "" for nothing."""
    count = deciding_tables.count_of(ctx.session, vote)
    return count.recommended if count else ""


def barred(ctx: Context, vote: Vote) -> set[str]:
    """Return the answers that an upheld veto took off the table."""
    upheld = deciding_tables.vetoes(ctx.session, vote.id or 0, Resolution.UPHELD)
    return {veto.against for veto in upheld}


def onward(ctx: Context, vote: Vote, state: State) -> None:
    """Let a closed vote go to a state, or back to it; binding ones are decided as recommended."""
    if state is not State.DECIDED:
        _forget_says(ctx, vote)
        ladder.enter(ctx, vote, state)
        return
    decision = deciding_tables.decision(ctx.session, vote.id or 0)
    if decision is None:
        settle(ctx, vote, recommended(ctx, vote))
        return
    _move(ctx, vote, State.DECIDED)
    committing.wait_to_archive(ctx, vote, decision)


def settle(
    ctx: Context, vote: Vote, choice: str, *, by: int | None = None, rationale: str = ""
) -> None:
    """Store what was decided, by nobody when the vote itself was binding, and tell everybody."""
    told = recommended(ctx, vote)
    decision = Decision(
        vote_id=vote.id or 0,
        decided=choice,
        recommended=came_to(ctx, vote),
        decider_id=by,
        is_override=bool(told) and choice != told,
        at=ctx.now,
    )
    keeping.seal_decision(ctx, decision, rationale)
    ctx.session.flush()
    ctx.record(f"vote:{vote.id}:decision", after=(choice, decision.is_override))
    _move(ctx, vote, State.DECIDED)
    committing.publish(ctx, vote, decision)
    record.seal_record(ctx, vote)


@ladder.offers(*DECIDABLE)
def buttons(ctx: Context, vote: Vote) -> list[Button]:
    """Return what those who decide can press."""
    told = recommended(ctx, vote)
    otherwise = decide_form.button(
        texts.OTHERWISE if told else texts.DECIDE, vote=vote.id or 0, version=vote.version
    )
    if not told:
        return [otherwise.primary()]
    label = reading.label_of(reading.options_of(tables.terms(ctx.session, vote)), told)
    confirmed = confirm.button(texts.confirm(label), vote=vote.id or 0, version=vote.version)
    return [confirmed.primary(), otherwise]


@it.command("vote decide", help=texts.HELP_DECIDE, usage=texts.USAGE_DECIDE)
def decide_typed(ctx: Context, text: str) -> Reply:
    """Decide a vote in one line."""
    line = parse(text)
    found = asked.named(ctx, line)
    words = asked.words(line)
    if not words:
        raise Invalid(texts.HOW_TO_DECIDE)
    options = reading.options_of(tables.terms(ctx.session, found))
    _check_turn(ctx, found)
    choice, rest = chosen_in(words, options)
    asked.check_answer(options, choice)
    return _decide(ctx, found, choice, line.rest or " ".join(rest))


@it.action("confirm")
def confirm(ctx: Context, vote: int, version: int) -> Reply:
    """Decide as the vote recommended."""
    found = _in_version(asked.vote(ctx, vote), version)
    _check_turn(ctx, found)
    told = recommended(ctx, found)
    if not told:
        raise Conflict(texts.nothing_to_confirm(found.code))
    return _decide(ctx, found, told, "")


@it.form("decide")
def decide_form(ctx: Context, vote: int, version: int) -> Form:
    """Ask for a decision and why."""
    found = _in_version(reading.known(ctx, vote), version)
    _check_turn(ctx, found)
    options = reading.options_of(tables.terms(ctx.session, found))
    gone = barred(ctx, found)
    offered = tuple(
        Option(value=one.key, label=one.label) for one in options if one.key not in gone
    )
    told = reading.label_of(options, recommended(ctx, found))
    rationale = LongText(
        name="rationale",
        label=texts.RATIONALE,
        hint=texts.rationale_hint(told, SHORTEST_RATIONALE),
        required=False,
    )
    choice = Choice(name="choice", label=texts.CHOICE, options=offered)
    return Form(title=texts.DECIDE, inputs=(choice, rationale))


@decide_form.submit
def decided(ctx: Context, answers: Answers, vote: int, version: int) -> Reply:
    """Decide as a form says."""
    found = _in_version(asked.vote(ctx, vote), version)
    _check_turn(ctx, found)
    return _decide(ctx, found, answers.text("choice"), answers.text("rationale"))


def _decide(ctx: Context, vote: Vote, choice: str, rationale: str) -> Message:
    """Take what somebody whose turn it is said."""
    told = recommended(ctx, vote)
    if choice in barred(ctx, vote):
        raise Invalid(texts.OFF_THE_TABLE)
    if told and choice != told and asked.length(rationale) < SHORTEST_RATIONALE:
        short = texts.short_rationale(SHORTEST_RATIONALE, asked.length(rationale))
        raise Invalid(fields={"rationale": short})
    if vote.state is State.DIRECTORS:
        return _say(ctx, vote, choice, rationale)
    settle(ctx, vote, choice, by=ctx.person.id, rationale=rationale)
    return Message(text=texts.DECIDED)


def _say(ctx: Context, vote: Vote, choice: str, rationale: str) -> Message:
    """Keep what one director said; two of one mind decide, and two who differ ask the sponsor."""
    before = deciding_tables.says(ctx.session, vote.id or 0)
    own = next((one for one in before if one.person_id == ctx.person.id), None)
    say = own or Say(vote_id=vote.id or 0, person_id=ctx.person.id, choice=choice, at=ctx.now)
    say.choice, say.at = choice, ctx.now
    keeping.seal_say(ctx, say, rationale)
    ctx.record(f"vote:{vote.id}:say:{ctx.person.id}", after=choice)
    present = deciders.asked(ctx, vote, State.DIRECTORS)
    chosen = _choices(deciding_tables.says(ctx.session, vote.id or 0), present)
    if len(chosen) < len(DIRECTED):
        return Message(text=texts.WAITS_FOR_THE_OTHER)
    if len(set(chosen)) > 1:
        ladder.enter(ctx, vote, State.SPONSOR)
        return Message(text=texts.YOU_DIFFER)
    settle(ctx, vote, choice, by=ctx.person.id, rationale=rationale)
    return Message(text=texts.DECIDED)


def _choices(says: Iterable[Say], present: Iterable[int]) -> list[str]:
    """Return what those said who are directors now."""
    return [say.choice for say in says if say.person_id in set(present)]


def _check_turn(ctx: Context, vote: Vote) -> None:
    """Refuse whoever is not asked now, in words that tell nothing of how an open vote stands.

    Raises:
        Conflict: it is open, vetoed, decided or over.
        NotAllowed: others are asked.
    """
    if vote.state not in DECIDABLE:
        raise Conflict(texts.not_now(vote.code, vote.state))
    if ctx.person.id not in deciders.asked(ctx, vote, vote.state):
        raise NotAllowed(texts.OTHERS_DECIDE[vote.state])


def _in_version(vote: Vote, version: int) -> Vote:
    """Return a vote whose button is of its present version.

    Raises:
        Conflict: it was opened once more since.
    """
    if vote.version != version:
        raise Conflict(texts.is_newer(vote.code))
    return vote


def _move(ctx: Context, vote: Vote, state: State) -> None:
    ctx.record(f"vote:{vote.id}", before=vote.state, after=state)
    vote.state = state
    calls.vote_changed(ctx, vote.id or 0)


def _forget_says(ctx: Context, vote: Vote) -> None:
    """Let the directors begin anew when a vote comes back to them."""
    for say in deciding_tables.says(ctx.session, vote.id or 0):
        ctx.session.delete(say)
    ctx.session.flush()
