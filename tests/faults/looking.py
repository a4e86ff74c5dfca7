"""Looking at a bot from outside while something else goes on: how quick it is, how large."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from aiohttp import ClientSession

from tests.faults.bots import Bot
from tests.faults.traffic import cancel

MEBIBYTE = 1024 * 1024


@asynccontextmanager
async def looking_at_health(bot: Bot) -> AsyncIterator[list[float]]:
    """Ask for the bot's health all the while; lends how many seconds each answer took."""
    waits: list[float] = []

    async def look() -> None:
        async with ClientSession() as session:
            while True:
                began = time.monotonic()
                async with session.get(f"{bot.url}/healthz") as answer:
                    assert answer.ok
                waits.append(time.monotonic() - began)
                await asyncio.sleep(0.02)

    looking = asyncio.create_task(look())
    try:
        yield waits
    finally:
        await cancel(looking)


async def seconds_queued(pid: int) -> float:
    """Watch a process until it ends; return how long it only waited for a processor to be free."""
    seconds = 0.0
    with suppress(OSError):  # it is gone, or this kernel does not count
        while True:
            seconds = _seconds_queued_so_far(pid)
            await asyncio.sleep(0.02)
    return seconds


def _seconds_queued_so_far(pid: int) -> float:
    _ran, queued, _turns = Path(f"/proc/{pid}/schedstat").read_text().split()
    return int(queued) / 1e9


def p95(waits: list[float]) -> float:
    """Return what one wait in twenty exceeds: the test itself and its machine delay a few."""
    return sorted(waits)[len(waits) * 95 // 100]


def memory(bot: Bot) -> int:
    """Return how many bytes of memory the bot has had at most."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    [peak] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) * 1024
