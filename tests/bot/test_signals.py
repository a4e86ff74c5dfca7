"""Signals: each outlet is tried for three days, with the same id, and never sooner than asked."""

import itertools
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.web import Response

from bot import signals
from bot.errors import DeliveryError
from bot.signals import JITTER, WAITS, Outlet, Sending, Signal, Signals
from bot.worker import Worker
from storage.jobs import Job, State
from tests.adapters.webhook.receiver import Receiver, receiving
from tests.bot.house import House

SIGNAL = Signal("report.waiting", "R-12", "S1", "received")


class Closed:
    """A way out that leads nowhere for good."""

    name = "mail"

    async def tell(self, sending: Sending) -> None:
        """Refuse."""
        raise DeliveryError("nobody_there", permanent=True)

    async def check(self) -> None:
        """Refuse."""
        raise DeliveryError("nobody_there", permanent=True)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


def worker(house: House, *outlets: Outlet) -> Worker:
    """Return a worker for these ways out."""
    carrying = Signals(house.database, {one.name: one for one in outlets}, house.clock)
    return Worker(
        house.database,
        house.clock,
        {"signal": carrying.carry},
        on_dead=house.engine.keepers.tell_of_death,
    )


async def told(house: House, key: str = "report:12:1") -> None:
    now = house.clock.now()
    await house.write(
        lambda session: signals.queue(session, SIGNAL, key=key, about="report:12", now=now)
    )


async def waiting(house: House) -> list[Job]:
    return [job for job in await house.jobs() if job.kind == "signal"]


def ids(receiver: Receiver) -> set[str]:
    return {headers["webhook-id"] for headers, _ in receiver.taken}


async def test_what_is_told_twice_under_one_key_leaves_once(
    house: House, receiver: Receiver
) -> None:
    await told(house)
    await told(house)

    await worker(house, receiver.outlet()).idle()

    assert len(receiver.taken) == 1
    assert await waiting(house) == []


async def test_without_a_way_out_nothing_happens(house: House) -> None:
    await told(house)

    await worker(house).idle()

    assert await house.jobs() == await house.jobs(State.DEAD) == []


async def test_a_signal_is_tried_at_its_times_for_three_days_and_then_an_admin_is_told(
    house: House, receiver: Receiver
) -> None:
    receiver.fails(*[503] * 10)
    running = worker(house, receiver.outlet())
    await told(house)
    waits = []

    for _ in WAITS:
        await running.idle()
        [job] = await waiting(house)
        waits.append(job.run_at - house.clock.now())
        house.clock.move_to(job.run_at)
    await running.idle()

    assert all(
        wait <= waited <= wait * JITTER + timedelta(seconds=1)
        for wait, waited in zip(WAITS, waits, strict=True)
    )
    assert sum(WAITS, timedelta()) > timedelta(days=3)
    assert len(receiver.taken) == 10
    assert len(ids(receiver)) == 1
    [dead] = await house.jobs(State.DEAD)
    assert dead.error == "http_503"
    assert [job for job in await house.jobs() if job.kind == "send"]


async def test_nothing_is_tried_before_the_receiver_asks_for_it(
    house: House, receiver: Receiver
) -> None:
    receiver.fails(429, Retry_After="7200")
    running = worker(house, receiver.outlet())
    await told(house)

    await running.idle()
    house.clock.advance(timedelta(hours=2) - timedelta(seconds=1))
    await running.idle()
    too_soon = len(receiver.taken)
    house.clock.advance(timedelta(seconds=2))
    await running.idle()

    assert (too_soon, len(receiver.taken)) == (1, 2)
    assert len(ids(receiver)) == 1


async def test_no_receiver_holds_a_signal_for_longer_than_a_day(
    house: House, receiver: Receiver
) -> None:
    receiver.fails(503, Retry_After="999999999")
    await told(house)

    await worker(house, receiver.outlet()).idle()

    [job] = await waiting(house)
    assert job.run_at - house.clock.now() <= timedelta(days=1)


async def test_a_way_that_is_closed_does_not_hold_up_the_other(
    house: House, receiver: Receiver
) -> None:
    await told(house)

    await worker(house, Closed(), receiver.outlet()).idle()

    assert len(receiver.taken) == 1
    [dead] = await house.jobs(State.DEAD)
    assert (dead.payload["outlet"], dead.error) == ("mail", "nobody_there")


async def test_what_was_on_its_way_when_an_outlet_was_switched_off_is_a_dead_letter(
    house: House, receiver: Receiver
) -> None:
    receiver.script.append(Response(status=500))
    await told(house)
    await worker(house, receiver.outlet()).idle()
    [job] = await waiting(house)
    house.clock.move_to(job.run_at)

    await worker(house).idle()

    [dead] = await house.jobs(State.DEAD)
    assert dead.error == "outlet_is_off"


def test_waits_are_those_of_the_specification() -> None:
    hours = [timedelta(hours=count) for count in (2, 5, 10, 14, 20, 24)]
    first = [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]

    assert list(WAITS) == first + hours
    assert all(one < other for one, other in itertools.pairwise(WAITS))
