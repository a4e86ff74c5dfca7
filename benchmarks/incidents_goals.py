"""Reports and incidents: a report beside a bare bolt command, and a list among few and many."""

import time
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from benchmarks.goals import Goal, Load, measure
from benchmarks.incidents import add_incidents
from benchmarks.many import cost_among
from benchmarks.programs import bare, parley
from benchmarks.slack import SETTINGS, command
from bot.context import unasked
from bot.ui import Message
from storage import people
from storage.database import Database
from storage.secrets import Sealer
from workflows.incidents.handlers import listing

TITLE = "Reports and incidents: a report beside a bare bolt command, and a list among many"
FEW, MANY = 10, 100_000
ROUNDS, WARM = 400, 40
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SEALER = Sealer("a key that is only good for measuring")
SEEN = "that Somebody on the phone says he is from IT and wants my code."


async def goals() -> list[Goal]:
    """Measure on SQLite, which takes half a minute."""
    return [await filing(), await listing_many()]


async def filing() -> Goal:
    """Measure filing a report, each time another one, beside a bare command."""
    probe = partial(command, "EDRM")
    report = partial(command, SEEN, name="/report")
    ours = partial(parley, SETTINGS, probe, terms=1, reporter=True)
    found = await measure(
        {
            "bare": Load(partial(bare, "benchmarks.bare", probe), probe),
            "report": Load(ours, report),
        }
    )
    ratio = found["report"].per_second / found["bare"].per_second
    return Goal("a report filed, durable, of a bare command", ratio, 0.25)


async def listing_many() -> Goal:
    """Measure what the first page of open incidents costs more where many are open."""
    ratio = await cost_among(
        MANY,
        few=FEW,
        fill=lambda session, count: add_incidents(session, count, NOW),
        once=_list_once,
        rounds=ROUNDS,
        warm=WARM,
    )
    return Goal("open incidents among 100,000, of 10", ratio, 1.3, at_most=True)


async def _list_once(database: Database, _count: int, _number: int) -> float:
    began = time.perf_counter()
    await database.read(_list)
    return time.perf_counter() - began


def _list(session: Session) -> None:
    ctx = unasked(session, SEALER, NOW, person=people.by_id(session, 1, now=NOW))
    answer = listing.open_ones.handler(ctx, "")
    if not isinstance(answer, Message) or "SI-" not in str(answer.blocks):
        raise RuntimeError("The list shows no incident, so its time means nothing.")
