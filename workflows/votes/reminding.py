"""Reminding those who have not voted."""

from datetime import timedelta

from bot.context import Context
from bot.ui import Message
from workflows.votes import deciders, reading, tables, texts, waiting
from workflows.votes import workflow as it
from workflows.votes.rules import State
from workflows.votes.tables import Vote


def schedule(ctx: Context, vote: Vote) -> None:
    """Remind once, in the middle of the time that a version has."""
    at = ctx.now + (vote.closes_at - ctx.now) / 2
    key = f"vote:{vote.id}:remind:{vote.version}:{at:%Y%m%dT%H%M%S.%f}"
    ctx.schedule(remind, max(at, ctx.now + timedelta()), key=key, vote=vote.id or 0)


@it.timer("remind")
def remind(ctx: Context, vote: int) -> None:
    """Remind those who have not voted."""
    found = tables.vote(ctx.session, vote)
    if found is None or found.state is not State.OPEN:
        return
    asked = reading.read(ctx, found)
    voted = tables.voted(ctx.session, found)
    left = [id for id in deciders.electors(ctx, found) if id not in voted]
    message = Message(text=texts.heading(asked.code, asked.question))
    waiting.tell(ctx, found, left, message, what=f"reminder:{found.version}")
