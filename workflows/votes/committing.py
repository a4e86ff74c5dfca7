"""After a decision: everybody hears of it, and says how they stand to it; then the archive."""

from datetime import timedelta

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.ui import Form, LongText, Message, Reply
from bot.workflow import NO_SUCH_THING
from workflows.votes import (
    asked,
    calls,
    deciders,
    deciding_tables,
    deciding_views,
    keeping,
    reading,
    record,
    tables,
    waiting,
)
from workflows.votes import deciding_texts as texts
from workflows.votes import workflow as it
from workflows.votes.deciding_tables import Commit, Decision
from workflows.votes.rules import ABSTAIN, Mode, Stance, State
from workflows.votes.tables import Vote

#: From the decision on.
UNTIL_ARCHIVED = timedelta(days=30)


def publish(ctx: Context, vote: Vote, decision: Decision) -> None:
    """Tell everybody what was decided, ask those who were not followed, and wait to archive it."""
    wait_to_archive(ctx, vote, decision)
    tell = reading.read(ctx, vote)
    rationale = keeping.rationale(ctx.sealer, decision)
    others = dissenters(ctx, vote, decision)
    buttons = [
        stand.button(texts.AGREE, vote=vote.id or 0, stance=Stance.AGREE),
        stand.button(texts.COMMIT, vote=vote.id or 0, stance=Stance.COMMIT),
        object_to.button(texts.OBJECT, vote=vote.id or 0),
    ]
    decider = reading.name_of(ctx, decision.decider_id)
    message = deciding_views.decided(tell, decider, rationale)
    asking = deciding_views.asking_dissenters(tell, decider, rationale, buttons)
    what = f"decided:{decision.at:%Y%m%dT%H%M%S.%f}"
    followed = [id for id in deciders.concerned(ctx, vote) if id not in others]
    waiting.tell(ctx, vote, followed, message, what=what)
    waiting.tell(ctx, vote, others, asking, what=what)


def wait_to_archive(ctx: Context, vote: Vote, decision: Decision) -> None:
    """Leave the timer of the archive, which is what a decided vote waits for."""
    waiting.go_on(ctx, vote, archive, max(decision.at + UNTIL_ARCHIVED, ctx.now))


def dissenters(ctx: Context, vote: Vote, decision: Decision) -> list[int]:
    """Return who chose otherwise; in a secret vote nobody knows, so that everybody is asked.

    Whoever decided has said why, and is not asked how they stand to it.
    """
    electors = [id for id in deciders.electors(ctx, vote) if id != decision.decider_id]
    if vote.mode is Mode.SECRET:
        return electors
    ballots = tables.last_ballots(ctx.session, vote.id or 0, vote.version)
    followed = {decision.decided, ABSTAIN}
    others = {ballot.person_id for ballot in ballots if ballot.choice not in followed}
    return [id for id in electors if id in others]


@it.action("stand")
def stand(ctx: Context, vote: int, stance: Stance) -> Reply:
    """Note how somebody who was not followed stands to the decision."""
    if stance is Stance.OBJECT:
        raise NotFound(NO_SUCH_THING)
    return _keep(ctx, _theirs(ctx, asked.vote(ctx, vote)), stance, note="")


@it.form("object")
def object_to(ctx: Context, vote: int) -> Form:
    """Ask what somebody objects to."""
    found = _theirs(ctx, reading.known(ctx, vote))
    note = LongText(name="note", label=texts.OBJECTION, hint=texts.objection_hint(found.mode))
    return Form(title=texts.OBJECT, inputs=(note,))


@object_to.submit
def objected(ctx: Context, answers: Answers, vote: int) -> Reply:
    """Put an objection on the record."""
    return _keep(ctx, _theirs(ctx, asked.vote(ctx, vote)), Stance.OBJECT, note=answers.text("note"))


@it.timer("archive")
def archive(ctx: Context, vote: int, look: str) -> None:
    """Put a decided vote away."""
    found = waiting.still_for(ctx, vote, look)
    if found is None or found.state is not State.DECIDED:
        return
    found.state, found.next_look = State.ARCHIVED, ""
    ctx.record(f"vote:{vote}", before=State.DECIDED, after=State.ARCHIVED)
    calls.vote_changed(ctx, vote)


def _theirs(ctx: Context, found: Vote) -> Vote:
    """Return a decided vote in which somebody was not followed.

    Raises:
        NotFound: they were, or it is none of their business.
        Conflict: it is not decided now.
    """
    decision = deciding_tables.decision(ctx.session, found.id or 0)
    if decision is None or ctx.person.id not in dissenters(ctx, found, decision):
        raise NotFound(NO_SUCH_THING)
    if found.state is not State.DECIDED:
        raise Conflict(texts.not_decided_now(found.code))
    return found


def _keep(ctx: Context, vote: Vote, stance: Stance, *, note: str) -> Message:
    before = deciding_tables.commits(ctx.session, vote.id or 0)
    own = next((one for one in before if one.person_id == ctx.person.id), None)
    said = own.stance if own else None
    kept = own or Commit(vote_id=vote.id or 0, person_id=ctx.person.id, stance=stance, at=ctx.now)
    kept.stance, kept.at = stance, ctx.now
    keeping.seal_commit(ctx, kept, note)
    ctx.record(f"vote:{vote.id}:stance:{ctx.person.id}", before=said, after=stance)
    calls.vote_changed(ctx, vote.id or 0)
    record.seal_record(ctx, vote)
    return Message(text=texts.STANDS[stance])
