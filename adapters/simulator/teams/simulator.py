"""The simulated Teams as one thing: start it, connect a bot, play people, look."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import uuid4

from aiohttp import web

from adapters.simulator.changes import Changes
from adapters.simulator.faults import Faults
from adapters.simulator.journal import Journal
from adapters.simulator.simulator import LOOPBACK
from adapters.simulator.teams.issuer import LIFETIME, Issuer, Registration
from adapters.simulator.teams.server import METADATA_PATH, Server
from adapters.simulator.workspace import Now, utc_now


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How this Teams behaves.

    Attributes:
        port: where it listens on loopback; 0 takes a free one.
        patience_seconds: how long it waits for the bot's answer.
        token_lifetime: how long a token lives that the bot buys.
        now: the clock that dates messages, which may be moved.
        wire_now: the clock by which tokens expire.
    """

    port: int = 0
    patience_seconds: float = 5.0
    token_lifetime: timedelta = LIFETIME
    now: Now = utc_now
    wire_now: Now = utc_now


class TeamsSimulator:
    """A tenant of Microsoft Teams on loopback with one bot registered.

    Use it as an async context manager, give `bot_url` the bot's own address (`http://host:port`),
    and play.
    """

    def __init__(self, settings: Behaviour | None = None) -> None:
        self.settings = settings or Behaviour()
        self.app_id = str(uuid4())
        self.app_password = f"simulated~{secrets.token_urlsafe(24)}"
        self.tenant_id = str(uuid4())
        self.bot_url: str | None = None
        self.base_url = ""
        self.faults = Faults()
        self.changes = Changes()
        self.journal = Journal(self.changes.note)
        bot = Registration(self.app_id, self.app_password, self.tenant_id)
        self.issuer = Issuer(bot, self.settings.wire_now)
        self.issuer.token_lifetime = self.settings.token_lifetime
        self._runner: web.AppRunner | None = None

    @property
    def openid_metadata_url(self) -> str:
        """Return where the issuer says where its keys are."""
        return self.base_url + METADATA_PATH

    @property
    def token_url(self) -> str:
        """Return where the bot buys its tokens."""
        return f"{self.base_url}/{self.tenant_id}/oauth2/v2.0/token"

    @property
    def service_url(self) -> str:
        """Return the address of the Bot Connector, as activities name it."""
        return f"{self.base_url}/emea/"

    @property
    def service_host(self) -> str:
        """Return host and port of the Bot Connector, for the bot's allow-list."""
        return self.base_url.removeprefix("http://")

    async def start(self) -> Self:
        """Begin to listen on loopback."""
        server = Server(self.issuer, self.faults, self.journal)
        self._runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.settings.port).start()
        self.base_url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"
        return self

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
