"""The aiohttp application that platforms reach, and the loopback page of metrics beside it."""

from __future__ import annotations

from aiohttp import web, web_response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.health import Check

#: Bytes of a body; platforms send a few thousand.
LARGEST_BODY = 1024 * 1024
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
