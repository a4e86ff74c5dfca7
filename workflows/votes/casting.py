"""Casting a ballot."""

from collections.abc import Sequence

from bot.ui import Button
from workflows.votes.rules import Option
from workflows.votes.tables import Vote


def buttons(vote: Vote, options: Sequence[Option]) -> list[Button]:
    """Return what somebody presses to vote."""
    return []
