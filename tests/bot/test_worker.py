"""Jobs run once, come back when they fail, and end among the dead letters in the end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.worker import MAX_ATTEMPTS, Pace, Worker, backoff
from storage import jobs
from storage.database import Database
from storage.jobs import Job, State
from tests.bot.house import House

#: Longer than any back-off.
AN_HOUR = timedelta(hours=1)
QUICK = Pace(lease=timedelta(seconds=0.3), poll_seconds=0.05, time_limit_seconds=5)


@dataclass
class Bench:
    """Workers over one database, and what they did."""

    house: House
    ran: list[str] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)

    def worker(
        self,
        run: Callable[[Job], Awaitable[None]],
        *,
        pace: Pace | None = None,
        clock: Clock | None = None,
    ) -> Worker:
        """Return a worker that is closed after the test."""
        made = Worker(
            self.house.database,
            clock or self.house.clock,
            {"toy": run},
            on_dead=self.bury,
            pace=pace,
        )
        self.workers.append(made)
        return made

    async def run(self, job: Job) -> None:
        """Do the job at once, once."""
        if await self.house.database.write(lambda session: jobs.finish(session, job)):
            self.ran.append(job.key)

    def bury(self, _session: Session, job: Job, code: str) -> None:
        """Note a job that was given up."""
        self.dead.append((job.key, code))

    async def add(self, *keys: str, lane: str | None = None, kind: str = "toy") -> None:
        """Leave jobs that are due now."""

        def enqueue(session: Session) -> None:
            for key in keys:
                now = self.house.clock.now()
                jobs.enqueue(session, kind, key, {}, lane=lane, run_at=now)

        await self.house.database.write(enqueue)


@pytest.fixture
async def bench(house: House) -> AsyncIterator[Bench]:
    bench = Bench(house)
    yield bench
    for worker in bench.workers:
        await worker.close(patience_seconds=0)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that must happen; a loaded machine may take its time."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - conditions are of many kinds, and read best so
            await asyncio.sleep(0.01)


class TestRunning:
    async def test_every_job_runs_once(self, bench: Bench) -> None:
        await bench.add(*map(str, range(40)))

        await bench.worker(bench.run).idle()

        assert sorted(bench.ran, key=int) == [str(number) for number in range(40)]

    async def test_a_job_that_is_left_wakes_the_worker(self, bench: Bench) -> None:
        slow_to_look = replace(QUICK, poll_seconds=3600, lease=AN_HOUR)
        await bench.worker(bench.run, pace=slow_to_look).start()
        await asyncio.sleep(0.05)

        await bench.add("one")

        await until(lambda: bench.ran == ["one"])

    async def test_a_job_whose_time_comes_is_found_by_looking(self, bench: Bench) -> None:
        now = bench.house.clock.now()
        await bench.house.write(
            lambda session: jobs.enqueue(
                session, "toy", "later", {}, lane=None, run_at=now + timedelta(seconds=1)
            )
        )
        await bench.worker(bench.run, pace=QUICK).start()

        bench.house.clock.advance(timedelta(seconds=2))

        await until(lambda: bench.ran == ["later"])

    async def test_by_the_real_clock_the_database_decides_what_is_due(self, bench: Bench) -> None:
        await bench.house.write(
            lambda session: jobs.enqueue(
                session, "toy", "one", {}, lane=None, run_at=Clock().now() - AN_HOUR
            )
        )

        await bench.worker(bench.run, clock=Clock()).idle()

        assert bench.ran == ["one"]

    async def test_no_more_jobs_run_at_once_than_there_are_slots(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.worker.SLOTS", 2)
        together: list[int] = []

        async def run(job: Job) -> None:
            together.append(len(worker._running))
            await asyncio.sleep(0)
            await bench.run(job)

        worker = bench.worker(run, pace=QUICK)
        await bench.add(*map(str, range(10)))

        await worker.idle()

        assert len(bench.ran) == 10
        assert max(together) <= 2


class TestFailing:
    async def test_a_poison_job_dies_after_its_tries_and_delays_nobody(self, bench: Bench) -> None:
        async def run(job: Job) -> None:
            if job.key == "poison":
                raise ValueError("the secret recipe")
            await bench.run(job)

        worker = bench.worker(run)
        await bench.add("poison", "good")

        with capture_logs() as lines:
            for _ in range(MAX_ATTEMPTS):
                await worker.idle()
                bench.house.clock.advance(AN_HOUR)

        assert bench.ran == ["good"]
        assert bench.dead == [("poison", "ValueError")]
        [dead] = await bench.house.jobs(State.DEAD)
        assert (dead.attempts, dead.error) == (MAX_ATTEMPTS, "ValueError")
        assert [line["event"] for line in lines].count("job_failed") == MAX_ATTEMPTS

    async def test_a_dead_job_lets_its_lane_go_on(self, bench: Bench) -> None:
        async def run(job: Job) -> None:
            if job.key == "first":
                raise DeliveryError("gone", permanent=True)
            await bench.run(job)

        await bench.add("first", "second", lane="one")

        await bench.worker(run).idle()

        assert (bench.dead, bench.ran) == ([("first", "gone")], ["second"])

    async def test_a_job_of_a_kind_that_nobody_runs_dies_like_any_other(self, bench: Bench) -> None:
        await bench.add("strange", kind="strange")
        worker = bench.worker(bench.run)

        for _ in range(MAX_ATTEMPTS):
            await worker.idle()
            bench.house.clock.advance(AN_HOUR)

        assert bench.dead == [("strange", "KeyError")]

    async def test_a_job_that_hangs_is_cut_and_tried_again(self, bench: Bench) -> None:
        async def run(job: Job) -> None:
            if job.attempts == 1:
                await asyncio.sleep(3600)
            await bench.run(job)

        worker = bench.worker(run, pace=replace(QUICK, time_limit_seconds=0.05, lease=AN_HOUR))
        await bench.add("slow")

        await worker.idle()
        bench.house.clock.advance(timedelta(seconds=10))
        await worker.idle()

        assert bench.ran == ["slow"]

    async def test_a_job_is_given_up_and_told_of_together_or_not_at_all(self, bench: Bench) -> None:
        async def run(job: Job) -> None:
            if job.key == "first":
                raise DeliveryError("gone", permanent=True)
            await bench.run(job)

        def fail(_session: Session, _job: Job, _code: str) -> None:
            raise OSError("no way to tell")

        worker = Worker(bench.house.database, bench.house.clock, {"toy": run}, on_dead=fail)
        await bench.add("first", "second")

        with capture_logs() as lines:
            await worker.idle()

        assert bench.ran == ["second"]
        assert "job_not_settled" in {line["event"] for line in lines}
        assert [job.key for job in await bench.house.jobs()] == ["first"]
        assert await bench.house.jobs(State.DEAD) == []

    async def test_a_job_that_ends_its_process_each_time_is_given_up(self, bench: Bench) -> None:
        await bench.add("killer", "good", lane="one")
        for _ in range(MAX_ATTEMPTS):
            await bench.house.database.write(
                lambda session: jobs.claim(
                    session, owner="killed", slots=1, lease=AN_HOUR, now=bench.house.clock.now()
                )
            )
            bench.house.clock.advance(AN_HOUR)

        await bench.worker(bench.run).idle()

        assert (bench.dead, bench.ran) == ([("killer", "interrupted")], ["good"])

    async def test_a_database_that_is_away_is_survived(self, bench: Bench) -> None:
        worker = bench.worker(bench.run, pace=QUICK)
        await worker.start()
        await bench.house.database.close()

        with capture_logs() as lines:
            await until(lambda: any(line["event"] == "worker_claim_failed" for line in lines))
            await bench.house.database.open()
            await bench.add("one")
            await until(lambda: bench.ran == ["one"])

    def test_the_time_between_tries_grows_and_is_spread(self) -> None:
        waits = [[backoff(attempts) for _ in range(50)] for attempts in range(1, 12)]

        assert all(2 <= wait <= 2.5 for wait in waits[0])
        assert all(300 <= wait <= 375 for wait in waits[-1])
        assert len(set(waits[0])) > 1


class TestSeveralWorkers:
    async def test_two_workers_share_the_jobs_and_keep_a_lanes_order(self, bench: Bench) -> None:
        one, two = bench.worker(bench.run), bench.worker(bench.run)
        await bench.add(*map(str, range(10)), lane="one")
        await bench.add(*map(str, range(10, 30)))

        await asyncio.gather(one.idle(), two.idle())
        await one.idle()

        assert [key for key in bench.ran if int(key) < 10] == [str(number) for number in range(10)]
        assert len(bench.ran) == 30

    async def test_a_heartbeat_keeps_a_long_job(self, bench: Bench) -> None:
        released = asyncio.Event()

        async def run(job: Job) -> None:
            await released.wait()
            await bench.run(job)

        await bench.add("long")
        slow, other = bench.worker(run, pace=Pace()), bench.worker(bench.run)
        await slow._claim()

        for _ in range(5):
            bench.house.clock.advance(Pace().lease * 2 / 3)
            await slow._heartbeat()
            await other.idle()
        stolen = list(bench.ran)
        released.set()
        await slow.idle()

        assert (stolen, bench.ran) == ([], ["long"])

    async def test_a_worker_that_vanished_is_taken_over(self, bench: Bench) -> None:
        async def vanish(_job: Job) -> None:
            await asyncio.sleep(3600)

        await bench.add("one")
        gone = bench.worker(vanish, pace=Pace())
        await gone._claim()
        next(iter(gone._running.values())).cancel()
        successor = bench.worker(bench.run)

        await successor.idle()
        before = list(bench.ran)
        bench.house.clock.advance(Pace().lease)
        await successor.idle()

        assert (before, bench.ran) == ([], ["one"])

    async def test_whoever_was_taken_over_stops(self, bench: Bench) -> None:
        stopped = asyncio.Event()

        async def hang(_job: Job) -> None:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)
            stopped.set()

        slow = bench.worker(hang)
        await bench.add("one")
        await slow._claim()
        await asyncio.sleep(0)
        bench.house.clock.advance(AN_HOUR)
        await bench.worker(bench.run).idle()

        await slow._heartbeat()

        await asyncio.wait_for(stopped.wait(), 60)
        assert bench.ran == ["one"]

    async def test_a_worker_does_not_claim_what_it_still_runs(self, bench: Bench) -> None:
        released, started = asyncio.Event(), []

        async def run(job: Job) -> None:
            started.append(job.attempts)
            await released.wait()
            await bench.run(job)

        worker = bench.worker(run)
        await bench.add("one")
        await worker._claim()

        bench.house.clock.advance(AN_HOUR)
        await worker._claim()
        released.set()
        await worker.idle()

        assert (started, bench.ran) == ([1], ["one"])

    async def test_whoever_was_taken_over_gives_nothing_up(self, bench: Bench) -> None:
        released = asyncio.Event()

        async def refuse(_job: Job) -> None:
            await released.wait()
            raise DeliveryError("gone", permanent=True)

        slow = bench.worker(refuse)
        await bench.add("one")
        await slow._claim()
        bench.house.clock.advance(AN_HOUR)
        await bench.worker(bench.run).idle()

        released.set()
        await slow.idle()

        assert (bench.ran, bench.dead) == (["one"], [])

    async def test_a_heartbeat_without_jobs_asks_nothing(self, bench: Bench) -> None:
        await bench.house.database.close()

        await bench.worker(bench.run)._heartbeat()

        await bench.house.database.open()

    async def test_a_heartbeat_outlives_a_database_that_is_away(self, bench: Bench) -> None:
        async def hang(_job: Job) -> None:
            await asyncio.sleep(3600)

        worker = bench.worker(hang, pace=QUICK)
        await bench.add("one")
        await worker.start()
        await until(lambda: bool(worker._running))
        await bench.house.database.close()

        with capture_logs() as lines:
            await until(lambda: any(line["event"] == "worker_heartbeat_failed" for line in lines))

        await bench.house.database.open()


class TestClosing:
    async def test_a_running_job_may_finish(self, bench: Bench) -> None:
        released = asyncio.Event()

        async def run(job: Job) -> None:
            await released.wait()
            await bench.run(job)

        worker = bench.worker(run)
        await bench.add("one")
        await worker.start()
        await until(lambda: bool(worker._running))

        closing = asyncio.create_task(worker.close())
        await asyncio.sleep(0.05)
        released.set()
        await closing

        assert bench.ran == ["one"]

    async def test_what_does_not_finish_is_free_for_others_at_once(self, bench: Bench) -> None:
        async def hang(_job: Job) -> None:
            await asyncio.sleep(3600)

        worker = bench.worker(hang)
        await bench.add("one")
        await worker.start()
        await until(lambda: bool(worker._running))

        await worker.close(patience_seconds=0.05)
        await bench.worker(bench.run).idle()

        assert bench.ran == ["one"]

    async def test_a_closed_worker_claims_nothing(self, bench: Bench) -> None:
        worker = bench.worker(bench.run)
        await worker.start()
        await worker.close()
        await bench.add("one")

        await worker.idle()

        assert bench.ran == []

    async def test_a_start_on_sqlite_frees_what_a_killed_process_held(
        self, bench: Bench, database: Database
    ) -> None:
        await bench.add("one")
        await database.write(
            lambda session: jobs.claim(
                session, owner="killed", slots=1, lease=AN_HOUR, now=bench.house.clock.now()
            )
        )

        await bench.worker(bench.run).start()
        if database.dialect == "postgresql":
            bench.house.clock.advance(AN_HOUR)

        await until(lambda: bench.ran == ["one"])


def test_what_nobody_settled_comes_back_within_ten_seconds() -> None:
    assert Pace().lease.total_seconds() + Pace().poll_seconds < 10
