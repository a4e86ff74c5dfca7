"""Feedback: what one panel's summary costs among few scorecards and among many."""

import statistics
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from benchmarks.goals import Goal
from benchmarks.scorecards import PANEL, add_scorecards, seal_words
from bot.context import Context
from bot.inbound import NOWHERE, UserRef
from bot.ui import Message
from storage import migrations, people
from storage.database import Database
from storage.secrets import Sealer
from workflows.feedback.handlers import summarising

TITLE = "Feedback: a panel's summary among all others"
FEW, MANY = 1_000, 1_000_000
#: Candidates whose summaries are read in turn, and how often each.
READ, ROUNDS = 40, 8
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SEALER = Sealer("a key that is only good for measuring")


async def goals() -> list[Goal]:
    """Measure on SQLite, which takes less than a minute."""
    with TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            few, many = [
                await _filled(stack, Path(folder, f"{count}.db"), count) for count in (FEW, MANY)
            ]
            ratio = await _ratio(few, many)
    return [Goal("a summary among 1,000,000, of 1,000", ratio, 1.2, at_most=True)]


async def _filled(stack: AsyncExitStack, path: Path, count: int) -> tuple[Database, list[int]]:
    """Return a database with *count* scorecards, and some candidates spread over it."""
    url = f"sqlite:///{path}"
    migrations.upgrade(url)
    database = Database(url)
    await database.open()
    stack.push_async_callback(database.close)
    candidates = list(range(1, count // PANEL + 1, count // PANEL // READ))[:READ]
    await database.write(lambda session: add_scorecards(session, count, NOW))
    await database.write(lambda session: _seal(session, candidates))
    return database, candidates


def _seal(session: Session, candidates: Sequence[int]) -> None:
    for candidate in candidates:
        seal_words(session, SEALER, candidate)


async def _ratio(few: tuple[Database, list[int]], many: tuple[Database, list[int]]) -> float:
    """Return by how much longer a summary takes among many; both are read by turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(READ * (ROUNDS + 1)):
        for (database, candidates), taken in zip((few, many), seconds, strict=True):
            candidate = candidates[number % READ]
            began = time.perf_counter()
            await database.read(partial(_read, candidate=candidate))
            if number >= READ:  # the first round warms both up
                taken.append(time.perf_counter() - began)
    return statistics.median(seconds[1]) / statistics.median(seconds[0])


def _read(session: Session, candidate: int) -> None:
    reader = people.by_id(session, 1, now=NOW)
    ctx = Context(
        opened=session,
        person=reader,
        place=NOWHERE,
        now=NOW,
        user=UserRef("slack", "T1", "U1"),
        request_id="measured",
        sealer=SEALER,
    )
    answer = summarising.summary.handler(ctx, f"C-{candidate}")
    if not isinstance(answer, Message) or "3.000" not in answer.text:
        raise RuntimeError("The summary does not say what was stored, so its time means nothing.")
