"""The aiohttp application that platforms reach, what every request of theirs must pass, metrics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

import structlog
from aiohttp import web, web_response
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.health import Check
from bot.hooks import Handed
from bot.metrics import REJECTED
from bot.wire import Reason, Refused
from storage.database import Busy

log = structlog.get_logger()

Fetched = Callable[[str, str], Awaitable[Handed | None]]

#: Bytes of a body; platforms send a few thousand.
LARGEST_BODY = 1024 * 1024
#: How long a body may take to arrive.
BODY_SECONDS = 10.0
KEEPALIVE_SECONDS = 15
#: How long requests under way may take when Parley stops.
SHUTDOWN_SECONDS = 2

# aiohttp names its version in every answer, even to bytes that it cannot read and no signal sees:
# that tells an attacker where to look.
web_response.SERVER_SOFTWARE = "parley"  # type: ignore[attr-defined]  # imported there, not shown


def application(ready: Check) -> web.Application:
    """Return the application with the two health pages; platforms mount their routes on it."""
    app = web.Application(client_max_size=LARGEST_BODY)

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def answers_ready(_: web.Request) -> web.Response:
        problems = await ready()
        status = 503 if problems else 200
        return web.json_response({"ready": not problems, "problems": problems}, status=status)

    app.add_routes([web.get("/healthz", alive), web.get("/readyz", answers_ready)])
    return app


def add_pages(app: web.Application, fetched: Fetched) -> None:
    """Hand out over the web what *fetched* returns; what is not there reads like any other path."""

    async def answer(request: web.Request) -> web.Response:
        try:
            found = await fetched(request.match_info["page"], request.match_info["token"])
        except Busy:
            return web.Response(status=503, headers={"Retry-After": "60"})
        if found is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": "private, max-age=300",
            "Content-Disposition": f'inline; filename="{found.name}"',
            "Content-Type": found.type,
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=found.content, headers=headers)

    app.add_routes([web.get("/pages/{page}/{token}", answer)])


def metrics_application(look: Check) -> web.Application:
    """Return the page that Prometheus reads; *look* brings the gauges up to date."""

    async def metrics(_: web.Request) -> web.Response:
        await look()
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get("/metrics", metrics)])
    return app


async def serve(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Listen on *host* and *port*; `cleanup` of the result stops accepting and finishes.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(
        app,
        access_log=None,
        # Nobody sends us compressed bodies, and unpacking one, even to discard it, costs seconds.
        auto_decompress=False,
        keepalive_timeout=KEEPALIVE_SECONDS,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


def require_post(request: web.Request, types: Collection[str]) -> None:
    """Let only a POST pass that says it is one of *types*, in UTF-8 and not compressed.

    Raises:
        Refused: at the first thing that does not fit.
    """
    if request.method != "POST":
        raise Refused(Reason.METHOD)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Refused(Reason.ENCODING)
    if request.content_type not in types or (request.charset or "utf-8").casefold() != "utf-8":
        raise Refused(Reason.TYPE)


async def read_body(request: web.Request, most_seconds: float = BODY_SECONDS) -> bytes:
    """Return the whole body of a request.

    Raises:
        Refused: it is too large, too slow, or breaks off.
    """
    if (request.content_length or 0) > LARGEST_BODY:
        raise Refused(Reason.TOO_LARGE)
    body = bytearray()
    try:
        if request.content.is_eof():  # all of it came with the head, as it nearly always does
            return bytes(_bounded(request.content.read_nowait()))
        async with asyncio.timeout(most_seconds):
            async for chunk in request.content.iter_any():
                body += chunk
                _bounded(body)
    except TimeoutError:
        raise Refused(Reason.SLOW) from None
    except (web.RequestPayloadError, HttpProcessingError, ConnectionError):
        raise Refused(Reason.BROKEN) from None
    return bytes(body)


def _bounded(body: bytes | bytearray) -> bytes | bytearray:
    if len(body) > LARGEST_BODY:
        raise Refused(Reason.TOO_LARGE)
    return body


def only_header(request: web.Request, name: str) -> str:
    """Return a header that stands there exactly once, or nothing."""
    values = request.headers.getall(name, [])
    return values[0] if len(values) == 1 else ""


def refuse(platform: str, reason: Reason) -> web.Response:
    """Return the empty answer to a request that is refused; one short line tells the operator."""
    REJECTED.labels(platform, reason.value).inc()
    log.warning("request_refused", platform=platform, reason=reason.value, status=reason.status)
    headers = {"Allow": "POST"} if reason is Reason.METHOD else None
    response = web.Response(status=reason.status, headers=headers)
    if reason in {Reason.TOO_LARGE, Reason.SLOW, Reason.BROKEN}:
        # The rest of the body is still on its way, and nobody wants it.
        response.force_close()
    return response
