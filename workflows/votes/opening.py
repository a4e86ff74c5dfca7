"""Inviting those who may vote."""

from bot.context import Context
from bot.ui import Message
from workflows.votes import deciders, reading, texts, waiting
from workflows.votes.tables import Vote


def invite(ctx: Context, vote: Vote) -> None:
    """Ask everybody who may vote for a ballot in the present version."""
    asked = reading.read(ctx, vote)
    message = Message(text=texts.heading(asked.code, asked.question))
    what = f"invitation:{vote.version}"
    waiting.tell(ctx, vote, deciders.electors(ctx, vote), message, what=what)
