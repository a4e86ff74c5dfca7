"""Signals as signed requests to one address, of which nothing but the status is believed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from yarl import URL

from adapters.webhook import signing
from adapters.webhook.addresses import REFUSED, Guarded, Network, looks_literal, may_reach
from bot.errors import DeliveryError
from bot.signals import Sending, Signal

WEBHOOK = "webhook"
#: Standard Webhooks asks for 15 to 30 s; a job may take 30.
PATIENCE = ClientTimeout(total=20, connect=10)
#: Somebody checks whether we get through; there is nothing to do about it.
CHECK = Signal("check", "none", "none", "none")
GONE = 410
_GOOD = range(200, 300)
_REDIRECTS = range(300, 400)


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where signals go, the key that signs them, and what else than public addresses they reach."""

    url: str
    key: bytes
    allowed: Sequence[Network] = ()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class WebhookOutlet:
    """Posts each signal by the Standard Webhooks specification."""

    name = WEBHOOK

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._url = URL(settings.url)

    async def tell(self, sending: Sending) -> None:
        """Post a signal; whatever answers 2xx has taken it.

        Raises:
            DeliveryError: it was not taken; for good when the address is gone, leads elsewhere,
                or is none that may be reached.
        """
        self._refuse_literal()
        body = _body(sending)
        own = self._settings
        signed = signing.headers(own.key, sending.id, own.now(), body)
        try:
            status, headers = await self._post(body, signed)
        except (ClientError, TimeoutError, OSError) as error:
            raise DeliveryError("unreachable") from error
        if status not in _GOOD:
            raise _refusal(status, headers, own.now())

    async def check(self) -> None:
        """Post a signal that says nothing but that this is a check.

        Raises:
            DeliveryError: it was not taken.
        """
        await self.tell(Sending(CHECK, f"msg_{uuid.uuid4().hex}", self._settings.now()))

    async def _post(self, body: bytes, signed: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
        sent = {**signed, "content-type": "application/json", "user-agent": "Parley"}
        # Neither proxies of the environment nor redirects: both would lead past the guard.
        connector = TCPConnector(resolver=Guarded(self._settings.allowed), force_close=True)
        async with (
            ClientSession(connector=connector, timeout=PATIENCE, trust_env=False) as session,
            session.post(self._url, data=body, headers=sent, allow_redirects=False) as answer,
        ):
            return answer.status, answer.headers

    def _refuse_literal(self) -> None:
        """Look at an address that needs no look-up.

        Raises:
            DeliveryError: it may not be reached.
        """
        host = self._url.host or ""
        if looks_literal(host) and not may_reach(host, self._settings.allowed):
            raise DeliveryError(REFUSED, permanent=True)


def _body(sending: Sending) -> bytes:
    signal = sending.signal
    told = {
        "type": signal.event,
        "timestamp": sending.happened.isoformat(),
        "data": {"number": signal.number, "severity": signal.severity, "state": signal.state},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def _refusal(status: int, headers: Mapping[str, str], now: datetime) -> DeliveryError:
    code = f"http_{status}"
    if status == GONE or status in _REDIRECTS:
        return DeliveryError(code, permanent=True)
    return DeliveryError(code, retry_after=_retry_after(headers.get("Retry-After", ""), now))


def _retry_after(said: str, now: datetime) -> float | None:
    """Read how many seconds a receiver asks us to wait: a number of them, or a date."""
    if said.isdecimal() and said.isascii():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    zoned = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (zoned - now).total_seconds())
