"""Claims due jobs and runs them: leases, heartbeats, retries, and dead letters in the end."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import DeliveryError
from storage import jobs
from storage.database import Database
from storage.jobs import Job

log = structlog.get_logger()

#: Jobs under way. With half as many a burst of 400 messages a second outran its answers.
SLOTS = 64
MAX_ATTEMPTS = 8
#: All of Parley stops within 10 s; the platforms and the database come after the worker.
STOPPING_SECONDS = 4

RunJob = Callable[[Job], Awaitable[None]]
#: Called in the transaction that gives the job up: nobody dies in silence.
ToldOfDeath = Callable[[Session, Job, str], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a worker looks for jobs, and how long they may take."""

    #: What nobody settled comes back after this: its worker died, or the database was away.
    lease: timedelta = timedelta(seconds=6)
    poll_seconds: float = 1.0
    #: A busy bot would otherwise look after every commit, past all jobs of a lane that is stuck.
    breath_seconds: float = 0.05
    time_limit_seconds: float = 30
    backoff_seconds: float = 2  #: before the second try; it doubles with every further one


class Worker:
    """Runs jobs of each kind by the function of that name, until `close`.

    A function finishes its job in its own transaction. A `DeliveryError` says whether another
    try makes sense; any other exception counts as a failed try.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        run: Mapping[str, RunJob],
        *,
        on_dead: ToldOfDeath,
        pace: Pace | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._run = run
        self._on_dead = on_dead
        self._owner = uuid.uuid4().hex
        self._pace = pace or Pace()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._awake = asyncio.Event()
        self._closing = False
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to claim jobs; on SQLite every lease is from a process that is gone."""
        if self._database.dialect == "sqlite":
            await self._database.write(jobs.clear_leases)
        self._database.on_wake(self._awake.set)
        self._loops = [
            asyncio.create_task(self._claim_forever(), name="worker"),
            asyncio.create_task(self._heartbeat_forever(), name="worker heartbeat"),
        ]

    async def close(self, *, patience_seconds: float = STOPPING_SECONDS) -> None:
        """Stop claiming, let running jobs finish for a while, and free what is left."""
        self._closing = True
        self._awake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_seconds):
                await self._finish()
        for task in (*self._running.values(), *self._loops):
            task.cancel()
        await asyncio.gather(*self._running.values(), *self._loops, return_exceptions=True)
        await self._database.write(lambda session: jobs.release(session, self._owner))

    async def _finish(self) -> None:
        """Wait for the claim under way, which may still bring jobs, and then for the jobs."""
        if self._loops:
            await asyncio.wait(self._loops[:1])
        if self._running:
            await asyncio.wait(self._running.values())

    async def idle(self) -> None:
        """Return when nothing is due and nothing runs."""
        while await self._claim() or self._running:
            await asyncio.wait(self._running.values())

    def _due_by(self) -> datetime | None:
        """Return the time that decides what is due; None lets the database's own clock decide.

        The database's clock is one for all replicas; a moved clock is the simulator's or a test's.
        """
        if self._database.dialect == "postgresql" and not self._clock.moved:
            return None
        return self._clock.now()

    async def _claim_forever(self) -> None:
        while not self._closing:
            self._awake.clear()
            try:
                claimed = await self._claim()
            except Exception:  # the database may be away; the worker outlives it
                log.exception("worker_claim_failed")
                claimed = 0
            if not claimed:
                await self._wait()

    async def _wait(self) -> None:
        """Wait for the next job, and a moment: what is left meanwhile is claimed together."""
        await asyncio.sleep(self._pace.breath_seconds)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._awake.wait(), self._pace.poll_seconds)

    async def _claim(self) -> int:
        """Claim as many due jobs as there are free slots, start them, and return how many."""
        free = SLOTS - len(self._running)
        if free <= 0 or self._closing:
            return 0
        now, running = self._due_by(), list(self._running)
        claimed = await self._database.write(
            lambda session: jobs.claim(
                session,
                owner=self._owner,
                slots=free,
                lease=self._pace.lease,
                now=now,
                running=running,
            )
        )
        for job in claimed:
            self._start(job)
        return len(claimed)

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._work(job), name=f"job {job.id}")
        self._running[job.id] = task

        def done(_: asyncio.Task[None]) -> None:
            del self._running[job.id]
            self._awake.set()

        task.add_done_callback(done)

    async def _work(self, job: Job) -> None:
        try:
            await self._attempt(job)
        except Exception:  # the database may be away; the lease runs out and the job comes back
            log.exception("job_not_settled", job=job.id, kind=job.kind)

    async def _attempt(self, job: Job) -> None:
        if job.attempts > MAX_ATTEMPTS:  # none of them came to an end: it stops whoever runs it
            await self._bury(job, "interrupted")
            return
        try:
            async with asyncio.timeout(self._pace.time_limit_seconds):
                await self._run[job.kind](job)
        except DeliveryError as error:
            await self._failed(job, error)
        except Exception as error:  # a poison job must not stop the others
            log.exception("job_failed", job=job.id, kind=job.kind, attempts=job.attempts)
            await self._failed(job, DeliveryError(type(error).__name__))

    async def _failed(self, job: Job, error: DeliveryError) -> None:
        """Put the job back for later, or among the dead letters."""
        if error.permanent or (job.attempts >= MAX_ATTEMPTS and error.retry_after is None):
            await self._bury(job, error.code)
            return
        counted = error.retry_after is None
        delay = self._backoff(job.attempts) if error.retry_after is None else error.retry_after
        run_at = self._clock.now() + timedelta(seconds=delay)
        log.info("job_postponed", job=job.id, code=error.code, seconds=round(delay, 1))
        await self._database.write(
            lambda session: jobs.retry_later(
                session, job, run_at=run_at, error=error.code, counted=counted
            )
        )

    def _backoff(self, attempts: int) -> float:
        return backoff(attempts, first=self._pace.backoff_seconds)

    async def _bury(self, job: Job, code: str) -> None:
        log.error("job_dead", job=job.id, kind=job.kind, code=code, attempts=job.attempts)

        def bury(session: Session) -> None:
            if jobs.bury(session, job, code):
                self._on_dead(session, job, code)

        await self._database.write(bury)

    async def _heartbeat_forever(self) -> None:
        while True:
            await asyncio.sleep(self._pace.lease.total_seconds() / 3)
            try:
                await self._heartbeat()
            except Exception:  # without the database the leases run out, as they should
                log.exception("worker_heartbeat_failed")

    async def _heartbeat(self) -> None:
        """Extend the leases of what runs; what another worker took over is stopped here."""
        ids = list(self._running)
        if not ids:
            return
        now = self._due_by()
        held = await self._database.write(
            lambda session: jobs.extend(
                session, ids, owner=self._owner, lease=self._pace.lease, now=now
            )
        )
        for lost in self._running.keys() & (set(ids) - held):
            self._running[lost].cancel()


def backoff(attempts: int, *, first: float = 2) -> float:
    """Return the seconds before the next try: 2, 4, 8 … up to 300, with up to a quarter more."""
    spread = random.uniform(1, 1.25)  # noqa: S311  # spreads load only
    return min(300.0, first * 2.0 ** (attempts - 1)) * spread
