"""The simulated Slack as one thing: start it, connect a bot, play people, look."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from aiohttp import web

from adapters.simulator import events
from adapters.simulator.api.calls import Json, Slack
from adapters.simulator.api.server import Tokens, WebApi
from adapters.simulator.changes import Changes
from adapters.simulator.faults import Faults
from adapters.simulator.journal import KEPT, Journal
from adapters.simulator.line import Delivery
from adapters.simulator.player import Player
from adapters.simulator.rates import RateLimits, Rates
from adapters.simulator.sample import SAMPLE
from adapters.simulator.scopes import every_scope, may_hear
from adapters.simulator.sockets import Sockets
from adapters.simulator.wire import Parcel, Traffic, Wire
from adapters.simulator.workspace import Now, Sample, SlackWorkspace, utc_now

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Settings:
    """How this Slack behaves.

    Attributes:
        port: where it listens on loopback; 0 takes a free one.
        patience_seconds: how long it waits for the bot's answer.
        retry_seconds: after how long an event that was not taken is sent again.
        subscriptions: which events the bot hears, as far as its scopes let it.
        scopes: what the bot was granted when it was installed.
        now: the clock that dates messages, which may be moved.
        wire_now: the clock by which triggers and response addresses expire.
        exchanges_kept: how many of the newest exchanges the journal holds.
    """

    port: int = 0
    patience_seconds: float = 3.0
    retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    subscriptions: frozenset[str] = events.SUBSCRIPTIONS
    scopes: frozenset[str] = field(default_factory=every_scope)
    rates: Rates = field(default_factory=Rates)
    now: Now = utc_now
    wire_now: Now = utc_now
    exchanges_kept: int = KEPT


class SlackSimulator(Player):
    """A Slack workspace on loopback with one bot installed.

    Use it as an async context manager, give `bot_url` the bot's `/slack/events` (or let the bot
    open a websocket), and play.
    """

    def __init__(
        self,
        sample: Sample = SAMPLE,
        settings: Settings | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.sample = sample
        self.signing_secret = secrets.token_hex(16)
        self.bot_token = f"xoxb-simulated-{secrets.token_hex(12)}"
        self.app_token = f"xapp-simulated-{secrets.token_hex(12)}"
        self.faults = Faults()
        self.changes = Changes()
        self.journal = journal or Journal(self.settings.exchanges_kept)
        self.journal.connect("slack", self.changes.note)
        self.workspace = self._new_workspace()
        self.base_url = ""
        self.resets = 0
        self.is_closing = False
        self._limits = RateLimits(self.settings.rates)
        self._sockets = Sockets()
        self.wire = Wire(
            self.journal, self._sockets, self.signing_secret, self.settings.patience_seconds
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    @property
    def api_base(self) -> str:
        """Return the base address of the Web API, which ends in `/api/`."""
        return f"{self.base_url}/api/"

    @property
    def team_id(self) -> str:
        """Return the id of the workspace."""
        return self.workspace.team_id

    @property
    def bot_url(self) -> str | None:
        """Return where the bot takes Slack's requests."""
        return self.wire.bot_url

    @bot_url.setter
    def bot_url(self, url: str | None) -> None:
        self.wire.bot_url = url

    @property
    def socket_is_open(self) -> bool:
        """Say whether the bot is connected in Socket Mode."""
        return self._sockets.are_open

    async def start(self) -> Self:
        """Begin to listen on loopback."""
        tokens = Tokens(self.bot_token, self.app_token, self.settings.scopes)
        api = WebApi(self._slack, tokens, self.faults, self.journal, self._sockets)
        self._runner = web.AppRunner(api.application(), access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.settings.port).start()
        self.base_url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"
        await self.wire.open()
        return self

    async def close(self) -> None:
        """Stop listening and forget what was still to be sent."""
        self.is_closing = True
        self.changes.note()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._sockets.close()
        await self.wire.close()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    def reset(self) -> None:
        """Put the workspace and the journal back to the sample.

        Direct messages stay, empty: the bot remembers where it may write.
        """
        before, self.workspace = self.workspace, self._new_workspace()
        self.workspace.open_directs_of(before)
        self.journal.clear()
        self.faults.clear()
        self.resets += 1
        self.changes.note()

    def changed(self) -> None:
        """Tell whoever watches that something changed."""
        self.changes.note()

    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float = 60.0) -> None:
        """Wait until *claim* holds, such as that somebody sees an answer."""
        await self.changes.until(claim, timeout_seconds)

    async def deliver(self, parcel: Parcel) -> Delivery:
        """Send *parcel* to the bot."""
        return await self.wire.send(parcel)

    async def tell(self, event: Json, person: str | None = None) -> Delivery | None:
        """Send an event, unless the bot would not hear it; retries go on in the background."""
        if not self._is_heard(event):
            return None
        body = events.envelope(self.workspace, event)
        parcel = Parcel(Traffic.EVENT, events.subscription_of(event), body, person)
        delivery = await self.deliver(parcel)
        if not delivery.ok:
            self._in_background(self._retry(parcel, delivery))
        return delivery

    async def redeliver(self, event: Json, *, times: int = 1) -> list[Delivery]:
        """Send the same envelope once and then *times* more, as Slack does when it is unsure."""
        body = events.envelope(self.workspace, event)
        title = events.subscription_of(event)
        return [
            await self.deliver(
                Parcel(Traffic.EVENT, title, body, None, n, "http_timeout" if n else "")
            )
            for n in range(times + 1)
        ]

    async def verify_url(self) -> Delivery:
        """Ask the bot to prove that the address is its own, as Slack does when it is entered."""
        challenge = secrets.token_urlsafe(24)
        body = {"type": "url_verification", "token": events.TOKEN, "challenge": challenge}
        delivery = await self.deliver(Parcel(Traffic.EVENT, "url_verification", body))
        if challenge in delivery.body:
            return delivery
        return replace(delivery, failure=delivery.failure or "challenge_failed")

    async def check_ssl(self) -> Delivery:
        """Ask whether the address answers, as Slack does now and then for commands."""
        return await self.deliver(
            Parcel(Traffic.COMMAND, "ssl_check", {"ssl_check": "1", "token": events.TOKEN})
        )

    async def raw(self, path: str, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Send bytes of any kind to *path* on the bot's host, signed only if *headers* are."""
        origin = (self.bot_url or "").split("/", 3)[:3]
        return await self.wire.post("/".join(origin) + path, body, headers)

    def signed(self, body: bytes, content_type: str) -> dict[str, str]:
        """Return true headers for *body*, signed now."""
        return dict(self.wire.headers(body, content_type))

    def _is_heard(self, event: Json) -> bool:
        kind, own = events.subscription_of(event), self.settings
        wanted = kind in own.subscriptions and may_hear(kind, own.scopes)
        return wanted and events.is_heard(self.workspace, event)

    def _hear(self, event: Json) -> None:
        self.changes.note()
        if self._is_heard(event) and (self.bot_url or self._sockets.are_open):
            self._in_background(self._tell_later(event))

    async def _tell_later(self, event: Json) -> None:
        await self.tell(event)

    async def _retry(self, parcel: Parcel, failed: Delivery) -> None:
        for n, seconds in enumerate(self.settings.retry_seconds, start=1):
            await asyncio.sleep(seconds)
            reason = "http_timeout" if failed.status is None else "http_error"
            again = Parcel(parcel.kind, parcel.title, parcel.payload, parcel.person, n, reason)
            failed = await self.deliver(again)
            if failed.ok:
                return

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _slack(self) -> Slack:
        return Slack(self.workspace, self._limits, self._hear, self._socket_url, self.base_url)

    def _socket_url(self) -> str:
        return f"{self.base_url.replace('http', 'ws', 1)}/socket?ticket={self._sockets.ticket()}"

    def _new_workspace(self) -> SlackWorkspace:
        return SlackWorkspace(self.sample, now=self.settings.now, wire_now=self.settings.wire_now)
