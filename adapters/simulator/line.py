"""The line to the bot: one HTTP request, how long it is waited for, and what the journal keeps."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.simulator.journal import Answered, Asked, Direction, Entry, Journal, Outcome

Json = dict[str, Any]
RowCounts = Callable[[], Awaitable[Mapping[str, int]]]

HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a request to the bot; `failure` is a code for what went wrong."""

    status: int | None = None
    body: str = ""
    failure: str | None = None

    @property
    def ok(self) -> bool:
        """Say whether the bot acknowledged in time."""
        return self.failure is None

    @property
    def answer(self) -> Json:
        """Return the JSON object the bot answered with, empty if it was none."""
        try:
            parsed = json.loads(self.body or "{}")
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}


@dataclass(frozen=True, slots=True)
class Note:
    """How the journal names a request, and who caused it."""

    kind: str
    title: str
    person: str | None = None


Attempt = Callable[[], Awaitable[tuple[Asked, Delivery]]]


class Line:
    """Sends to the bot for one vendor and writes each exchange down.

    Attributes:
        bot_url: where the bot listens; None while nobody is connected.
        row_counts: counts the rows of the bot's tables before and after, for the page.
        accepted: the statuses that acknowledge.
    """

    platform = "slack"
    accepted = frozenset({HTTP_OK})

    def __init__(self, journal: Journal, patience_seconds: float) -> None:
        self.bot_url: str | None = None
        self.row_counts: RowCounts | None = None
        self._journal = journal
        self._patience = patience_seconds
        self._session: ClientSession | None = None

    async def open(self) -> None:
        """Make ready to send."""
        self._session = ClientSession(timeout=ClientTimeout(total=None))

    async def close(self) -> None:
        """Send nothing more."""
        if self._session:
            await self._session.close()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Send raw bytes to the bot, for what the vendor itself would never send."""
        return await self._post(Asked("POST", url, tuple(headers.items())), body)

    async def _noted(self, note: Note, attempt: Attempt) -> Delivery:
        n = self._journal.begin_asking(note.person)
        before = await self._counts()
        at, started = datetime.now(UTC), time.perf_counter()
        asked, delivery = await attempt()
        after = await self._counts()
        self._journal.add(
            Entry(
                n=n,
                at=at,
                direction=Direction.TO_BOT,
                kind=note.kind,
                title=note.title,
                request=asked,
                answer=_answered(delivery),
                outcome=Outcome.OK if delivery.ok else Outcome.FAILED,
                milliseconds=(time.perf_counter() - started) * 1000,
                person=note.person,
                rows=_added(before, after),
                platform=self.platform,
            )
        )
        return delivery

    async def _post(self, asked: Asked, body: bytes) -> Delivery:
        if self._session is None:
            return Delivery(failure="dispatch_failed")
        try:
            async with asyncio.timeout(self._patience):
                response = await self._session.post(
                    asked.url, data=body, headers=dict(asked.headers), allow_redirects=False
                )
                async with response:
                    text = await response.text(errors="replace")
        except TimeoutError:
            return Delivery(failure="operation_timeout")
        except ClientError:
            return Delivery(failure="dispatch_failed")
        failure = None if response.status in self.accepted else "http_error"
        return Delivery(response.status, text, failure)

    async def _counts(self) -> Mapping[str, int]:
        return await self.row_counts() if self.row_counts else {}


def _answered(delivery: Delivery) -> Answered | None:
    return None if delivery.status is None else Answered(delivery.status, delivery.body)


def _added(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    grown = {table: count - before.get(table, 0) for table, count in after.items()}
    return {table: count for table, count in grown.items() if count > 0}
