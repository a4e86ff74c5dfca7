"""Clients that take their time, or send more than they may: cut off, and nobody else notices."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession

from tests.faults.bots import Bot, Bots
from tests.faults.conftest import Note
from tests.faults.traffic import cancel

pytestmark = [
    pytest.mark.slow,
    # No row is touched here.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

CLIENTS = 150
GONE_SECONDS = 30
HEALTHY_SECONDS = 0.25
HUGE_BODIES = 8
MEBIBYTE = 1024 * 1024
GROWTH = 64 * MEBIBYTE

HEAD = b"POST /slack/events HTTP/1.1\r\nHost: here\r\n"
BODY = HEAD + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
#: What a client says first; after that it says one byte a second.
OPENINGS = {
    "nothing at all": b"",
    "half a header": HEAD + b"X-Slow: ",
    "a body that never ends": BODY,
    "a body that nobody reads": BODY.replace(b"/slack/events", b"/healthz", 1),
    "headers after a good request": b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n" + HEAD,
}


async def test_slow_clients_are_cut_off_and_nobody_else_waits_for_them(
    bots: Bots, note: Note
) -> None:
    bot = await bots.start()
    openings = list(OPENINGS.values())

    async with looking_at_health(bot) as waits:
        began = time.monotonic()
        clients = (be_slow(bot, openings[number % len(openings)]) for number in range(CLIENTS))
        async with asyncio.timeout(GONE_SECONDS + 30):
            await asyncio.gather(*clients)
        gone = time.monotonic() - began

    note("seconds until all slow clients are gone", gone)
    note("seconds, p95 of health meanwhile", p95(waits))
    assert gone <= GONE_SECONDS
    assert p95(waits) <= HEALTHY_SECONDS


async def test_bodies_without_end_cost_no_memory(bots: Bots, note: Note) -> None:
    bot = await bots.start()
    before = memory(bot)

    async with looking_at_health(bot) as waits:
        statuses = await asyncio.gather(*(send_without_end(bot) for _ in range(HUGE_BODIES)))

    note("MiB more after bodies without end", (memory(bot) - before) / MEBIBYTE)
    assert set(statuses) <= {413, None}
    assert memory(bot) - before <= GROWTH
    assert p95(waits) <= HEALTHY_SECONDS


async def be_slow(bot: Bot, opening: bytes) -> None:
    """Connect, say something, then a byte a second, until the connection ends."""
    address = urlsplit(bot.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    trickle = asyncio.create_task(say_slowly(writer, opening))
    try:
        while await reader.read(1000):
            pass
    except ConnectionError:
        pass
    finally:
        await cancel(trickle)
        writer.transport.abort()


async def say_slowly(writer: asyncio.StreamWriter, opening: bytes) -> None:
    writer.write(opening)
    while opening:
        await asyncio.sleep(1)
        writer.write(b"x")


async def send_without_end(bot: Bot) -> int | None:
    """Send a body until the bot has had enough; return its answer, if one was read."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * MEBIBYTE

    headers = {"Content-Type": "application/json"}
    async with ClientSession() as session:
        try:
            url = f"{bot.url}/slack/events"
            async with session.post(url, data=chunks(), headers=headers) as answer:
                return answer.status
        except ConnectionError:
            return None


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
                await asyncio.sleep(0.1)

    looking = asyncio.create_task(look())
    yield waits
    await cancel(looking)


def p95(waits: list[float]) -> float:
    """Return what one wait in twenty exceeds: the test itself and its machine delay a few."""
    return sorted(waits)[len(waits) * 95 // 100]


def memory(bot: Bot) -> int:
    """Return how many bytes of memory the bot has had at most."""
    status = Path(f"/proc/{bot.pid}/status").read_text()
    [peak] = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) * 1024
