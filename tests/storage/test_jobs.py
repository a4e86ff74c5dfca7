"""Jobs: once for each key, in strict lanes, under a lease that another worker can take over."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import jobs
from storage.database import Database
from storage.jobs import Job, NoSuchJob, State

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEASE = SECOND * 15


def leave(
    session: Session,
    key: str,
    *,
    lane: str | None = None,
    run_at: datetime = NOW,
    priority: int = jobs.NORMAL,
) -> bool:
    return jobs.enqueue(
        session, "send", key, {"text": key}, lane=lane, run_at=run_at, priority=priority
    )


def leave_all(session: Session, *keys: str, lane: str | None = None) -> None:
    for key in keys:
        leave(session, key, lane=lane)


async def claim(
    database: Database, owner: str = "a", *, slots: int = 10, now: datetime | None = NOW
) -> list[Job]:
    return await database.write(
        lambda s: jobs.claim(s, owner=owner, slots=slots, lease=LEASE, now=now)
    )


async def test_a_key_is_enqueued_once_even_after_it_is_done(database: Database) -> None:
    first = await database.write(lambda s: leave(s, "vote:1:deadline:1"))
    second = await database.write(lambda s: leave(s, "vote:1:deadline:1"))
    [job] = await claim(database)
    await database.write(lambda s: jobs.finish(s, job))
    third = await database.write(lambda s: leave(s, "vote:1:deadline:1"))

    assert (first, second, third) == (True, False, False)


async def test_of_many_who_enqueue_a_key_at_once_one_does(database: Database) -> None:
    added = await asyncio.gather(*(database.write(lambda s: leave(s, "k")) for _ in range(20)))

    assert added.count(True) == 1


async def test_a_job_left_by_a_unit_that_failed_is_not_there(database: Database) -> None:
    def fail(session: Session) -> None:
        leave(session, "k")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(fail)

    assert await claim(database) == []


async def test_leaving_a_job_wakes_the_worker(database: Database) -> None:
    woken: list[int] = []
    database.on_wake(lambda: woken.append(1))

    await database.write(lambda s: leave(s, "k"))
    after_first = len(woken)
    await database.write(lambda s: leave(s, "k"))

    assert (after_first, len(woken)) == (1, 1)


async def test_a_claimed_job_is_as_it_was_left(database: Database) -> None:
    await database.write(lambda s: leave(s, "k", lane="C1"))

    [job] = await claim(database, "worker")

    assert (job.kind, job.key, job.lane, job.payload) == ("send", "k", "C1", {"text": "k"})
    assert (job.state, job.attempts, job.error) == (State.READY, 1, None)
    assert (job.lease_owner, job.lease_until) == ("worker", NOW + LEASE)
    assert abs(job.created - datetime.now(UTC)) < timedelta(minutes=5)


async def test_a_job_is_claimed_when_it_is_due_and_not_before(database: Database) -> None:
    await database.write(lambda s: leave(s, "k", run_at=NOW + SECOND))

    assert await claim(database, now=NOW) == []
    assert len(await claim(database, now=NOW + SECOND)) == 1


async def test_alerts_go_first(database: Database) -> None:
    def leave_mixed(session: Session) -> None:
        leave(session, "send", run_at=NOW - SECOND * 5)
        leave(session, "older send", run_at=NOW - SECOND * 6)
        leave(session, "alert", priority=jobs.ALERT)

    await database.write(leave_mixed)

    first = await claim(database, slots=2)
    rest = await claim(database, slots=2)

    assert [job.key for job in first + rest] == ["alert", "older send", "send"]


async def test_a_lane_goes_one_by_one_in_order(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2", lane="C1"))
    await database.write(lambda s: leave_all(s, "x", lane="C2"))

    first = await claim(database)
    blocked = await claim(database)
    await database.write(lambda s: jobs.finish(s, first[0]))
    second = await claim(database)

    assert [job.key for job in first] == ["1", "x"]
    assert blocked == []
    assert [job.key for job in second] == ["2"]


async def test_a_job_put_back_for_later_still_holds_its_lane(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2", lane="C1"))
    [job] = await claim(database)

    await database.write(
        lambda s: jobs.retry_later(s, job, run_at=NOW + SECOND * 60, error="429", counted=True)
    )

    assert await claim(database) == []
    [again] = await claim(database, now=NOW + SECOND * 60)
    assert (again.key, again.attempts, again.error) == ("1", 2, "429")


async def test_a_dead_job_does_not_block_its_lane(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2", lane="C1"))
    [job] = await claim(database)

    await database.write(lambda s: jobs.bury(s, job, "channel_not_found"))

    assert [job.key for job in await claim(database)] == ["2"]


async def test_jobs_without_a_lane_wait_for_nobody(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2", "3"))

    assert [job.key for job in await claim(database)] == ["1", "2", "3"]


async def test_workers_at_once_never_claim_the_same_job(database: Database) -> None:
    await database.write(lambda s: leave_all(s, *map(str, range(60))))

    claims = await asyncio.gather(*(claim(database, f"w{n}", slots=5) for n in range(12)))

    ids = [job.id for claimed in claims for job in claimed]
    assert len(ids) == len(set(ids))
    rest = await claim(database, "last", slots=60)
    assert len(ids) + len(rest) == 60


async def test_workers_at_once_keep_the_order_of_a_lane(database: Database) -> None:
    await database.write(lambda s: leave_all(s, *map(str, range(10)), lane="C1"))
    done: list[str] = []

    async def work(owner: str) -> None:
        while len(done) < 10:
            for job in await claim(database, owner):
                done.append(job.key)
                await database.write(partial(_finish, job=job))

    async with asyncio.timeout(60):
        await asyncio.gather(*(work(f"w{n}") for n in range(4)))

    assert done == [str(n) for n in range(10)]


def _finish(session: Session, job: Job) -> bool:
    return jobs.finish(session, job)


async def test_a_lease_that_ran_out_is_taken_over(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [lost] = await claim(database, "slow")

    early = await claim(database, "quick", now=NOW + LEASE - SECOND)
    [taken] = await claim(database, "quick", now=NOW + LEASE)

    assert early == []
    assert (taken.id, taken.attempts) == (lost.id, 2)


async def test_who_lost_the_lease_cannot_settle_the_job(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [lost] = await claim(database, "slow")
    [taken] = await claim(database, "quick", now=NOW + LEASE)

    def settle_late(session: Session) -> list[bool]:
        return [
            jobs.finish(session, lost),
            jobs.bury(session, lost, "late"),
            jobs.retry_later(session, lost, run_at=NOW, error="late", counted=True),
        ]

    assert await database.write(settle_late) == [False, False, False]
    assert await database.write(lambda s: jobs.finish(s, taken))
    assert not await database.write(lambda s: jobs.finish(s, taken))


async def test_one_owner_who_claimed_twice_settles_only_its_last_attempt(
    database: Database,
) -> None:
    await database.write(lambda s: leave(s, "k"))
    [first] = await claim(database)
    [second] = await claim(database, now=NOW + LEASE)

    assert not await database.write(lambda s: jobs.finish(s, first))
    assert await database.write(lambda s: jobs.finish(s, second))


async def test_a_heartbeat_prolongs_what_is_still_held(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2"))
    mine, lost = await claim(database, "a")
    await database.write(lambda s: jobs.finish(s, lost))

    held = await database.write(
        lambda s: jobs.extend(s, [mine.id, lost.id], owner="a", lease=LEASE, now=NOW + SECOND * 10)
    )

    assert held == {mine.id}
    assert await claim(database, "b", now=NOW + SECOND * 24) == []
    assert len(await claim(database, "b", now=NOW + SECOND * 25)) == 1


async def test_a_retry_that_does_not_count_leaves_the_attempts(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [job] = await claim(database)

    await database.write(lambda s: jobs.retry_later(s, job, run_at=NOW, error="429", counted=False))

    [again] = await claim(database)
    assert again.attempts == 1


async def test_a_worker_that_stops_frees_its_own_jobs(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2"))
    await claim(database, "a", slots=1)
    await claim(database, "b", slots=1)

    await database.write(lambda s: jobs.release(s, "a"))

    assert [job.key for job in await claim(database, "c")] == ["1"]


async def test_clearing_leases_frees_every_job(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "1", "2"))
    await claim(database, "gone")

    await database.write(jobs.clear_leases)

    assert len(await claim(database, "new")) == 2


async def test_a_dead_job_can_be_replayed(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [job] = await claim(database)
    await database.write(lambda s: jobs.bury(s, job, "gone"))
    [dead] = await database.read(lambda s: jobs.listing(s, State.DEAD))

    replayed = [
        await database.write(lambda s: jobs.replay(s, dead.id, now=NOW + SECOND)) for _ in "ab"
    ]

    assert dead.error == "gone"
    assert replayed == [True, False]
    [again] = await claim(database, now=NOW + SECOND)
    assert (again.attempts, again.error) == (2, None)


async def test_a_discarded_job_never_runs_and_keeps_its_key(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [job] = await database.read(lambda s: jobs.listing(s, State.READY))

    discarded = [await database.write(lambda s: jobs.discard(s, job.id)) for _ in "ab"]

    assert discarded == [True, False]
    assert await claim(database) == []
    assert not await database.write(lambda s: leave(s, "k"))


async def test_a_running_job_cannot_be_discarded(database: Database) -> None:
    await database.write(lambda s: leave(s, "k"))
    [job] = await claim(database)

    assert not await database.write(lambda s: jobs.discard(s, job.id))


async def test_operators_see_counts_and_the_longest_wait(database: Database) -> None:
    await database.write(lambda s: leave(s, "late", run_at=NOW - SECOND * 40))
    await database.write(lambda s: leave(s, "later", run_at=NOW + SECOND))

    assert await database.read(jobs.counts) == {State.READY: 2, State.DONE: 0, State.DEAD: 0}
    assert await database.read(lambda s: jobs.oldest_ready(s, NOW)) == NOW - SECOND * 40
    assert await database.read(lambda s: jobs.oldest_ready(s, NOW - SECOND * 50)) is None


async def test_waiting_for_the_one_before_or_for_its_end_is_no_standstill(
    database: Database,
) -> None:
    await database.write(lambda s: leave(s, "first", lane="a", run_at=NOW - SECOND * 40))
    await database.write(lambda s: leave(s, "second", lane="a", run_at=NOW - SECOND * 30))
    await claim(database)

    assert await database.read(lambda s: jobs.oldest_ready(s, NOW)) is None


async def test_only_what_is_done_is_pruned(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "done", "dead", "ready"))
    done, dead = await claim(database, slots=2)
    await database.write(lambda s: jobs.finish(s, done))
    await database.write(lambda s: jobs.bury(s, dead, "gone"))

    assert await database.write(lambda s: jobs.prune(s, NOW)) == 0
    assert await database.write(lambda s: jobs.prune(s, NOW + SECOND)) == 1

    with pytest.raises(NoSuchJob, match="no job"):
        await database.read(lambda s: jobs.show(s, done.id))
    assert (await database.read(lambda s: jobs.show(s, dead.id))).state is State.DEAD


async def test_a_number_is_never_used_again(database: Database) -> None:
    await database.write(lambda s: leave(s, "1"))
    [job] = await claim(database)
    await database.write(lambda s: jobs.finish(s, job))
    await database.write(lambda s: jobs.prune(s, NOW + SECOND))

    await database.write(lambda s: leave(s, "2"))

    [newer] = await claim(database)
    assert newer.id > job.id


async def test_postgresql_decides_by_its_own_clock(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    real = datetime.now(UTC)
    await database.write(lambda s: leave(s, "due", run_at=real - timedelta(minutes=5)))
    await database.write(lambda s: leave(s, "not due", run_at=real + timedelta(minutes=5)))

    claimed = await claim(database, now=None)
    held = await database.write(
        lambda s: jobs.extend(s, [claimed[0].id], owner="a", lease=LEASE, now=None)
    )

    assert [job.key for job in claimed] == ["due"]
    assert held == {claimed[0].id}
    await database.close()


async def test_a_claim_reads_the_partial_indexes(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    plans: list[str] = []

    def explain(session: Session) -> None:
        def keep(_c: object, _k: object, statement: str, values: object, *_: object) -> None:
            if statement.startswith("WITH"):
                rows = driver.execute("EXPLAIN QUERY PLAN " + statement, values).fetchall()
                plans.extend(row[3] for row in rows)

        connection = session.connection()
        driver = connection.connection
        sa.event.listen(connection, "before_cursor_execute", keep)
        jobs.claim(session, owner="a", slots=8, lease=LEASE, now=NOW)
        sa.event.remove(connection, "before_cursor_execute", keep)

    await database.write(explain)

    plan = "\n".join(plans)
    assert "ix_job_due" in plan
    assert "ix_job_lane" in plan
    assert "USE TEMP B-TREE" not in plan
    await database.close()


async def test_the_keys_of_what_is_still_to_be_done_are_known(database: Database) -> None:
    await database.write(lambda s: leave_all(s, "a", "b", "c"))
    [first, second, _] = await claim(database, slots=3)
    await database.write(lambda s: jobs.finish(s, first))
    await database.write(lambda s: jobs.bury(s, second, "refused"))

    assert await database.read(lambda s: jobs.waiting_keys(s, "send")) == {"c"}
    assert await database.read(lambda s: jobs.waiting_keys(s, "timer")) == set()
    assert await database.read(lambda s: jobs.waiting_among(s, ["a", "b", "c", "d"])) == {"c"}
