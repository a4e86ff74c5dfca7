"""What leaves the platforms of a report that waits, and what never does."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.delivery import Delivery
from bot.errors import DeliveryError
from bot.losses import Losses
from bot.standing import Standings
from bot.worker import Worker
from storage import people
from tests.bot.platforms import MemoryPlatform
from tests.workflows.reports.house import IDS, House
from workflows.reports.rules import Category, Interaction

URGENT = Interaction.ENTERED_CREDENTIALS
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(("after", "times"), [(59 * MINUTE, 0), (61 * MINUTE, 1), (5 * HOUR, 2)])
async def test_the_outside_hears_of_it_when_everybody_is_called(
    house: House, after: timedelta, times: int
) -> None:
    id = await house.files(interaction=URGENT)

    await house.passes(after)

    expected = ("report.waiting", f"R-{id}", "S2", "received")
    assert (await house.signalled())[:2] == [expected] * times


async def test_whoever_takes_it_in_time_keeps_it_inside(house: House) -> None:
    await house.files(interaction=URGENT)
    await house.presses("Tess", await house.offered("Tess", "Take it"))

    await house.passes(30 * MINUTE)

    assert await house.signalled() == []


async def test_when_nobody_is_there_to_be_called_the_outside_is_told_at_once(house: House) -> None:
    def leave_nobody(session: Session) -> None:
        for name in ("Tess", "Uma", "Hugo"):
            people.deactivate(session, IDS[name])

    await house.database.write(leave_nobody)

    id = await house.files(interaction=URGENT)

    assert await house.signalled() == [("report.waiting", f"R-{id}", "S2", "received")]


async def test_of_what_triages_room_may_not_show_nothing_leaves(house: House) -> None:
    await house.files(category=Category.CONDUCT, interaction=URGENT)
    await house.files(interaction=URGENT, about=[IDS["Tess"]])

    await house.passes(timedelta(days=1))

    assert await house.signalled() == []


async def test_a_call_that_reaches_nobody_is_told_outside(house: House) -> None:
    id = await house.files(interaction=URGENT)
    platforms = {name: MemoryPlatform(name) for name in ("slack", "teams")}
    refusals = [DeliveryError("blocked", permanent=True, out_of_reach=True)] * 40
    for platform in platforms.values():
        platform.fail("post", *refusals)
    standings = Standings(house.database, platforms, house.clock)
    losses = Losses(house.engine.routes.misses, house.engine.keepers, house.clock, house.sealer)
    delivery = Delivery(
        *(house.database, platforms, house.sealer, house.clock),
        standings=standings,
        missed=losses.missed,
    )

    async def later(_: object) -> None:
        raise DeliveryError("later")

    running = {"send": delivery.deliver, "signal": later}
    await Worker(house.database, house.clock, running, on_dead=losses.died).idle()

    assert ("report.waiting", f"R-{id}", "S2", "received") in await house.signalled()
    await standings.close()
