"""Slack: signed commands beside a bare bolt app; a misspelt word, the start, and the memory."""

import asyncio
import itertools
import statistics
from functools import partial
from tempfile import TemporaryDirectory

from benchmarks.goals import ROUNDS, Goal, Load, measure
from benchmarks.load import Make
from benchmarks.postgres import fresh_database
from benchmarks.programs import TERMS, bare, parley
from benchmarks.slack import SETTINGS, command
from benchmarks.terms import names

TITLE = "Slack: Parley beside a bare bolt app"
MANY = 100_000

up = partial(command, "EDRM")
bolt = partial(bare, "benchmarks.bare", up)
ours = partial(parley, SETTINGS, up)


async def goals() -> list[Goal]:
    """Measure everything, which takes a few minutes."""
    return [*await throughput(), *await latency(), *await footprint()]


async def throughput() -> list[Goal]:
    """Measure lookups and durable commands against the bare app."""
    note = partial(command, "a line", name="/jot")
    with fresh_database() as postgresql:
        found = await measure(
            {
                "bare": Load(bolt, up),
                "lookup": Load(ours, known()),
                "lookup of 100,000": Load(partial(ours, terms=MANY), known()),
                "durable": Load(ours, note),
                "durable, PostgreSQL": Load(partial(ours, terms=0, database_url=postgresql), note),
            }
        )
    rate = {name: runs.per_second for name, runs in found.items()}
    return [
        Goal("a lookup, of the bare app", rate["lookup"] / rate["bare"], 1.0),
        Goal("a lookup, 100,000 of 1,000 terms", rate["lookup of 100,000"] / rate["lookup"], 0.9),
        Goal("a durable command on SQLite", rate["durable"] / rate["bare"], 0.30),
        Goal("a durable command on PostgreSQL", rate["durable, PostgreSQL"] / rate["bare"], 0.14),
    ]


async def latency() -> list[Goal]:
    """Measure what one user waits, and what a misspelt word costs among many."""
    found = await measure(
        {
            "bolt by default": Load(partial(bolt, "--default"), up, connections=1),
            "lookup": Load(ours, known(), connections=1),
            "misspelt": Load(partial(ours, terms=MANY), misspelt(), connections=1),
        }
    )
    ratio = found["lookup"].p50_ms / found["bolt by default"].p50_ms
    return [
        Goal("one user's p50, of bolt by default", ratio, 0.25, at_most=True),
        Goal("p50 of a misspelt word, 100,000", found["misspelt"].p50_ms, 15, "ms", at_most=True),
    ]


async def footprint() -> list[Goal]:
    """Measure the start and the memory of Parley at rest, on a database that it knows."""
    seconds, memory = [], []
    with TemporaryDirectory() as folder:
        program = partial(ours, terms=0, database_url=f"sqlite:///{folder}/bench.db")
        async with program():
            pass  # the first start of all migrates
        for _ in range(ROUNDS):
            async with program() as app:
                seconds.append(app.started_seconds)
                await asyncio.sleep(1)
                memory.append(app.resident_mib())
    return [
        Goal("start to first good reply", statistics.median(seconds), 1.5, "s", at_most=True),
        Goal("resident memory at rest", statistics.median(memory), 110, "MiB", at_most=True),
    ]


def known() -> Make:
    """Return lookups of all the terms that both glossaries have, one after the other."""
    words = itertools.cycle(names(TERMS))
    return lambda: command(next(words))


def misspelt() -> Make:
    """Return lookups of words with two letters exchanged, another one each time."""
    words = iter(names(MANY)[::37] * 100)

    def make() -> bytes:
        word = next(words)
        return command(word[:5] + word[6] + word[5] + word[7:])

    return make
