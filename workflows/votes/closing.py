"""Closing a vote at its time."""

from bot.context import Context
from workflows.votes.tables import Vote


def schedule(ctx: Context, vote: Vote) -> None:
    """Have a vote closed at its time."""
    vote.next_look = f"vote:{vote.id}:close:{vote.closes_at:%Y%m%dT%H%M%S.%f}"
