"""Clients that take their time: cut off, and nobody else notices."""

import asyncio
import time
from urllib.parse import urlsplit

import pytest

from tests.faults.bots import Bot, Bots
from tests.faults.conftest import Note
from tests.faults.looking import looking_at_health, p95
from tests.faults.traffic import PATIENCE_SECONDS, cancel

pytestmark = [
    pytest.mark.slow,
    # No row is touched here.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

CLIENTS = 150
GONE_SECONDS = 30
HEALTHY_SECONDS = 0.25

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
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*clients)
        gone = time.monotonic() - began

    note("seconds until all slow clients are gone", gone, at_most=GONE_SECONDS)
    note("seconds, p95 of health meanwhile", p95(waits), at_most=HEALTHY_SECONDS)


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
