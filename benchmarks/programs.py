"""The programs that are measured, each as a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.load import hammer
from benchmarks.slack import SIGNING_SECRET, command

TERMS = 1_000


@dataclass(frozen=True)
class Served:
    """A program under load: its port, its process id, and how long its first answer took."""

    port: int
    pid: int
    started_seconds: float


@asynccontextmanager
async def bare(*arguments: str) -> AsyncIterator[Served]:
    """Run the bare bolt app."""
    port = _free_port()
    async with _running(["-m", "benchmarks.bare", str(port), *arguments], {}, lambda: port) as app:
        yield app


@asynccontextmanager
async def parley(terms: int = TERMS, database_url: str | None = None) -> AsyncIterator[Served]:
    """Run Parley with a fresh database of *terms* terms."""
    with tempfile.TemporaryDirectory() as folder:
        address = Path(folder, "address")
        settings = {
            "PARLEY_DATABASE_URL": database_url or f"sqlite:///{folder}/bench.db",
            "PARLEY_SECRET_KEY": "a key that is only good for measuring",
            "PARLEY_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "PARLEY_SLACK_BOT_TOKEN": "xoxb-bench",
            "PARLEY_SLACK_TEAM_ID": "T1",
            "PARLEY_SLACK_API_BASE": "http://127.0.0.1:9/api/",
            "PARLEY_PORT": "0",
            "PARLEY_METRICS_PORT": "0",
            "PARLEY_BENCH_TERMS": str(terms),
        }

        def port() -> int:
            return int(address.read_text().rpartition(":")[2])

        async with _running(["-m", "benchmarks.served", str(address)], settings, port) as app:
            yield app


@asynccontextmanager
async def _running(
    arguments: list[str], settings: Mapping[str, str], port: Callable[[], int]
) -> AsyncIterator[Served]:
    environment = {**os.environ, **settings}
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], env=environment) as process:  # noqa: ASYNC220, S603  # our own code
        try:
            await _first_answer(port)
            yield Served(port(), process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()


async def _first_answer(port: Callable[[], int]) -> None:
    for _ in range(1200):
        try:
            await hammer(port(), partial(command, "EDRM"), connections=1, seconds=0.01)
        except (OSError, ValueError):
            await asyncio.sleep(0.02)
        else:
            return
    raise RuntimeError("The program did not answer within a minute.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident_mib(pid: int) -> float:
    """Return the resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
