"""Server-sent events: tells an open page what to fetch again."""

import asyncio
import json
from dataclasses import dataclass

from aiohttp import web

from adapters.simulator.menu import ForwardClock, clock_json
from adapters.simulator.simulator import SlackSimulator

QUIET_SECONDS = 15.0
BURST_SECONDS = 0.05
MOVED_SECONDS = 2


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page was told of."""

    n: int
    journal: int
    resets: int
    moved_seconds: int


async def watch(
    request: web.Request, slack: SlackSimulator, clock: ForwardClock | None
) -> web.StreamResponse:
    """Keep *request* open and write an event for each kind of change, until the page goes."""
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    await stream.write(b": welcome\n\n")
    seen = _look(slack, clock)
    try:
        while not slack.is_closing:
            seen = await _next(stream, slack, clock, seen)
    except ConnectionError:
        return stream
    return stream


async def _next(
    stream: web.StreamResponse, slack: SlackSimulator, clock: ForwardClock | None, seen: _Seen
) -> _Seen:
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            await slack.changes.after(seen.n)
    except TimeoutError:
        await stream.write(b": still here\n\n")
        return seen
    # A press causes several changes at once: one look after them is enough.
    await asyncio.sleep(BURST_SECONDS)
    present = _look(slack, clock)
    await stream.write("".join(_events(seen, present, clock)).encode())
    return present


def _look(slack: SlackSimulator, clock: ForwardClock | None) -> _Seen:
    moved = clock_json(clock)["moved_seconds"]
    return _Seen(slack.changes.n, slack.journal.settled, slack.resets, moved)


def _events(seen: _Seen, present: _Seen, clock: ForwardClock | None) -> list[str]:
    found = [_event("change", {"n": present.n, "platform": "slack"})]
    if present.journal != seen.journal:
        found.append(_event("journal", {"last": present.journal}))
    if abs(present.moved_seconds - seen.moved_seconds) >= MOVED_SECONDS:
        found.append(_event("clock", {"now": clock_json(clock)["now"]}))
    if present.resets != seen.resets:
        found.append(_event("reset", {}))
    return found


def _event(name: str, body: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(body)}\n\n"
