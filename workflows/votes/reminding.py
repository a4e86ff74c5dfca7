"""Reminding those who have not voted."""

from bot.context import Context
from workflows.votes.tables import Vote


def schedule(ctx: Context, vote: Vote) -> None:
    """Have those reminded who will not have voted by then."""
