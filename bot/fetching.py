"""What only a platform has, fetched after the commit: a file's content, what was said before."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterable, Callable, Sequence
from dataclasses import asdict, dataclass

from bot.errors import DeliveryError
from bot.inbound import FileRef, Place, QuotedMessage
from bot.platform import TOO_LARGE, Platform
from storage import jobs
from storage.jobs import Job
from storage.secrets import Sealer

#: What is larger stays where it is.
MOST_BYTES = 25 * 1024 * 1024
#: Each file is in memory as a whole, and sealed beside it.
AT_ONCE = 2
#: Whoever asks is told sooner than the job would be given up, in which case nobody would be.
TRIES = 5


@dataclass(frozen=True, slots=True)
class Attached:
    """The content of a file that somebody attached to a message in *place*."""

    place: Place
    file: FileRef


@dataclass(frozen=True, slots=True)
class Before:
    """What people read above the message of that name: what it answers, and the last few."""

    place: Place
    message: str


Wanted = Attached | Before


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the platform handed out, or the code of its refusal."""

    content: bytes = b""
    said: tuple[QuotedMessage, ...] = ()
    refused: str = ""


def sealed(sealer: Sealer, wanted: Wanted, *, key: str) -> str:
    """Return what a job of that key is to fetch: where a file is may be all that guards it."""
    written = json.dumps([type(wanted).__name__, asdict(wanted)])
    return sealer.seal(written, at=jobs.job.c.payload, row=key)


async def collected(chunks: AsyncIterable[bytes], *, most: int) -> bytes:
    """Return what a platform sends, of at most so many bytes.

    Raises:
        DeliveryError: it sends more.
    """
    found = bytearray()
    async for chunk in chunks:
        found += chunk
        if len(found) > most:
            raise DeliveryError(TOO_LARGE, permanent=True)
    return bytes(found)


class Fetching:
    """Asks the platforms that are on."""

    def __init__(self, platform: Callable[[str], Platform], sealer: Sealer) -> None:
        self._platform = platform
        self._sealer = sealer
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def fetched_for(self, job: Job) -> Fetched | None:
        """Return what a timer's job asks for; None for most, which ask for nothing.

        Raises:
            DeliveryError: it cannot be said now; it is tried again.
        """
        if "message" not in job.payload:
            return None
        return await self._fetch(job, _opened(self._sealer, job))

    async def _fetch(self, job: Job, wanted: Wanted) -> Fetched:
        try:
            platform = self._platform(wanted.place.platform)
            async with self._turns:
                return await _asked(platform, wanted)
        except DeliveryError as error:
            if error.permanent or (job.attempts >= TRIES and error.retry_after is None):
                return Fetched(refused=error.code)
            raise


async def _asked(platform: Platform, wanted: Wanted) -> Fetched:
    if isinstance(wanted, Attached):
        return Fetched(content=await platform.download(wanted.file, most=MOST_BYTES))
    said: Sequence[QuotedMessage] = await platform.before(wanted.place, wanted.message)
    return Fetched(said=tuple(said))


def _opened(sealer: Sealer, job: Job) -> Wanted:
    text = sealer.open(job.payload["message"], at=jobs.job.c.payload, row=job.key)
    kind, fields = json.loads(text)
    place = Place(**fields["place"])
    if kind == Attached.__name__:
        return Attached(place, FileRef(**fields["file"]))
    return Before(place, fields["message"])
