"""Votes: a ballot beside a bare bolt form, and among many."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from benchmarks.goals import Goal, Load, measure
from benchmarks.many import cost_among
from benchmarks.programs import bare, parley
from benchmarks.slack import SETTINGS, command, submission
from benchmarks.votes import add_vote
from bot.context import unasked
from bot.ui import Message
from storage import people
from storage.database import Database
from storage.secrets import Sealer
from workflows.votes.handlers import casting

TITLE = "Votes: a ballot beside a bare bolt form, and among many others"
FEW, MANY = 10, 10_000
ROUNDS, WARM = 600, 50
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SEALER = Sealer("a key that is only good for measuring")
STATE = {"vote": 1, "version": 1, "choice": "in_favour"}


@dataclass
class Undone(Exception):
    """A ballot was cast so fast, and is taken back: the next one is among as many."""

    seconds: float


async def goals() -> list[Goal]:
    """Measure on SQLite, which takes half a minute."""
    return [await casting_one(), await casting_among_many()]


async def casting_one() -> Goal:
    """Measure sending the form in which somebody votes, each time a ballot, beside a bare form."""
    probe = partial(command, "EDRM")
    ballot = partial(submission, "votes.answer", STATE, {})
    ours = partial(parley, SETTINGS, probe, terms=1, ballots=FEW)
    found = await measure(
        {
            "bare": Load(partial(bare, "benchmarks.bare", probe), ballot),
            "ballot": Load(ours, ballot),
        }
    )
    ratio = found["ballot"].per_second / found["bare"].per_second
    return Goal("a ballot sent, durable, of a bare form", ratio, 0.25)


async def casting_among_many() -> Goal:
    """Measure what a ballot costs more in a vote that has many."""
    ratio = await cost_among(
        MANY,
        few=FEW,
        fill=lambda session, count: add_vote(session, count, NOW),
        once=_cast_once,
        rounds=ROUNDS,
        warm=WARM,
    )
    return Goal("a ballot among 10,000, of 10", ratio, 1.3, at_most=True)


async def _cast_once(database: Database, _count: int, _number: int) -> float:
    try:
        await database.write(_cast)
    except Undone as undone:
        return undone.seconds
    raise RuntimeError("The ballot was kept, so the next one would be among more.")


def _cast(session: Session) -> None:
    ctx = unasked(session, SEALER, NOW, person=people.by_id(session, 1, now=NOW))
    began = time.perf_counter()
    answer = casting.answer.answer(ctx, {}, STATE)
    seconds = time.perf_counter() - began
    if not isinstance(answer, Message) or "You voted" not in answer.text:
        raise RuntimeError("The ballot was not counted, so its time means nothing.")
    raise Undone(seconds)
