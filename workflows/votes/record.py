"""The record of a vote in the audit."""

from bot.context import Context
from workflows.votes import tables
from workflows.votes.tables import Vote


def seal_record(ctx: Context, vote: Vote) -> None:
    """Write a digest of what a vote came to into the audit."""
    decision = tables.decision(ctx.session, vote.id or 0)
    stances = [(one.person_id, one.stance) for one in tables.commits(ctx.session, vote.id or 0)]
    came_to = (vote.state, decision.decided if decision else "", stances)
    ctx.record(f"vote:{vote.id}:record", after=came_to)
