"""Nothing is lost in silence: workflows hear of closed ways, and the outside of the last one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot import outbox
from bot.context import Context
from bot.delivery import Delivery
from bot.errors import NO_ROUTE, DeliveryError
from bot.hooks import Loss
from bot.inbound import Place, Room, UserRef
from bot.losses import Losses
from bot.outbox import Envelope
from bot.signals import Signal
from bot.ui import Message
from bot.worker import Worker
from storage import people
from storage.jobs import Job, State
from storage.people import Person
from tests.bot.house import ADA, House
from tests.bot.platforms import CLOSED

DISABLED = DeliveryError("user_disabled", permanent=True, out_of_reach=True)
SIGNAL = Signal("report.waiting", "R-12", "S1", "received")
KEY, ABOUT = "report:12:call", "report:12"
HEARD = Loss(ABOUT, KEY, "user_disabled")


@pytest.fixture
def heard() -> list[Loss]:
    """What workflows have heard of."""
    return []


@pytest.fixture
def worker(house: House, heard: list[Loss]) -> Worker:
    def hear(ctx: Context, loss: Loss) -> None:
        heard.append(loss)

    losses = Losses([hear], house.engine.keepers, house.clock, house.sealer)
    delivery = Delivery(
        *(house.database, {"slack": house.slack, "teams": house.teams}),
        *(house.sealer, house.clock),
        standings=house.standings,
        missed=losses.missed,
    )
    return Worker(
        *(house.database, house.clock, {"send": delivery.deliver, "signal": _never}),
        on_dead=losses.died,
    )


async def _never(job: Job) -> None:
    raise DeliveryError("later")


async def send(
    house: House,
    to: Person | int | UserRef | Place | Room,
    *otherwise: Person | int | UserRef | Place | Room,
) -> None:
    def queue(session: Session) -> None:
        envelope = Envelope(KEY, ABOUT, otherwise=otherwise, outside=SIGNAL)
        message = Message(text="Please look.")
        now = house.clock.now()
        outbox.queue(session, house.sealer, message, to=to, envelope=envelope, now=now)

    await house.write(queue)


async def signals(house: House) -> int:
    return len([job for job in await house.jobs() if job.kind == "signal"])


async def test_what_arrives_is_told_to_nobody_else(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    await send(house, ADA)

    await worker.idle()

    assert heard == []
    assert await signals(house) == 0


async def test_what_goes_to_the_next_in_line_is_heard_of_and_stays_inside(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    house.slack.fail("direct", DISABLED)
    await send(house, 1, 2)

    await worker.idle()

    assert heard == [HEARD]
    assert await signals(house) == 0
    assert [one.place.channel for one in house.slack.posts] == ["DUOLGA"]


async def test_what_no_channel_takes_is_heard_of_with_the_channel(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    where = Place("slack", "T1", "C1")
    house.slack.fail("post", CLOSED)
    await send(house, where)

    await worker.idle()

    assert heard == [Loss(ABOUT, KEY, CLOSED.code, is_final=True, place=where)]


async def test_what_takes_another_way_to_the_same_person_is_heard_of(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    await house.write(lambda session: people.link_account(session, 1, "teams", "T9", "ada"))
    house.slack.fail("direct", DISABLED)
    await send(house, 1)

    await worker.idle()

    assert heard == [HEARD]
    assert len(house.teams.posts) == 1


async def test_what_reaches_nobody_is_told_outside_and_to_the_admins(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    house.slack.fail("direct", DISABLED, DISABLED)
    await send(house, 1, 2)

    await worker.idle()

    assert heard == [HEARD, replace(HEARD, is_final=True)]
    assert await signals(house) == 1
    [dead] = await house.jobs(State.DEAD)
    assert dead.error == "user_disabled"


async def test_what_is_for_a_room_without_a_place_is_told_outside(
    house: House, worker: Worker
) -> None:
    await send(house, Room("security-triage"))

    assert await signals(house) == 1


async def test_alerts_of_parleys_own_are_nobodys_loss(
    house: House, worker: Worker, heard: list[Loss]
) -> None:
    house.slack.fail("direct", *[DISABLED] * 9)
    alert = Message(text="Something is wrong.")
    await house.write(lambda session: house.engine.keepers.alert(session, alert, key="x"))

    await worker.idle()

    assert heard == []


async def test_where_there_is_no_way_at_all_admins_hear_of_it_once_a_day(house: House) -> None:
    await send(house, ADA)
    [job] = [one for one in await house.jobs() if one.kind == "send"]

    async def dies(id: int) -> int:
        again = replace(job, id=id)
        await house.write(
            lambda session: house.engine.keepers.tell_of_death(session, again, NO_ROUTE)
        )
        return len(await house.jobs())

    counts = [await dies(id) for id in (1001, 1002)]
    house.clock.move_to(house.clock.now() + timedelta(days=1))
    counts.append(await dies(1003))

    assert counts[0] == counts[1] < counts[2]
