"""Where the calls of the bot are taken: faults first, then the answer, then the journal."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from adapters.simulator.faults import Fault, FaultKind, Faults
from adapters.simulator.journal import Answered, Asked, Direction, Entry, Journal, Outcome

SERVER_ERROR = 500
REFUSED_FROM = 300
_SHOWN = {"Authorization", "Content-Type", "User-Agent"}
_LOST = {FaultKind.REQUEST_LOST, FaultKind.ANSWER_LOST}
_NO_EFFECT = {
    FaultKind.PRECONDITION_FAILED: 412,
    FaultKind.SERVER_ERROR: 500,
    FaultKind.BAD_GATEWAY: 502,
    FaultKind.UNAVAILABLE: 503,
    FaultKind.GATEWAY_TIMEOUT: 504,
    FaultKind.REQUEST_LOST: 503,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What goes back, before faults touch it.

    Attributes:
        is_refusal: whether it says no in spite of its status.
    """

    status: int
    body: str = ""
    retry_after: int | None = None
    is_refusal: bool = False

    @property
    def outcome(self) -> Outcome:
        """Say how the journal counts it."""
        if self.status >= SERVER_ERROR:
            return Outcome.FAILED
        if self.status >= REFUSED_FROM or self.is_refusal:
            return Outcome.REFUSED
        return Outcome.OK


@dataclass(frozen=True, slots=True)
class Question:
    """What the bot asks, as the journal names it, with its body as it came."""

    kind: str
    title: str
    body: str = ""


Refuse = Callable[[Fault], Result | None]


@dataclass(frozen=True, slots=True)
class Vendor:
    """How one vendor answers.

    Attributes:
        refuse: what it says when a fault is a refusal of its own; None for other faults.
        headers: what every answer carries.
    """

    platform: str
    refuse: Refuse
    headers: Mapping[str, str] = field(default_factory=dict)


class Desk:
    """Answers calls for one vendor and writes each of them down."""

    def __init__(self, vendor: Vendor, faults: Faults, journal: Journal) -> None:
        self._vendor = vendor
        self._faults = faults
        self._journal = journal

    async def serve(
        self, request: web.Request, question: Question, work: Callable[[], Result]
    ) -> web.Response:
        """Answer *question* with what *work* returns, unless a fault comes between."""
        n, at, started = self._journal.begin(), datetime.now(UTC), time.perf_counter()
        cause = self._journal.cause
        fault = self._faults.take(question.title, question.body)
        result = self._instead(fault) or work()
        if fault and fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        is_lost = fault is not None and fault.kind in _LOST
        headers = tuple((k, v) for k, v in request.headers.items() if k in _SHOWN)
        self._journal.add(
            Entry(
                n=n,
                at=at,
                direction=Direction.FROM_BOT,
                kind=question.kind,
                title=question.title,
                request=Asked(request.method, request.path, headers, question.body),
                answer=None if is_lost else Answered(result.status, result.body),
                outcome=Outcome.FAILED if is_lost else result.outcome,
                milliseconds=(time.perf_counter() - started) * 1000,
                cause=cause,
                platform=self._vendor.platform,
            )
        )
        return self._written(request, result, fault)

    def _instead(self, fault: Fault | None) -> Result | None:
        """Return what goes back instead of an answer, when the call has no effect."""
        if fault is None:
            return None
        refusal = self._vendor.refuse(fault)
        if refusal is None and fault.kind in _NO_EFFECT:
            return Result(_NO_EFFECT[fault.kind], "<html><body>Server error</body></html>")
        return refusal

    def _written(self, request: web.Request, result: Result, fault: Fault | None) -> web.Response:
        if fault and fault.kind in _LOST and request.transport:
            request.transport.abort()
        if fault and fault.kind is FaultKind.GARBAGE:
            page = "<!doctype html><p>Upstream says nothing."
            return web.Response(text=page, content_type="text/html")
        kind = "application/json" if result.body.startswith(("{", "[")) else "text/html"
        response = web.Response(text=result.body, status=result.status, content_type=kind)
        response.headers.update(self._vendor.headers)
        if result.retry_after is not None:
            response.headers["Retry-After"] = str(result.retry_after)
        return response
