"""Casting a ballot: the buttons by which people vote."""

from collections.abc import Sequence

from bot.context import Context
from bot.ui import Button
from workflows.votes.rules import Option
from workflows.votes.tables import Urn, Vote


def buttons(vote: Vote, options: Sequence[Option]) -> list[Button]:
    """Return the buttons by which people vote in the present version."""
    return []


def empty_urn(ctx: Context, vote: Vote) -> None:
    """Make ready what the ballots of a secret vote are put into."""
    ctx.session.add(Urn(vote_id=vote.id or 0, version=vote.version))
