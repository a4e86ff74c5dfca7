"""The auditor: what is open goes on by itself, or the admins hear of it."""

import math
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import outbox
from bot.auditor import Auditor
from bot.scheduler import Scheduler
from storage import jobs, schedules
from storage.jobs import Job
from tests.bot.house import House

DAY = timedelta(days=1)


@pytest.fixture
async def scheduler(house: House) -> Scheduler:
    """The clock of what comes back by itself, set as at every start."""
    scheduler = Scheduler(house.database)
    await scheduler.keep(house.engine.routes.timers.values(), "UTC", house.clock.now())
    return scheduler


@pytest.fixture
def auditor(house: House, scheduler: Scheduler) -> Auditor:
    return another(house)


def another(house: House) -> Auditor:
    return Auditor(house.database, house.engine.routes, house.clock, house.engine.keepers.alert)


async def problems(house: House, auditor: Auditor) -> list[str]:
    await auditor.sweep(house.clock.now())
    return await auditor.problems()


async def alerts(house: House) -> list[str]:
    """Return what the admins are told, once for each of the two."""
    sent = [job for job in await house.jobs() if job.kind == "send"]
    assert {job.priority for job in sent} <= {jobs.ALERT}
    return [outbox.unpack(house.sealer, job.key, job.payload).message.text for job in sent]


async def timer(house: House) -> Job:
    [found] = [job for job in await house.jobs() if job.kind == "timer"]
    return found


async def fire(house: House) -> None:
    """Claim the timer and let its handler run."""
    house.clock.advance(DAY)
    now = house.clock.now()
    [due] = await house.database.write(
        lambda s: jobs.claim(s, owner="me", slots=1, lease=DAY, now=now)
    )
    await house.engine.run_timer(due)


async def die(house: House) -> int:
    """Claim the timer and give it up."""
    now = house.clock.now() + DAY
    [due] = await house.database.write(
        lambda s: jobs.claim(s, owner="me", slots=1, lease=DAY, now=now)
    )
    await house.write(lambda session: jobs.bury(session, due, "KeyError"))
    return due.id


class TestOpenThings:
    async def test_an_open_thing_with_its_timer_is_in_order(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.says("toy lend Bear")

        assert await problems(house, auditor) == []
        assert await alerts(house) == []

    async def test_a_thing_that_its_timer_has_closed_is_in_order(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.says("toy lend Bear")
        await fire(house)
        await Scheduler(house.database).sweep(house.clock.now())

        assert await problems(house, auditor) == []

    async def test_each_admin_is_told_once_of_a_thing_whose_timer_died(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.says("toy lend Bear")
        await die(house)

        first = await problems(house, auditor)
        again = await problems(house, auditor)

        assert first == again == ["Without a timer or late: 1. The admins were told which."]
        told = await alerts(house)
        assert len(told) == 2
        assert told[0].startswith("loan:Bear is open, but its timer loan:Bear:end is not waiting")

    async def test_two_replicas_tell_as_one(self, house: House, auditor: Auditor) -> None:
        await house.says("toy lend Bear")
        await die(house)

        await problems(house, auditor)
        await problems(house, another(house))

        assert len(await alerts(house)) == 2

    async def test_once_it_is_mended_all_is_well_at_once(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.says("toy lend Bear")
        dead = await die(house)
        before = await problems(house, auditor)
        await house.write(lambda session: jobs.replay(session, dead, now=house.clock.now()))

        assert before != []
        assert await auditor.problems() == []

    async def test_a_thing_whose_timer_was_settled_without_it_is_found(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.says("toy lend Bear")
        waiting = await timer(house)
        await house.write(lambda session: jobs.discard(session, waiting.id))

        assert await problems(house, auditor) != []


class TestSchedules:
    async def test_what_comes_back_without_a_schedule_is_found(
        self, house: House, auditor: Auditor
    ) -> None:
        await house.write(_switch_all_off)

        assert await problems(house, auditor) != []
        assert (
            "toys.weekly should come back by itself, but nothing says when"
            in (await alerts(house))[0]
        )

    async def test_what_is_late_is_found_until_it_has_fired(
        self, house: House, auditor: Auditor, scheduler: Scheduler
    ) -> None:
        house.clock.advance(timedelta(days=8))

        late = await problems(house, auditor)
        told = await alerts(house)
        await scheduler.sweep(house.clock.now())

        assert late != []
        assert "toys.weekly should have come back by itself at 2026-11-09 09:00 UTC" in told[0]
        assert await auditor.problems() == []

    async def test_a_moment_late_is_on_time(self, house: House, auditor: Auditor) -> None:
        [weekly] = await house.database.read(schedules.listing)
        house.clock.move_to(weekly.next_at + timedelta(minutes=4))

        assert await problems(house, auditor) == []


async def test_an_auditor_that_has_not_looked_for_long_is_a_problem(auditor: Auditor) -> None:
    auditor._looked = -math.inf

    [problem] = await auditor.problems()

    assert problem == "Nobody has looked for a while whether all that is open has a timer."


def _switch_all_off(session: Session) -> None:
    for row in schedules.listing(session):
        schedules.switch(session, row.id, enabled=False)
