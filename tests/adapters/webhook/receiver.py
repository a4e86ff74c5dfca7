"""Somebody else's program: a real server on this machine that keeps what it is posted."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network

from aiohttp import web
from aiohttp.web import Request, Response

from adapters.webhook.outlet import WebhookOutlet, WebhookSettings

KEY = b"thirty-two bytes of a secret key"
LOOPBACK = ip_network("127.0.0.0/8")


@dataclass
class Receiver:
    """Answers as *script* says, and then with 204."""

    url: str = ""
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    script: deque[Response] = field(default_factory=deque)

    async def take(self, request: Request) -> Response:
        """Keep a request."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.taken.append((headers, await request.read()))
        return self.script.popleft() if self.script else Response(status=204)

    def fails(self, *statuses: int, **headers: str) -> None:
        """Let the next requests fail so."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.script.extend(Response(status=status, headers=named) for status in statuses)

    def outlet(self) -> WebhookOutlet:
        """Return a way out that leads here."""
        return WebhookOutlet(WebhookSettings(self.url, KEY, (LOOPBACK,)))


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Run a receiver."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", receiver.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()
