"""What is told beyond the platforms: a number, how severe, where it stands; never what it is about.

Nobody there has an account, and Parley cannot know who reads along. So what goes there is not a
`Message` but a `Signal`, into which no sentence fits.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.metrics import DELIVERIES
from storage import jobs
from storage.database import Database
from storage.jobs import Job

log = structlog.get_logger()

#: The kind of the jobs that carry signals.
SIGNAL = "signal"
#: How long a signal waits after each try that failed, as Standard Webhooks recommends it.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
#: However long a receiver asks us to wait, it is asked again after this.
LONGEST_WAIT = timedelta(hours=24)
#: Waits are up to a tenth longer, so that not all that failed together comes back together.
JITTER = 1.1

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Signal:
    """What has happened to the thing of that *number*, in words of closed sets.

    Raises:
        ValueError: something in it is no single word; a text must not leave this way.
    """

    event: str  #: such as "report.waiting"
    number: str  #: such as "R-123"
    severity: str  #: such as "S1"
    state: str  #: such as "received"

    def __post_init__(self) -> None:
        for word in (self.event, self.number, self.severity, self.state):
            if not _WORD.fullmatch(word):
                raise ValueError("A signal is made of single words.")


@dataclass(frozen=True, slots=True)
class Sending:
    """A signal on its way: the same *id* again is the same signal, however often it is tried."""

    signal: Signal
    id: str
    happened: datetime


class Outlet(Protocol):
    """A way out for signals. It hears nothing, edits nothing and knows nobody: no `Platform`.

    Both verbs raise `DeliveryError`; a permanent one when it makes no sense to try again.
    """

    name: str

    async def tell(self, sending: Sending) -> None:
        """Hand a signal over."""

    async def check(self) -> None:
        """Find out whether signals are taken."""


def queue(session: Session, signal: Signal, *, key: str, about: str, now: datetime) -> None:
    """Tell *signal* by every outlet that is on, after the commit; once for each *key*."""
    payload = {
        "key": key,
        "about": about,
        "signal": asdict(signal),
        "id": f"msg_{uuid.uuid4().hex}",
        "happened": now.isoformat(),
        "tries": 0,
    }
    _enqueue(session, payload, run_at=now)


def wait_after(tries: int, retry_after: float | None = None) -> timedelta:
    """Return how long to wait after so many failed tries, and no less than the receiver asks."""
    wait = WAITS[tries - 1] * random.uniform(1, JITTER)  # noqa: S311  # spreads load only
    asked = timedelta(seconds=min(retry_after or 0, LONGEST_WAIT.total_seconds()))
    return max(wait, asked)


class Signals:
    """Carries signals to the outlets that are on; each outlet is tried apart from the others."""

    def __init__(self, database: Database, outlets: Mapping[str, Outlet], clock: Clock) -> None:
        self._database = database
        self._outlets = outlets
        self._clock = clock

    async def carry(self, job: Job) -> None:
        """Hand a signal to the job's outlet, or, in its first job, to a job for each outlet.

        Raises:
            DeliveryError: the outlet takes it at no time, or did not for three days.
        """
        if "outlet" not in job.payload:
            await self._database.write(lambda session: self._spread(session, job))
            return
        name = job.payload["outlet"]
        try:
            await self._tell(name, job)
        except DeliveryError as error:
            DELIVERIES.labels(name, "refused" if error.permanent else "later").inc()
            await self._try_later(job, error)
        else:
            DELIVERIES.labels(name, "posted").inc()
            await self._database.write(lambda session: jobs.finish(session, job))

    async def _tell(self, name: str, job: Job) -> None:
        outlet = self._outlets.get(name)
        if outlet is None:
            raise DeliveryError("outlet_is_off", permanent=True)
        happened = datetime.fromisoformat(job.payload["happened"])
        await outlet.tell(Sending(Signal(**job.payload["signal"]), job.payload["id"], happened))

    def _spread(self, session: Session, job: Job) -> None:
        if not jobs.finish(session, job):
            return
        for name in sorted(self._outlets):
            _enqueue(session, {**job.payload, "outlet": name}, run_at=self._clock.now())

    async def _try_later(self, job: Job, error: DeliveryError) -> None:
        """Leave the next try as a job of its own: no worker tries anything for three days.

        Raises:
            DeliveryError: there is no next try.
        """
        tries = job.payload["tries"] + 1
        if error.permanent or tries > len(WAITS):
            raise DeliveryError(error.code, permanent=True)
        wait = wait_after(tries, error.retry_after)
        run_at = self._clock.now() + wait
        log.info(
            "signal_postponed", job=job.id, code=error.code, seconds=round(wait.total_seconds())
        )

        def leave_next(session: Session) -> None:
            if jobs.finish(session, job):
                jobs.remark(session, job, f"{error.code}, to be tried again")
                _enqueue(session, {**job.payload, "tries": tries}, run_at=run_at)

        await self._database.write(leave_next)


def _enqueue(session: Session, payload: Mapping[str, Any], *, run_at: datetime) -> None:
    key = f"{SIGNAL}:{payload['key']}:{payload.get('outlet', '')}:{payload['tries']}"
    jobs.enqueue(session, SIGNAL, key, payload, lane=None, run_at=run_at, priority=jobs.ALERT)
