"""How a vote goes on by itself: one timer at a time, and telling people once it did."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.business_time import BusinessCalendar
from bot.context import Context
from bot.ui import Message
from bot.workflow import Route
from storage import people
from workflows.votes import hours, tables
from workflows.votes.tables import Vote


def go_on(ctx: Context, vote: Vote, timer: Route[...], at: datetime) -> None:
    """Let *timer* go on with a vote; whichever timer was to do so before does nothing any more."""
    key = f"vote:{vote.id}:{timer.id}:{vote.version}:{at:%Y%m%dT%H%M%S.%f}"
    ctx.wait(vote, timer, at, key=key, vote=vote.id)


def still_for(ctx: Context, id: int, look: str) -> Vote | None:
    """Return a vote, locked, when it still waits for the timer whose key is *look*."""
    found = tables.lock_vote(ctx.session, id)
    return found if found is not None and found.next_look == look else None


def until(ctx: Context, person_ids: Iterable[int], wait: timedelta) -> datetime:
    """Return when *wait* of everybody's working time has passed; of nobody's, of office hours."""
    ends = [hours.due(ctx, id, wait) for id in person_ids]
    return max(ends, default=BusinessCalendar("UTC").due(ctx.now, wait))


def tell(
    ctx: Context, vote: Vote, person_ids: Iterable[int], message: Message, *, what: str
) -> None:
    """Tell each of these people privately; the same *what* again edits what they were told."""
    for id in person_ids:
        someone = people.by_id(ctx.session, id, now=ctx.now)
        key = f"vote:{vote.id}:{what}:{id}"
        ctx.send(someone, message, key=key, about=f"vote:{vote.id}", sensitive=True)


def stamp(ctx: Context) -> str:
    """Return what sets this moment's messages apart from those of any other."""
    return f"{ctx.now:%Y%m%dT%H%M%S.%f}"
