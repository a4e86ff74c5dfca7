"""Keeps a number of connections busy for a while and says how it went."""

import asyncio
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """What one load came to."""

    per_second: float
    p50_ms: float
    p99_ms: float


async def hammer(
    port: int, make: Callable[[], bytes], *, connections: int, seconds: float
) -> Result:
    """Send requests made by *make* over *connections* kept-alive connections.

    Raises:
        RuntimeError: an answer was not 200, so the figure would mean nothing.
    """
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_one(port, make, until, times) for _ in range(connections)))
    times.sort()
    return Result(
        per_second=len(times) / seconds,
        p50_ms=1000 * statistics.median(times),
        p99_ms=1000 * times[int(len(times) * 0.99)],
    )


async def _one(port: int, make: Callable[[], bytes], until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (start := time.perf_counter()) < until:
        writer.write(make())
        await _answer(reader)
        times.append(time.perf_counter() - start)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length[1]) if length else 0)
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"{head[:40]!r} {body[:200]!r}")
    return body
