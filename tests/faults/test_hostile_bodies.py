"""Bodies made to cost much, most of them signed: refused, cheaply, and nobody else notices."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

import pytest
from aiohttp import ClientError, ClientSession

from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import FORM, JSON
from adapters.slack.wire import MOST_ESCAPES
from bot.wire import MOST_PARTS
from tests.faults.bots import Bot, Bots
from tests.faults.conftest import Note
from tests.faults.looking import MEBIBYTE, looking_at_health, memory

pytestmark = [
    pytest.mark.slow,
    # No row is touched here.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

AT_ONCE = 8
TRIES = 8
GROWTH = 64 * MEBIBYTE
HEALTHY_SECONDS = 0.25
ENDLESS_MEBIBYTES = 64


@dataclass(frozen=True, slots=True)
class Hostile:
    """One body, signed as it is sent, and what is answered; 200 means that it says nothing."""

    status: int
    body: bytes
    content_type: str = JSON
    encoded: dict[str, str] = field(default_factory=dict)


def filled(start: str, piece: str, end: str = "") -> bytes:
    """Return a body of almost a mebibyte, the most that is read."""
    room = MEBIBYTE - len(start) - len(end)
    return f"{start}{piece * (room // len(piece))}{end}".encode()


def compressed(wbits: int) -> bytes:
    """Return 256 MiB in a quarter of one."""
    packer = zlib.compressobj(wbits=wbits)
    return b"".join(map(packer.compress, repeat(bytes(MEBIBYTE), 256))) + packer.flush()


HOSTILE = {
    "a byte too many": Hostile(413, bytes(MEBIBYTE + 1)),
    "gzip": Hostile(415, compressed(31), encoded={"Content-Encoding": "gzip"}),
    "deflate": Hostile(415, compressed(15), encoded={"Content-Encoding": "deflate"}),
    "lists in lists": Hostile(400, filled('{"a":', "[")),
    "objects in objects": Hostile(400, filled('{"a":', '{"a":')),
    "closed lists in lists": Hostile(400, b'{"a":' + b"[" * 500_000 + b"]" * 500_000 + b"}"),
    "many small lists": Hostile(400, filled('{"a":[', "[],", "0]}")),
    "many small objects": Hostile(400, filled('{"a":[', '{"":{}},', "0]}")),
    "many numbers": Hostile(400, filled('{"a":[', "0,", "0]}")),
    "as many lists as are read": Hostile(200, b'{"a":[' + b"[]," * (MOST_PARTS // 2 - 1) + b"0]}"),
    "as many escapes as are read": Hostile(400, b"payload=" + b"%5B" * MOST_ESCAPES, FORM),
    "escapes": Hostile(200, filled('{"a":"', "\\u00e9", '"}')),
    "a long number": Hostile(400, filled('{"a":', "9", "}")),
    "a long fraction": Hostile(200, filled('{"a":0.', "9", "}")),
    "many fields": Hostile(400, filled("", "a=1&"), FORM),
    "a form of escapes": Hostile(400, filled("payload=", "%5B"), FORM),
    "a long command": Hostile(400, filled("command=/parley&text=", "x"), FORM),
}


async def test_hostile_bodies_cost_little_memory_and_nobody_else_waits_for_them(
    slack: SlackSimulator, bots: Bots, note: Note
) -> None:
    bot = await bots.start()
    before = memory(bot)

    statuses, stalls = {}, {}
    for kind, hostile in HOSTILE.items():
        send_one = partial(send, slack, bot, hostile)
        statuses[kind], stalls[kind] = await impose(bot, send_one)
    _, stalls["without end"] = await impose(bot, partial(send_without_end, bot))

    note("seconds that health waited at most", max(stalls.values()))
    note("MiB more after hostile bodies", (memory(bot) - before) / MEBIBYTE)
    assert statuses == {kind: {hostile.status} for kind, hostile in HOSTILE.items()}
    assert {kind: wait for kind, wait in stalls.items() if wait > HEALTHY_SECONDS} == {}
    assert memory(bot) - before <= GROWTH


async def impose(
    bot: Bot, send_one: Callable[[], Awaitable[int | None]]
) -> tuple[set[int | None], float]:
    """Send several at once; return the answers, and how long health waited at most.

    What the body costs it costs every time, unlike what a busy machine does: the best try counts.
    """
    longest = []
    for _ in range(TRIES):
        async with looking_at_health(bot) as waits:
            statuses = await asyncio.gather(*(send_one() for _ in range(AT_ONCE)))
            await asyncio.sleep(0.2)  # a body may cost something after its answer
        longest.append(max(waits))
        if longest[-1] <= HEALTHY_SECONDS:
            break
    # None: the bot did not want to hear the rest.
    return set(statuses) - {None}, min(longest)


async def send(slack: SlackSimulator, bot: Bot, hostile: Hostile) -> int | None:
    """Send a signed body; return the status of the answer, if one was read."""
    headers = dict(slack.wire.headers(hostile.body, hostile.content_type)) | hostile.encoded
    return await post(bot, io.BytesIO(hostile.body), headers)


async def send_without_end(bot: Bot) -> int | None:
    """Send a body until the bot has had enough; return its answer, if one was read."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(ENDLESS_MEBIBYTES):
            yield bytes(MEBIBYTE)

    return await post(bot, chunks(), {"Content-Type": JSON})


async def post(
    bot: Bot, body: io.BytesIO | AsyncIterator[bytes], headers: Mapping[str, str]
) -> int | None:
    async with ClientSession() as session:
        try:
            url = f"{bot.url}/slack/events"
            async with session.post(url, data=body, headers=headers) as answer:
                return answer.status
        except (ClientError, ConnectionError):
            return None
