"""`make bench`: every figure is a ratio to a bare bolt app, measured in the same run."""

import asyncio
import itertools
import statistics
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.load import Result, hammer
from benchmarks.postgres import fresh_database
from benchmarks.programs import TERMS, Served, bare, parley, resident_mib
from benchmarks.slack import command
from benchmarks.terms import names

ROUNDS = 3
SECONDS = 3.0
BUSY = 16
MANY = 100_000

Program = Callable[[], AbstractAsyncContextManager[Served]]
Make = Callable[[], bytes]


@dataclass(frozen=True)
class Goal:
    """One line of the report: a figure and the bound that it must keep."""

    what: str
    figure: float
    bound: float
    unit: str = ""
    at_most: bool = False

    @property
    def kept(self) -> bool:
        """Say whether the figure is within its bound."""
        return self.figure <= self.bound if self.at_most else self.figure >= self.bound


async def measure(programs: dict[str, tuple[Program, Make, int]]) -> dict[str, list[Result]]:
    """Load each program in turn, `ROUNDS` times, so that a slow minute hits all of them."""
    results: dict[str, list[Result]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, (program, make, connections) in programs.items():
            async with program() as app:
                await hammer(app.port, make, connections=connections, seconds=0.5)
                results[name].append(
                    await hammer(app.port, make, connections=connections, seconds=SECONDS)
                )
    return results


def per_second(results: list[Result]) -> float:
    """Return the median throughput."""
    return statistics.median(result.per_second for result in results)


def p50(results: list[Result]) -> float:
    """Return the median of the middle latencies, in milliseconds."""
    return statistics.median(result.p50_ms for result in results)


async def throughput_goals() -> list[Goal]:
    """Measure lookups and durable commands against the bare app."""
    lookup, note = partial(command, "EDRM"), partial(command, "a line", name="/note")
    with fresh_database() as postgresql:
        found = await measure(
            {
                "bare": (bare, lookup, BUSY),
                "lookup": (parley, known(), BUSY),
                "lookup of 100,000": (partial(parley, MANY), known(), BUSY),
                "durable": (parley, note, BUSY),
                "durable, PostgreSQL": (partial(parley, 0, postgresql), note, BUSY),
            }
        )
    rate = {name: per_second(results) for name, results in found.items()}
    return [
        Goal("a lookup, of the bare app", rate["lookup"] / rate["bare"], 1.0),
        Goal("a lookup, 100,000 of 1,000 terms", rate["lookup of 100,000"] / rate["lookup"], 0.9),
        Goal("a durable command on SQLite", rate["durable"] / rate["bare"], 0.30),
        Goal("a durable command on PostgreSQL", rate["durable, PostgreSQL"] / rate["bare"], 0.14),
    ]


async def latency_goals() -> list[Goal]:
    """Measure what one user waits, and what a misspelt word costs among many."""
    found = await measure(
        {
            "bolt by default": (partial(bare, "--default"), partial(command, "EDRM"), 1),
            "lookup": (parley, known(), 1),
            "misspelt": (partial(parley, MANY), misspelt(), 1),
        }
    )
    ratio = p50(found["lookup"]) / p50(found["bolt by default"])
    return [
        Goal("one user's p50, of bolt by default", ratio, 0.25, at_most=True),
        Goal("p50 of a misspelt word, 100,000", p50(found["misspelt"]), 15, "ms", at_most=True),
    ]


async def footprint_goals() -> list[Goal]:
    """Measure the start and the memory of Parley at rest, on a database that it knows."""
    seconds, memory = [], []
    with TemporaryDirectory() as folder:
        program = partial(parley, 0, f"sqlite:///{folder}/bench.db")
        async with program():
            pass  # the first start of all migrates
        for _ in range(ROUNDS):
            async with program() as app:
                seconds.append(app.started_seconds)
                await asyncio.sleep(1)
                memory.append(resident_mib(app.pid))
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


def report(goals: list[Goal]) -> None:
    """Print every figure beside its bound."""
    table = Table("figure", "measured", "goal", "", title="Parley beside a bare bolt app")
    for goal in goals:
        sign = "≤" if goal.at_most else "≥"
        verdict = "kept" if goal.kept else "MISSED"
        table.add_row(goal.what, f"{goal.figure:.2f} {goal.unit}", f"{sign} {goal.bound}", verdict)
    Console().print(table)


async def main() -> None:
    """Measure everything, which takes a few minutes."""
    report([*await throughput_goals(), *await latency_goals(), *await footprint_goals()])


if __name__ == "__main__":
    asyncio.run(main())
