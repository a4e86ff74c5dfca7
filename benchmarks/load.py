"""Keeps a number of connections busy for a while and says how it went."""

import asyncio
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Make = Callable[[], bytes]

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True)
class Result:
    """What one load came to."""

    requests: int
    seconds: float
    p50_ms: float

    @property
    def per_second(self) -> float:
        """Return the throughput."""
        return self.requests / self.seconds


async def at_once() -> None:
    """Wait for nothing: the answers were all there was to come."""


async def hammer(
    port: int,
    make: Make,
    *,
    connections: int,
    seconds: float,
    settled: Callable[[], Awaitable[None]] = at_once,
) -> Result:
    """Send requests made by *make* over *connections* kept-alive connections.

    The time goes on until *settled* returns, when all that was asked for has arrived.

    Raises:
        RuntimeError: an answer was no success, so the figure would mean nothing.
    """
    times: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_one(port, make, until, times) for _ in range(connections)))
    await settled()
    return Result(
        requests=len(times),
        seconds=time.perf_counter() - began,
        p50_ms=1000 * statistics.median(times),
    )


async def ask(port: int, path: str) -> bytes:
    """Return what a program on this machine answers there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    body = await _answer(reader)
    writer.close()
    return body


def body_length(head: bytes) -> int:
    """Return how many bytes follow *head*."""
    length = _LENGTH.search(head)
    return int(length[1]) if length else 0


async def _one(port: int, make: Make, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (start := time.perf_counter()) < until:
        writer.write(make())
        await _answer(reader)
        times.append(time.perf_counter() - start)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(_HEAD_ENDS)
    body = await reader.readexactly(body_length(head))
    if not head.startswith(b"HTTP/1.1 20"):
        raise RuntimeError(f"{head[:40]!r} {body[:200]!r}")
    return body
