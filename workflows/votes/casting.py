"""Casting a ballot: by a button, by a form that asks why, or typed where nobody else reads it."""

from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Ref, parse
from bot.ui import Button, Form, Message, Reply
from workflows.votes import (
    calls,
    casting_tables,
    counting,
    keeping,
    reading,
    recusing,
    refusing,
    tables,
    urn,
)
from workflows.votes import casting_texts as texts
from workflows.votes import casting_views as views
from workflows.votes import workflow as it
from workflows.votes.casting_tables import Wording
from workflows.votes.counting import Counts
from workflows.votes.rules import (
    ABSTAINED,
    LONGEST_REASON,
    SHORTEST_REASON,
    VOTE,
    Mode,
    Option,
    chosen_in,
)
from workflows.votes.tables import Vote
from workflows.votes.urn import empty_urn

__all__ = ["buttons", "counts", "empty_urn"]


@it.action("cast")
def cast(ctx: Context, vote: int, version: int, choice: str) -> Reply:
    """Count what somebody pressed; where a reason is needed, ask for it first."""
    return _cast(ctx, Wording(vote, version), choice, reason="")


@it.form("explain")
def explain(ctx: Context, vote: int, version: int, choice: str) -> Form:
    """Ask why somebody votes so."""
    found = refusing.known(ctx, tables.vote(ctx.session, vote))
    refusing.check_voter(ctx, found)
    if version != found.version:
        raise Conflict(texts.stale(_code(vote)))
    terms = tables.terms(ctx.session, found)
    option = _option(reading.options_of(terms), vote, choice)
    question = keeping.question(ctx.sealer, terms)
    title = texts.title(_code(vote), option.label)
    return views.reasons(title, question, texts.REASON_HINT, texts.SEND)


@explain.submit
def explained(ctx: Context, answers: Answers, vote: int, version: int, choice: str) -> Reply:
    """Count a ballot together with its reason."""
    return _cast(ctx, Wording(vote, version), choice, reason=answers.text(views.REASON))


@it.command("vote", help=texts.HELP, usage=texts.USAGE)
def typed(ctx: Context, text: str) -> Reply:
    """Count what was typed where nobody else reads it; elsewhere, offer the ballot privately."""
    line = parse(text)
    found = refusing.known(ctx, tables.vote(ctx.session, refusing.named(line)))
    refusing.check_voter(ctx, found)
    said = [word for word in line.words if Ref.parse(word) is None]
    if not said:
        return _ballot(ctx, found, "")
    if not ctx.confided:
        return _ballot(ctx, found, texts.NOT_HERE)
    choice, rest = chosen_in(said, _offered(reading.options_of(tables.terms(ctx.session, found))))
    reason = " ".join(filter(None, (*rest, line.rest)))
    return _cast(ctx, Wording(found.id or 0, found.version), choice, reason=reason)


def buttons(vote: Vote, options: Sequence[Option]) -> list[Button]:
    """Return the ballot: a button for each option, and one to abstain."""
    asked = {"vote": vote.id or 0, "version": vote.version}
    made = []
    for option in _offered(options):
        route = explain if _needs_reason(option, vote.mode) else cast
        button = route.button(option.label, **asked, choice=option.key)
        if vote.mode is Mode.SECRET:
            button = button.model_copy(update={"confirm": texts.ONLY_ONCE})
        made.append(button)
    return made


def counts(ctx: Context, vote: Vote) -> Counts:
    """Return what the present version's ballots say, without those who are recused.

    For the close alone: whoever asks before knows how it stands.
    """
    if vote.mode is Mode.SECRET:
        return urn.counts(ctx, vote)
    return counting.counted(casting_tables.last_choices(ctx.session, vote))


def _cast(ctx: Context, wording: Wording, choice: str, *, reason: str) -> Reply:
    """Count a ballot, or say why not; every ballot comes this way, whoever votes from where."""
    right = casting_tables.right_to_vote(ctx.session, ctx.person.id, wording, ctx.now)
    if right is None:
        return _refused(ctx, wording)
    option = _option([Option(**each) for each in right.options], wording.vote, choice)
    if _needs_reason(option, right.mode) and not reason:
        return explain.open(ctx, vote=wording.vote, version=wording.version, choice=choice)
    if reason and not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(texts.wrong_length(SHORTEST_REASON, LONGEST_REASON, len(reason)))
    is_first = casting_tables.mark(ctx.session, wording, ctx.person.id)
    if right.mode is not Mode.SECRET:
        _keep(ctx, wording, choice, reason)
    elif is_first:
        urn.drop(ctx, wording, right.department, choice)
    else:
        return _refused(ctx, wording)
    # The audit says who voted and when, in every mode, and in none of them what.
    ctx.record(f"vote:{wording.vote}")
    calls.vote_changed(ctx, wording.vote)
    return Message(text=_said(wording.vote, option, right.mode))


def _keep(ctx: Context, wording: Wording, choice: str, reason: str) -> None:
    ballot = casting_tables.cast(ctx.session, wording, ctx.person.id, choice, ctx.now)
    if reason:
        keeping.seal_reason(ctx, ballot, reason)


def _refused(ctx: Context, wording: Wording) -> Message:
    """Say why a ballot cannot be counted; one of an older wording is answered by the new one."""
    vote = refusing.known(ctx, tables.vote(ctx.session, wording.vote))
    refusing.check_voter(ctx, vote)
    return _ballot(ctx, vote, texts.NEW_WORDING)


def _ballot(ctx: Context, vote: Vote, said: str) -> Message:
    asked = reading.read(ctx, vote)
    own = casting_tables.last_ballot(ctx.session, vote, ctx.person.id)
    choice = reading.label_of(_offered(asked.options), own.choice) if own else ""
    steps_back = recusing.recuse.button(texts.RECUSE, vote=asked.id)
    return views.ballot(asked, said, choice, [*buttons(vote, asked.options), steps_back])


def _said(vote: int, option: Option, mode: Mode) -> str:
    if mode is Mode.SECRET:
        return texts.in_the_urn(_code(vote))
    return texts.counted(_code(vote), option.label, mode)


def _option(options: Sequence[Option], vote: int, choice: str) -> Option:
    offered = _offered(options)
    found = next((option for option in offered if option.key == choice), None)
    if found is None:
        raise Invalid(texts.no_such_choice(_code(vote), [each.label for each in offered]))
    return found


def _offered(options: Sequence[Option]) -> tuple[Option, ...]:
    return (*options, ABSTAINED)


def _needs_reason(option: Option, mode: Mode) -> bool:
    return option.needs_reason and mode is not Mode.SECRET


def _code(vote: int) -> str:
    return str(Ref(VOTE, vote))
