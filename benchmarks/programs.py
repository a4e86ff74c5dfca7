"""The programs that are measured, each as a process of its own."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from benchmarks.load import Make, ask, hammer
from benchmarks.teams import SIGNED, Tenant

TERMS = 1_000
#: Where Parley writes how many milliseconds its loop lagged, a line a second, beside its address.
LAGS = "lags"

T = TypeVar("T")


@dataclass(frozen=True)
class Served:
    """A program under load: its port, its process id, and how long its first answer took."""

    port: int
    pid: int
    started_seconds: float
    lags: Path | None = None

    def lags_ms(self) -> list[float]:
        """Return how far Parley's loop lagged in each second so far."""
        return list(map(float, self.lags.read_text().split())) if self.lags else []

    def cpu_seconds(self) -> float:
        """Return how long the processor has worked for it so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        """Return how much memory it holds."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


Program = Callable[[], AbstractAsyncContextManager[Served]]


@asynccontextmanager
async def bare(module: str, probe: Make, *arguments: str) -> AsyncIterator[Served]:
    """Run the baseline in *module*; it runs once it answers what *probe* makes."""
    port = _free_port()
    async with _running([module, str(port), *arguments], {}, lambda: port, probe) as app:
        yield app


@asynccontextmanager
async def parley(
    platform: Mapping[str, str],
    probe: Make,
    *,
    terms: int = TERMS,
    people: int = 0,
    cards: int = 0,
    ballots: int = 0,
    reporter: bool = False,
    database_url: str | None = None,
) -> AsyncIterator[Served]:
    """Run Parley for one platform with a fresh database of *terms* terms, *people* and *cards*.

    With *ballots* there is a vote that has as many, with a *reporter* somebody who may report.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "PARLEY_DATABASE_URL": database_url or f"sqlite:///{folder}/bench.db",
            "PARLEY_SECRET_KEY": "a key that is only good for measuring",
            "PARLEY_PORT": "0",
            "PARLEY_METRICS_PORT": "0",
            "PARLEY_BENCH_TERMS": str(terms),
            "PARLEY_BENCH_PEOPLE": str(people),
            "PARLEY_BENCH_CARDS": str(cards),
            "PARLEY_BENCH_BALLOTS": str(ballots),
            "PARLEY_BENCH_REPORTER": str(int(reporter)),
            **platform,
        }
        address = Path(folder, "address")
        program = ["benchmarks.served", str(address)]
        async with _running(program, settings, lambda: _port(address), probe) as app:
            yield replace(app, lags=address.with_name(LAGS))


@asynccontextmanager
async def tenant() -> AsyncIterator[Tenant]:
    """Run what a bot of Teams talks to, and lend the company that uses it."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder, "address")
        with _process(["benchmarks.connector", str(address)], {}):

            async def token() -> str:
                return str(json.loads(await ask(_port(address), SIGNED)))

            signed = await _until(token)
            yield Tenant(_port(address), signed)


@contextmanager
def _process(program: list[str], settings: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, **settings}
    with subprocess.Popen([sys.executable, "-m", *program], env=environment) as process:  # noqa: S603  # our own code
        try:
            yield process
        finally:
            process.terminate()


@asynccontextmanager
async def _running(
    program: list[str], settings: Mapping[str, str], port: Callable[[], int], probe: Make
) -> AsyncIterator[Served]:
    begun = time.perf_counter()
    with _process(program, settings) as process:

        async def answering() -> int:
            await hammer(port(), probe, connections=1, seconds=0.01)
            return port()

        yield Served(await _until(answering), process.pid, time.perf_counter() - begun)


async def _until(up: Callable[[], Awaitable[T]]) -> T:
    for _ in range(1200):
        try:
            return await up()
        except (OSError, ValueError):
            await asyncio.sleep(0.02)
    raise RuntimeError("The program did not answer within a minute.")


def _port(address: Path) -> int:
    return int(address.read_text().rpartition(":")[2])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
