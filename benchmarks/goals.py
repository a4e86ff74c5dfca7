"""What is measured: programs under load, one after the other, and figures within bounds."""

import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.load import Make, Result, at_once, hammer
from benchmarks.programs import Program

ROUNDS = 3
SECONDS = 3.0
BUSY = 16  #: connections


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


@dataclass(frozen=True)
class Load:
    """A program, and the requests that it gets; *settled* waits for what it does after them."""

    program: Program
    make: Make
    connections: int = BUSY
    settled: Callable[[], Awaitable[None]] = at_once


@dataclass(frozen=True)
class Run:
    """One load on one program: what it came to, and the processor's time for one request."""

    result: Result
    cpu_ms: float


class Runs(list[Run]):
    """All runs of one load."""

    @property
    def per_second(self) -> float:
        """Return the median throughput."""
        return statistics.median(run.result.per_second for run in self)

    @property
    def p50_ms(self) -> float:
        """Return the median of the middle latencies."""
        return statistics.median(run.result.p50_ms for run in self)

    @property
    def cpu_ms(self) -> float:
        """Return the median of the processor's time for one request."""
        return statistics.median(run.cpu_ms for run in self)


async def measure(loads: dict[str, Load]) -> dict[str, Runs]:
    """Load each program in turn, `ROUNDS` times, so that a slow minute hits all of them."""
    runs = {name: Runs() for name in loads}
    for _ in range(ROUNDS):
        for name, load in loads.items():
            runs[name].append(await _run(load))
    return runs


async def _run(load: Load) -> Run:
    async with load.program() as app:
        await _hammer(app.port, load, 0.5)
        before = app.cpu_seconds()
        result = await _hammer(app.port, load, SECONDS)
        return Run(result, 1000 * (app.cpu_seconds() - before) / result.requests)


async def _hammer(port: int, load: Load, seconds: float) -> Result:
    return await hammer(
        port, load.make, connections=load.connections, seconds=seconds, settled=load.settled
    )


def report(title: str, goals: list[Goal]) -> None:
    """Print every figure beside its bound."""
    table = Table("figure", "measured", "goal", "", title=title)
    for goal in goals:
        sign = "≤" if goal.at_most else "≥"
        verdict = "kept" if goal.kept else "MISSED"
        table.add_row(goal.what, f"{goal.figure:.2f} {goal.unit}", f"{sign} {goal.bound}", verdict)
    Console().print(table)
