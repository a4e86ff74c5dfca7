"""The simulated Teams as one thing: start it, connect a bot, play people, look."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from aiohttp import web

from adapters.simulator.changes import Changes
from adapters.simulator.faults import Faults
from adapters.simulator.journal import Journal
from adapters.simulator.line import Delivery
from adapters.simulator.simulator import LOOPBACK
from adapters.simulator.teams.activities import Activities
from adapters.simulator.teams.connector import Connector
from adapters.simulator.teams.extending import Extending
from adapters.simulator.teams.installing import Installing
from adapters.simulator.teams.issuer import LIFETIME, Issuer, Registration
from adapters.simulator.teams.people import Directory
from adapters.simulator.teams.pressing import Pressing
from adapters.simulator.teams.rates import RateLimits, Rates
from adapters.simulator.teams.sample import SAMPLE, Sample
from adapters.simulator.teams.server import METADATA_PATH, SERVICE, TOKEN_PATH, Server
from adapters.simulator.teams.talking import Talking
from adapters.simulator.teams.wire import Parcel, Wire
from adapters.simulator.teams.world import World
from adapters.simulator.workspace import Now, utc_now

Json = dict[str, Any]


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
    rates: Rates = field(default_factory=Rates)
    now: Now = utc_now
    wire_now: Now = utc_now


class TeamsSimulator(Talking, Pressing, Extending, Installing):
    """A tenant of Microsoft Teams on loopback with one bot registered.

    Use it as an async context manager, give `bot_url` the bot's own address (`http://host:port`,
    without a path), and play.
    """

    def __init__(
        self,
        settings: Behaviour | None = None,
        sample: Sample = SAMPLE,
        journal: Journal | None = None,
    ) -> None:
        self.settings = settings or Behaviour()
        self.sample = sample
        self.app_id = sample.app_id
        self.app_password = f"simulated~{secrets.token_urlsafe(24)}"
        self.tenant_id = sample.tenant_id
        self.base_url = ""
        self.resets = 0
        self.is_closing = False
        self.faults = Faults()
        self.changes = Changes()
        self.journal = journal or Journal()
        self.journal.connect("teams", self.changes.note)
        self.world = World(sample, self.settings.now)
        bot = Registration(self.app_id, self.app_password, self.tenant_id)
        self.issuer = Issuer(bot, self.settings.wire_now, self.settings.token_lifetime)
        self.wire = Wire(self.journal, self.issuer, self.settings.patience_seconds)
        self._limits = RateLimits(self.settings.rates)
        self._runner: web.AppRunner | None = None

    @property
    def openid_metadata_url(self) -> str:
        """Return where the issuer says where its keys are."""
        return self.base_url + METADATA_PATH

    @property
    def token_url(self) -> str:
        """Return where the bot buys its tokens."""
        return self.base_url + TOKEN_PATH.format(tenant=self.tenant_id)

    @property
    def service_url(self) -> str:
        """Return the address of the Bot Connector, as activities name it."""
        return f"{self.base_url}{SERVICE}/"

    @property
    def service_host(self) -> str:
        """Return host and port of the Bot Connector, for the bot's allow-list."""
        return self.base_url.removeprefix("http://")

    @property
    def bot_url(self) -> str | None:
        """Return the bot's own address."""
        return self.wire.bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.wire.bot_url = url.rstrip("/") if url else None

    @property
    def people(self) -> Directory:
        """Return everybody whom the tenant knows."""
        return self.world.people

    @property
    def activities(self) -> Activities:
        """Return the writer of activities."""
        return Activities(self.world, self.service_url)

    async def start(self) -> Self:
        """Begin to listen on loopback."""
        server = Server(
            self.issuer,
            self._connector,
            self.faults,
            self.journal,
            files=lambda: self.world.files,
        )
        self._runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.settings.port).start()
        self.base_url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"
        await self.wire.open()
        return self

    async def close(self) -> None:
        """Stop listening."""
        self.is_closing = True
        self.changes.note()
        await self.wire.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    def reset(self) -> None:
        """Put the world and the journal back to the sample.

        Chats with the bot stay, empty: it remembers where it may write.
        """
        before, self.world = self.world, World(self.sample, self.settings.now)
        self.world.begin_chats_of(before)
        self.journal.clear()
        self.faults.clear()
        self.resets += 1
        self.changes.note()

    def hand_out(self, content: bytes) -> str:
        """Return the address of a file with *content*; whoever knows it may read the file."""
        name = secrets.token_hex(16)
        self.world.files[name] = content
        return f"{self.base_url}/files/{name}?tempauth={secrets.token_urlsafe()}"

    def changed(self) -> None:
        """Tell whoever watches that something changed."""
        self.changes.note()

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float = 60.0) -> None:
        """Wait until *claim* holds, such as that somebody sees an answer."""
        await self.changes.until(claim, timeout_seconds)

    async def deliver(self, parcel: Parcel) -> Delivery:
        """Send *parcel* to the bot."""
        return await self.wire.send(parcel)

    async def forge(self, activity: Json, token: str) -> Delivery:
        """Send *activity* with a token of any kind."""
        return await self.deliver(Parcel(activity, "forged", token=token))

    async def redeliver(self, activity: Json, *, times: int = 1) -> list[Delivery]:
        """Send the same activity once and then *times* more."""
        return [await self.deliver(Parcel(activity, "repeated")) for _ in range(times + 1)]

    async def raw(self, path: str, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Send bytes of any kind to *path* on the bot's host, signed only if *headers* are."""
        return await self.wire.post(f"{self.bot_url}{path}", body, headers)

    def _connector(self) -> Connector:
        return Connector(self.world, self._limits)
