"""Ballots, as far as the close needs them."""

from bot.context import Context
from workflows.votes import tables
from workflows.votes.counting import Counts, counted
from workflows.votes.tables import Urn, Vote


def counts(ctx: Context, vote: Vote) -> Counts:
    """Return the ballots of the present version by department, without recused people's."""
    chosen = tables.electors_of(ctx.session, vote.id or 0)
    departments = {one.person_id: one.department for one in chosen if not one.is_recused}
    return counted(
        (departments[ballot.person_id], ballot.choice)
        for ballot in tables.last_ballots(ctx.session, vote.id or 0, vote.version)
        if ballot.person_id in departments
    )


def empty_urn(ctx: Context, vote: Vote) -> None:
    """Give the present version of a secret vote an urn."""
    ctx.session.add(Urn(vote_id=vote.id or 0, version=vote.version))
