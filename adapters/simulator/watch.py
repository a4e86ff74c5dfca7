"""Server-sent events: tells an open page what to fetch again."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from adapters.simulator.menu import ForwardClock, clock_json
from adapters.simulator.sides import Side

QUIET_SECONDS = 15.0
BURST_SECONDS = 0.05
MOVED_SECONDS = 2

Sides = Mapping[str, Side]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page was told of; `n` is the newest change of each platform."""

    n: Mapping[str, int]
    journal: int
    resets: int
    moved_seconds: int


async def watch(
    request: web.Request, sides: Sides, clock: ForwardClock | None
) -> web.StreamResponse:
    """Keep *request* open and write an event for each kind of change, until the page goes."""
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    await stream.write(b": welcome\n\n")
    seen = _look(sides, clock)
    try:
        while not any(side.simulator.is_closing for side in sides.values()):
            seen = await _next(stream, sides, clock, seen)
    except ConnectionError:
        return stream
    return stream


async def _next(
    stream: web.StreamResponse, sides: Sides, clock: ForwardClock | None, seen: _Seen
) -> _Seen:
    if not await _has_changed(sides, seen):
        await stream.write(b": still here\n\n")
        return seen
    # A press causes several changes at once: one look after them is enough.
    await asyncio.sleep(BURST_SECONDS)
    present = _look(sides, clock)
    await stream.write("".join(_events(seen, present, clock)).encode())
    return present


async def _has_changed(sides: Sides, seen: _Seen) -> bool:
    """Wait for a change on either platform, for a while."""
    waiting = [
        asyncio.create_task(side.simulator.changes.after(seen.n[name]))
        for name, side in sides.items()
    ]
    try:
        changed, _ = await asyncio.wait(
            waiting, timeout=QUIET_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        for task in waiting:
            task.cancel()
    return bool(changed)


def _look(sides: Sides, clock: ForwardClock | None) -> _Seen:
    simulators = {name: side.simulator for name, side in sides.items()}
    return _Seen(
        n={name: simulator.changes.n for name, simulator in simulators.items()},
        journal=simulators["slack"].journal.settled,
        resets=sum(simulator.resets for simulator in simulators.values()),
        moved_seconds=clock_json(clock)["moved_seconds"],
    )


def _events(seen: _Seen, present: _Seen, clock: ForwardClock | None) -> list[str]:
    found = [
        _event("change", {"n": n, "platform": platform})
        for platform, n in present.n.items()
        if n != seen.n[platform]
    ]
    if present.journal != seen.journal:
        found.append(_event("journal", {"last": present.journal}))
    if abs(present.moved_seconds - seen.moved_seconds) >= MOVED_SECONDS:
        found.append(_event("clock", {"now": clock_json(clock)["now"]}))
    if present.resets != seen.resets:
        found.append(_event("reset", {}))
    return found


def _event(name: str, body: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(body)}\n\n"
