"""What the clock promises, and the ticker that goes by it."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock, FrozenClock, MovableClock, Ticker, as_utc, zone_named
from bot.errors import Invalid

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


class TestClock:
    def test_the_real_clock_tells_the_real_time_in_utc(self) -> None:
        clock = Clock()

        before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

        assert before <= now <= after
        assert now.tzinfo is UTC
        assert not clock.moved

    def test_a_movable_clock_runs_with_the_real_time_until_it_is_moved(self) -> None:
        clock = MovableClock()

        before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

        assert before <= now <= after
        assert not clock.moved

    def test_a_moved_clock_runs_on_from_where_it_was_moved_to(self) -> None:
        clock = MovableClock()

        clock.advance(A_DAY)
        clock.advance(A_DAY)
        before, now, after = datetime.now(UTC), clock.now(), datetime.now(UTC)

        assert before + 2 * A_DAY <= now <= after + 2 * A_DAY
        assert clock.offset == 2 * A_DAY
        assert clock.moved

    def test_a_moved_clock_still_knows_the_time_outside(self) -> None:
        clock = MovableClock()

        clock.advance(A_DAY)

        assert clock.wall() < clock.now() - timedelta(hours=23)

    def test_a_clock_is_moved_to_an_instant_in_any_zone(self) -> None:
        clock = FrozenClock(NOON)

        clock.move_to(datetime(2026, 11, 2, 18, tzinfo=timezone(timedelta(hours=5))))

        assert clock.now() == NOON + timedelta(hours=1)
        assert clock.offset == timedelta(hours=1)

    def test_a_clock_never_runs_backwards(self) -> None:
        clock = FrozenClock(NOON)

        with pytest.raises(ValueError, match="forward only"):
            clock.move_to(NOON - A_DAY)

        assert clock.now() == NOON

    def test_a_frozen_clock_stands_still_and_counts_as_moved(self) -> None:
        clock = FrozenClock(NOON)

        assert clock.now() == clock.now() == NOON
        assert clock.moved
        assert not clock.offset


class TestInstantsAndZones:
    def test_an_instant_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no time zone"):
            as_utc(datetime(2026, 1, 1))  # noqa: DTZ001 - the missing zone is the claim

    def test_a_zone_is_found_by_its_name(self) -> None:
        assert zone_named("Europe/London").key == "Europe/London"

    @pytest.mark.parametrize(
        "name",
        ["", "Mars/Phobos", "America", "../etc/passwd", "/etc", "\x00", "Zürich", "x" * 3000],
    )
    def test_a_zone_that_does_not_exist_is_refused_in_words(self, name: str) -> None:
        with pytest.raises(Invalid, match="such as Europe/London"):
            zone_named(name)


class TestTicker:
    async def test_a_sweep_runs_again_and_again_until_the_ticker_closes(self) -> None:
        ticker, thrice = Ticker(Clock()), asyncio.Event()
        runs: list[datetime] = []

        async def sweep(now: datetime) -> None:
            runs.append(now)
            if len(runs) == 3:
                thrice.set()

        ticker.every(0.01, "count", sweep)
        ticker.start()
        await asyncio.wait_for(thrice.wait(), timeout=60)
        await ticker.close()
        ran = len(runs)
        await asyncio.sleep(0.05)

        assert len(runs) == ran
        assert runs == sorted(runs)

    async def test_a_late_tick_is_neither_dropped_nor_made_up_for_in_a_burst(self) -> None:
        ticker = Ticker(Clock())

        async def sweep(_: datetime) -> None: ...

        ticker.every(60, "any", sweep)
        ticker.start()
        (job,) = ticker._scheduler.get_jobs()
        await ticker.close()

        assert job.misfire_grace_time is None
        assert job.coalesce
        assert job.max_instances == 1

    async def test_a_moved_clock_makes_every_sweep_run_at_once_in_order(self) -> None:
        clock = FrozenClock(NOON)
        ticker = Ticker(clock)
        seen: list[tuple[str, datetime]] = []

        async def schedules(now: datetime) -> None:
            seen.append(("schedules", now))

        async def leases(now: datetime) -> None:
            seen.append(("leases", now))

        ticker.every(3600, "schedules", schedules)
        ticker.every(3600, "leases", leases)
        clock.advance(A_DAY)
        await ticker.tick_now()

        assert seen == [("schedules", NOON + A_DAY), ("leases", NOON + A_DAY)]

    async def test_a_failing_sweep_is_logged_without_its_text_and_the_others_go_on(self) -> None:
        ticker = Ticker(FrozenClock(NOON))
        ran: list[str] = []

        async def broken(_: datetime) -> None:
            raise RuntimeError("Ada wrote this")

        async def sound(_: datetime) -> None:
            ran.append("sound")

        ticker.every(3600, "broken", broken)
        ticker.every(3600, "sound", sound)
        with capture_logs() as logs:
            await ticker.tick_now()
            await ticker.tick_now()

        assert ran == ["sound", "sound"]
        assert [entry["event"] for entry in logs] == ["sweep_failed", "sweep_failed"]
        assert logs[0]["sweep"] == "broken"
        assert logs[0]["error"] == "RuntimeError"
        assert "Ada" not in str(logs)

    async def test_a_sweep_never_runs_beside_itself(self) -> None:
        ticker = Ticker(FrozenClock(NOON))
        at_once, most = 0, 0

        async def sweep(_: datetime) -> None:
            nonlocal at_once, most
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0)
            at_once -= 1

        ticker.every(3600, "one at a time", sweep)
        await asyncio.gather(ticker.tick_now(), ticker.tick_now(), ticker.tick_now())

        assert most == 1

    async def test_closing_waits_for_a_running_sweep_and_starts_no_other(self) -> None:
        ticker = Ticker(Clock())
        begun, may_end = asyncio.Event(), asyncio.Event()
        ended: list[str] = []

        async def slow(_: datetime) -> None:
            begun.set()
            await may_end.wait()
            ended.append("slow")

        ticker.every(0.01, "slow", slow)
        ticker.start()
        await asyncio.wait_for(begun.wait(), timeout=60)
        closing = asyncio.create_task(ticker.close())
        waiting = asyncio.create_task(ticker.tick_now())
        await asyncio.sleep(0.05)
        closed_early = closing.done()
        may_end.set()
        await asyncio.gather(closing, waiting)

        assert not closed_early
        assert ended == ["slow"]

    async def test_a_ticker_that_never_started_can_be_closed_twice(self) -> None:
        ticker = Ticker(Clock())

        await ticker.close()
        await ticker.close()
