"""Casting a ballot: by a form that asks why, or at the press of a button where it is secret."""

from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.ui import Button, Form, Message, Reply
from workflows.votes import (
    calls,
    casting_tables,
    counting,
    keeping,
    reading,
    recusing,
    refusing,
    urn,
)
from workflows.votes import casting_texts as texts
from workflows.votes import casting_views as views
from workflows.votes import workflow as it
from workflows.votes.casting_tables import Right, Wording
from workflows.votes.counting import Counts
from workflows.votes.rules import (
    ABSTAINED,
    LONGEST_REASON,
    SHORTEST_REASON,
    Mode,
    Option,
    code_of,
)
from workflows.votes.tables import Vote
from workflows.votes.urn import empty_urn

__all__ = ["buttons", "counts", "empty_urn", "offered", "paper", "take"]


@it.action("cast")
def cast(ctx: Context, vote: int, version: int, choice: str) -> Reply:
    """Count what somebody pressed in a secret vote, where nothing is written beside it."""
    return take(ctx, Wording(vote, version), choice)


@it.form("answer")
def answer(ctx: Context, vote: int, version: int, choice: str) -> Form:
    """Show what somebody chose, and ask why: in the same way whatever it is."""
    right = casting_tables.right_to_vote(
        ctx.session, ctx.person.id, Wording(vote, version), ctx.now
    )
    if right is None:
        refusing.voter(ctx, vote)
        raise Conflict(texts.stale(code_of(vote)))
    question = keeping.opened(ctx.sealer, right.question, at=keeping.QUESTION, row=right.terms)
    return views.answer(code_of(vote), question, _option(right, vote, choice))


@answer.submit
def answered(ctx: Context, answers: Answers, vote: int, version: int, choice: str) -> Reply:
    """Count a ballot together with its reason."""
    return take(ctx, Wording(vote, version), choice, reason=answers.text(views.REASON))


def buttons(vote: Vote, options: Sequence[Option]) -> list[Button]:
    """Return the ballot: a button for each option, and one to abstain."""
    asked = {"vote": vote.id or 0, "version": vote.version}
    made = []
    route = cast if vote.mode is Mode.SECRET else answer
    for option in offered(options):
        button = route.button(option.label, **asked, choice=option.key)
        if vote.mode is Mode.SECRET:
            button = button.model_copy(update={"confirm": texts.ONLY_ONCE})
        made.append(button)
    return made


def offered(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return all that can be chosen: the options, and to abstain."""
    return (*options, ABSTAINED)


def paper(ctx: Context, vote: Vote, said: str = "") -> Message:
    """Return somebody's ballot in a vote, under what is *said* first."""
    asked = reading.read(ctx, vote)
    own = casting_tables.last_ballot(ctx.session, vote, ctx.person.id)
    choice = reading.label_of(offered(asked.options), own.choice) if own else ""
    steps_back = recusing.recuse.button(texts.RECUSE, vote=asked.id)
    return views.ballot(asked, said, choice, [*buttons(vote, asked.options), steps_back])


def counts(ctx: Context, vote: Vote) -> Counts:
    """Return what the present version's ballots say, without those who are recused.

    For the close alone: whoever asks before knows how it stands.
    """
    if vote.mode is Mode.SECRET:
        return urn.counts(ctx, vote)
    return counting.counted(casting_tables.last_choices(ctx.session, vote))


def take(ctx: Context, wording: Wording, choice: str, *, reason: str | None = None) -> Reply:
    """Take a ballot, or say why not; every ballot comes this way, whoever votes from where.

    Until a *reason* was asked for it is None: then whoever votes openly gets the form, whatever
    they chose. What is done, and so what is logged and audited, must not tell one choice from
    another.
    """
    right = casting_tables.lock_right(ctx.session, ctx.person.id, wording, ctx.now)
    if right is None:
        return _refused(ctx, wording)
    option = _option(right, wording.vote, choice)
    if right.mode is Mode.SECRET:
        return _drop(ctx, wording, right, choice)
    if reason is None:
        return answer.open(ctx, vote=wording.vote, version=wording.version, choice=choice)
    if reason and not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(texts.wrong_length(SHORTEST_REASON, LONGEST_REASON, len(reason)))
    casting_tables.mark(ctx.session, wording, ctx.person.id)
    ballot = casting_tables.cast(ctx.session, wording, ctx.person.id, choice, ctx.now)
    keeping.seal_reason(ctx, ballot, reason)
    _note(ctx, wording)
    return Message(text=texts.counted(code_of(wording.vote), option.label, right.mode))


def _drop(ctx: Context, wording: Wording, right: Right, choice: str) -> Message:
    """Put a ballot into the urn, once; a reason that was typed with it is kept nowhere."""
    if not casting_tables.mark(ctx.session, wording, ctx.person.id):
        return _refused(ctx, wording)
    urn.drop(ctx, wording, right.department, choice)
    _note(ctx, wording)
    return Message(text=texts.in_the_urn(code_of(wording.vote)))


def _note(ctx: Context, wording: Wording) -> None:
    # The audit says who voted and when, in every mode, and in none of them what.
    ctx.record(f"vote:{wording.vote}")
    calls.vote_changed(ctx, wording.vote)


def _refused(ctx: Context, wording: Wording) -> Message:
    """Say why a ballot cannot be counted; one of an older wording is answered by the new one."""
    ctx.session.expire_all()  # what was read before may be older than what has refused it
    return paper(ctx, refusing.voter(ctx, wording.vote), texts.NEW_WORDING)


def _option(right: Right, vote: int, choice: str) -> Option:
    known = offered([Option(**each) for each in right.options])
    found = next((option for option in known if option.key == choice), None)
    if found is None:
        raise Invalid(texts.no_such_choice(code_of(vote), [each.label for each in known]))
    return found
