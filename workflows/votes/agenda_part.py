"""The open escalations on a meeting's agenda: which they are and how long they wait, no count."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Context
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach
from workflows.votes import access, reading, tables
from workflows.votes import agenda_texts as texts
from workflows.votes.rules import OVER, State
from workflows.votes.tables import Vote

_HOUR = timedelta(hours=1)


@agendas.section(Part.ESCALATIONS)
def escalations(ctx: Context, asked: Asked) -> list[Item]:
    """Return the votes that nobody has decided, what nobody decided at all first."""
    found = tables.votes_in(ctx.session, [state for state in State if state not in OVER])
    if asked.reach is not Reach.KNOWN:
        line = texts.how_many(len(found))
        return [Item(key="votes", line=line)] if found else []
    known = [vote for vote in found if asked.all_may(access.who_knows(ctx, vote))]
    known.sort(key=lambda vote: (vote.state is not State.ON_HOLD, vote.closes_at))
    return [_item(ctx, vote) for vote in known] + _others(ctx, asked, found, known)


def _others(ctx: Context, asked: Asked, found: list[Vote], known: list[Vote]) -> list[Item]:
    """Return how many more there are; of what concerns one who reads there, not even that."""
    others = [
        vote
        for vote in found
        if vote not in known
        and not any(access.is_barred(ctx, vote, reader.id) for reader in asked.readers)
    ]
    return [Item(key="votes", line=texts.how_many_more(len(others)))] if others else []


def _item(ctx: Context, vote: Vote) -> Item:
    left = (vote.closes_at - ctx.now) // _HOUR if vote.state is State.OPEN else None
    line = texts.line(vote.code, reading.subject(ctx, vote), vote.state, left)
    return Item(key=f"vote:{vote.id}", line=line, owner_id=vote.decider_id)
