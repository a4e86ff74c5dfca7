"""The page on which one person plays a whole company, and its JSON API (docs/simulator.md)."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.simulator.errors import Refusal, Unplayable
from adapters.simulator.menu import ForwardClock, Menu, clock_json
from adapters.simulator.said import Said
from adapters.simulator.sides import Act, Side, slack_side, teams_side
from adapters.simulator.simulator import LOOPBACK, SlackSimulator
from adapters.simulator.teams.errors import Refusal as TeamsRefusal
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.watch import watch

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
BODY_BYTES = 2 * 1024 * 1024
OURSELVES = {"127.0.0.1", "localhost", "[::1]"}
HEADERS = {
    "Cache-Control": "no-store",
    # The pictures of a card of Teams travel within it.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
SHOWN_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class Page:
    """Serves the page for one company on Slack and, beside it, on Teams.

    Both write into one journal.
    """

    def __init__(
        self,
        slack: SlackSimulator,
        menu: Menu | None = None,
        clock: ForwardClock | None = None,
        *,
        teams: TeamsSimulator | None = None,
    ) -> None:
        self._slack = slack
        self._menu = menu or Menu()
        self._clock = clock
        self._sides = {"slack": slack_side(slack, self._menu)}
        if teams is not None:
            self._sides["teams"] = teams_side(teams, self._menu)
        self._runner: web.AppRunner | None = None
        self._watching: set[asyncio.Task[None]] = set()

    def application(self) -> web.Application:
        """Return the web application: the page, its API, its events."""
        app = web.Application(client_max_size=BODY_BYTES, middlewares=[_guard, _in_words])
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self._hang_up)
        app.router.add_get("/", _index)
        app.router.add_static("/static/", STATIC)
        app.router.add_get("/api/page/setup", self._setup)
        app.router.add_get("/api/page/slack/files/{file}", self._file)
        for platform, side in self._sides.items():
            app.router.add_get(f"/api/page/{platform}/state", _showing(side))
            for name, act in side.acts.items():
                app.router.add_post(f"/api/page/{platform}/{name}", _acting(side, act))
        app.router.add_get("/api/page/clock", self._show_clock)
        app.router.add_post("/api/page/clock", self._move_clock)
        app.router.add_get("/api/page/journal", self._journal)
        app.router.add_post("/api/page/reset", self._reset)
        app.router.add_get("/api/page/events", self._events)
        return app

    async def start(self, port: int = 0) -> str:
        """Listen on loopback and return the page's address."""
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, port).start()
        return f"http://{LOOPBACK}:{self._runner.addresses[0][1]}/"

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _setup(self, _request: web.Request) -> web.Response:
        platforms = {name: side.setup() for name, side in self._sides.items()}
        tour = [line.as_json() for line in self._menu.tour]
        return web.json_response({**platforms, "tour": tour})

    async def _file(self, request: web.Request) -> web.Response:
        file = self._slack.workspace.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        # Anything but a picture is only ever saved, never opened on the page's own origin.
        is_shown = file.mimetype in SHOWN_IMAGES
        return web.Response(
            body=file.content,
            content_type=file.mimetype if is_shown else "application/octet-stream",
            headers={"Content-Disposition": "inline" if is_shown else "attachment"},
        )

    async def _show_clock(self, _request: web.Request) -> web.Response:
        return web.json_response(clock_json(self._clock))

    async def _move_clock(self, request: web.Request) -> web.Response:
        if self._clock is None:
            raise Unplayable("The clock of this bot cannot be moved.")
        try:
            self._clock.move_to(_destination(await _body(request), self._clock.now()))
        except ValueError as error:
            raise Unplayable("The clock only goes forward. Choose a later time.") from error
        for side in self._sides.values():
            side.simulator.changed()
        return web.json_response(clock_json(self._clock))

    async def _journal(self, request: web.Request) -> web.Response:
        since = request.query.get("since", "0")
        journal = self._slack.journal
        entries = journal.since(int(since) if since.isdecimal() else 0)
        return web.json_response(
            {"last": journal.settled, "entries": [entry.as_json() for entry in entries]}
        )

    async def _reset(self, _request: web.Request) -> web.Response:
        for side in self._sides.values():
            side.simulator.reset()
        return web.json_response({"ok": True})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        self._watching.add(request.task)
        try:
            return await watch(request, self._sides, self._clock)
        finally:
            self._watching.discard(request.task)

    async def _hang_up(self, _app: web.Application) -> None:
        """End the open streams, which a stop would otherwise wait for."""
        for task in self._watching:
            task.cancel()


def _showing(side: Side) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def show(request: web.Request) -> web.Response:
        return web.json_response(side.state(request.query.get("person", "")))

    return show


def _acting(side: Side, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def perform(request: web.Request) -> web.Response:
        told = await act(Said(await _body(request)))
        return web.json_response({"ok": True, **told, "n": side.simulator.changes.n})

    return perform


def _destination(body: Json, now: datetime) -> datetime:
    if "advance_seconds" in body:
        seconds = float(body["advance_seconds"])
        if seconds < 0:
            raise ValueError(seconds)
        return now + timedelta(seconds=seconds)
    to = datetime.fromisoformat(str(body.get("to")))
    if to.tzinfo is None or to < now:
        raise ValueError(to)
    return to


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(STATIC / "index.html")


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Unplayable("The page sent something unreadable. Reload it, please.") from None
    if not isinstance(body, dict):
        raise Unplayable("The page sent something unreadable. Reload it, please.")
    return body


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


@web.middleware
async def _guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let in only what comes from this machine and, for acts, from this page."""
    host = request.host.rpartition(":")[0] if request.host[-1:].isdigit() else request.host
    if (host or request.host) not in OURSELVES:
        return _refused(403, "The simulator answers on this machine only.")
    if request.method == "POST":
        origin = request.headers.get("Origin")
        if origin is not None and origin != f"http://{request.host}":
            return _refused(403, "Only the simulator's own page may act.")
        if request.content_type != "application/json":
            return _refused(415, "The simulator takes JSON only.")
    return await handler(request)


@web.middleware
async def _in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell the person in a sentence why an act was refused."""
    try:
        return await handler(request)
    except Unplayable as error:
        return _refused(400, str(error))
    except Refusal as refusal:
        return _refused(400, f"Slack refuses this: {', '.join([refusal.code, *refusal.messages])}")
    except TeamsRefusal as refusal:
        return _refused(400, f"Teams refuses this: {refusal.message}")


def _refused(status: int, text: str) -> web.Response:
    body = json.dumps({"ok": False, "error": text})
    return web.Response(text=body, status=status, content_type="application/json")
