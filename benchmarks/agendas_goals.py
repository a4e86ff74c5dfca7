"""Agendas: what very many series cost when nothing is due, and when a thousand are at once."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.simulator.channels import Channel
from adapters.simulator.faults import FaultKind
from adapters.simulator.rates import Rates
from adapters.simulator.sample import BOT, SAMPLE
from adapters.simulator.simulator import Settings as Behaviour
from adapters.simulator.simulator import SlackSimulator
from benchmarks.agendas import add_series, channel
from benchmarks.goals import Goal
from benchmarks.programs import Served, parley
from benchmarks.slack import SETTINGS
from bot.clock import Clock
from bot.scheduler import Scheduler
from bot.worker import Worker
from storage import migrations
from storage.database import Database

TITLE = "Agendas: very many series, and a thousand that are due in the same minute"
MANY, AT_ONCE = 100_000, 1_000
STARTS, TICKS, WARM = 3, 300, 20
NEXT_WEEK, SOON = timedelta(weeks=1), timedelta(seconds=15)
API_SECONDS = 0.05
#: What asks whether it serves; it works for any workspace.
_PROBE = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
#: How long a thousand posts are waited for before the measurement is given up.
PATIENCE_SECONDS = 300.0


async def goals() -> list[Goal]:
    """Measure on SQLite, which takes two minutes."""
    with TemporaryDirectory() as folder:
        none, many = Path(folder, "none.db"), Path(folder, "many.db")
        await _fill(none, 0, datetime.now(UTC) + NEXT_WEEK)
        await _fill(many, MANY, datetime.now(UTC) + NEXT_WEEK)
        return [*await starting(none, many), await ticking(many), await posting(Path(folder))]


async def starting(none: Path, many: Path) -> list[Goal]:
    """Measure how much longer a start takes with very many series, and how much more it holds."""
    seconds: dict[Path, list[float]] = {none: [], many: []}
    mib: dict[Path, list[float]] = {none: [], many: []}
    for _ in range(STARTS):
        for path in (none, many):
            async with _running(path) as app:
                seconds[path].append(app.started_seconds)
                mib[path].append(app.resident_mib())
    slower = statistics.median(seconds[many]) - statistics.median(seconds[none])
    larger = statistics.median(mib[many]) - statistics.median(mib[none])
    return [
        Goal("start with 100,000 series, beyond none", slower, 0.5, "s", at_most=True),
        Goal("memory with 100,000 series, beyond none", larger, 20, "MiB", at_most=True),
    ]


async def ticking(many: Path) -> Goal:
    """Measure what the clock and the worker do each second while nothing is due."""
    database = Database(f"sqlite:///{many}")
    await database.open()
    clock = Clock()
    scheduler, worker = Scheduler(database), Worker(database, clock, {}, on_dead=_nobody_dies)
    taken: list[float] = []
    for _ in range(WARM + TICKS):
        began = time.perf_counter()
        await scheduler.sweep(clock.now())
        await worker.idle()
        taken.append(1000 * (time.perf_counter() - began))
    await database.close()
    return Goal("a tick with nothing due", statistics.median(taken[WARM:]), 2, "ms", at_most=True)


async def posting(folder: Path) -> Goal:
    """Measure how long a thousand agendas that are due at once take until all are posted."""
    behaviour = Behaviour(rates=Rates.unlimited())
    numbers = range(1, AT_ONCE + 1)
    rooms = tuple(Channel(channel(n), f"meeting-{n}", members={BOT.id}) for n in numbers)
    async with SlackSimulator(replace(SAMPLE, channels=rooms), behaviour) as slack:
        slack.faults.add("*", FaultKind.SLOW, times=10**9, seconds=API_SECONDS)
        due, path = datetime.now(UTC) + SOON, folder / "due.db"
        await _fill(path, AT_ONCE, due, tenant=slack.team_id)
        async with _running(path, slack):
            await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
            until = time.monotonic() + PATIENCE_SECONDS
            while _posted_in(slack) < AT_ONCE:
                if time.monotonic() > until:
                    raise RuntimeError(f"Of {AT_ONCE} agendas {_posted_in(slack)} were posted.")
                await asyncio.sleep(0.1)
            seconds = (datetime.now(UTC) - due).total_seconds()
    return Goal("1,000 agendas due at once, until posted", seconds, 60, "s", at_most=True)


@asynccontextmanager
async def _running(path: Path, slack: SlackSimulator | None = None) -> AsyncIterator[Served]:
    """Run Parley on a database, for a workspace that is there or for one that never answers."""
    settings = SETTINGS
    if slack is not None:
        settings = {
            "PARLEY_SLACK_SIGNING_SECRET": slack.signing_secret,
            "PARLEY_SLACK_BOT_TOKEN": slack.bot_token,
            "PARLEY_SLACK_TEAM_ID": slack.team_id,
            "PARLEY_SLACK_API_BASE": slack.api_base,
        }
    async with parley(settings, _probe, terms=0, database_url=f"sqlite:///{path}") as app:
        yield app


async def _fill(path: Path, count: int, publish_at: datetime, *, tenant: str = "T1") -> None:
    url = f"sqlite:///{path}"
    migrations.upgrade(url)
    database = Database(url)
    await database.open()
    if count:
        await database.write(lambda session: add_series(session, count, publish_at, tenant=tenant))
    await database.close()


def _probe() -> bytes:
    return _PROBE


def _posted_in(slack: SlackSimulator) -> int:
    """Return in how many channels something was posted."""
    return sum(bool(room.messages) for room in slack.workspace.channels.values())


def _nobody_dies(*_: object) -> None:
    raise RuntimeError("A job was given up, so the time means nothing.")
