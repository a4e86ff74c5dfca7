"""Opening a vote once more, when it came to nothing and there is new evidence."""

from datetime import timedelta

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed
from bot.text import parse
from bot.ui import Button, Form, LongText, Message, Reply
from workflows.votes import (
    asked,
    changing,
    deciders,
    deciding_views,
    keeping,
    ladder,
    reading,
    waiting,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.rules import WORKING_DAY, Mode, State
from workflows.votes.tables import Vote

SHORTEST_EVIDENCE = 40  #: characters


@ladder.offers(State.EVIDENCE)
def buttons(ctx: Context, vote: Vote) -> list[Button]:
    """Return what those can press who may bring new evidence."""
    return [reopen.button(texts.REOPEN, vote=vote.id or 0).primary()]


@it.command("vote reopen", help=texts.HELP_REOPEN, usage=texts.USAGE_REOPEN)
def reopen_typed(ctx: Context, text: str) -> Reply:
    """Open a vote once more, in one line."""
    line = parse(text)
    return _reopen(ctx, _reopenable(ctx, asked.named(ctx, line)), asked.said(line))


@it.form("reopen")
def reopen(ctx: Context, vote: int) -> Form:
    """Ask what is new."""
    _reopenable(ctx, reading.known(ctx, vote))
    note = LongText(
        name="note",
        label=texts.EVIDENCE,
        hint=texts.EVIDENCE_HINT,
        min_length=SHORTEST_EVIDENCE,
    )
    return Form(title=texts.REOPEN, inputs=(note,))


@reopen.submit
def reopened(ctx: Context, answers: Answers, vote: int) -> Reply:
    """Open a vote once more, as a form says."""
    return _reopen(ctx, _reopenable(ctx, asked.vote(ctx, vote)), answers.text("note"))


def _reopen(ctx: Context, vote: Vote, note: str) -> Message:
    """Ask the same once more, for one working day, with fresh ballots."""
    length = asked.length(note)
    if length < SHORTEST_EVIDENCE:
        raise Invalid(fields={"note": texts.short_evidence(SHORTEST_EVIDENCE, length)})
    wording = changing.wording_of(ctx, vote)
    if vote.mode is Mode.SECRET and not changing.can_be_secret(ctx, vote, wording.weights):
        raise Conflict(texts.TOO_FEW_TO_HIDE)
    ctx.record(f"vote:{vote.id}", before=vote.state, after=State.OPEN)
    vote.is_reopened = True
    vote.minutes = WORKING_DAY // timedelta(minutes=1)
    keeping.seal_note(ctx, vote, note)
    changing.begin_version(ctx, vote, wording)
    message = deciding_views.reopened(reading.read(ctx, vote), ctx.person.name, note)
    told = deciders.concerned(ctx, vote)
    waiting.tell(ctx, vote, told, message, what=f"reopened:{vote.version}")
    return Message(text=texts.REOPENED)


def _reopenable(ctx: Context, vote: Vote) -> Vote:
    """Return a vote that whoever asks may open once more.

    Raises:
        NotAllowed: others may.
        Conflict: it does not wait for new evidence.
    """
    if vote.state is not State.EVIDENCE or vote.is_reopened:
        raise Conflict(texts.not_reopenable(vote.code, vote.state))
    if ctx.person.id not in deciders.may_reopen(ctx, vote):
        raise NotAllowed(texts.REOPENED_BY_OTHERS)
    return vote
