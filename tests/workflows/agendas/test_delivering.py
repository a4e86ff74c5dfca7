"""What becomes of an agenda on its way: refused at the last moment, or while a platform is down."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.context import Context
from bot.delivery import Delivery
from bot.losses import Losses
from bot.platform import Standing
from bot.worker import Worker
from storage import jobs
from storage.database import Database
from tests.bot.platforms import CLOSED, DOWN, MemoryPlatform
from tests.workflows.acting import SLACK, TEAMS, account
from tests.workflows.agendas.house import IDS, OWNERS, House
from tests.workflows.agendas.live import Live
from tests.workflows.engine import engine_around
from workflows import agendas
from workflows.agendas import moving
from workflows.agendas.rules import Part, State


@dataclass
class Office:
    """The house, its platforms, and a worker that carries what is sent."""

    house: House
    slack: MemoryPlatform
    teams: MemoryPlatform
    worker: Worker

    async def publishes(self) -> None:
        """Let an agenda be due everywhere; nothing of it is done yet."""
        meeting = await self.house.holds(await self.house.meets())
        await self.house.within(lambda ctx: publish(ctx, meeting))

    async def looks(self) -> None:
        """See who reads in each channel, and leave what is to be sent for the worker."""
        await self.house.passes(timedelta())
        await self.house.database.write(lambda session: jobs.release(session, "test"))

    async def settle(self, *, after: timedelta = timedelta()) -> None:
        """Do all that is due after a while."""
        self.house.clock.advance(after)
        await self.worker.idle()


@pytest.fixture
async def office(database: Database, live: Live) -> AsyncIterator[Office]:
    """The engine and a worker around the database, with both owners in each channel."""
    slack, teams = MemoryPlatform(SLACK), MemoryPlatform(TEAMS)
    platforms = {SLACK: slack, TEAMS: teams}
    for each in (slack, teams):
        each.members["C1"] = [account(name, each.name) for name in OWNERS]
    around = engine_around(agendas.workflow, database, platforms=platforms)
    async with around as (engine, clock, sealer):
        losses = Losses(engine.routes.misses, engine.keepers, clock, sealer)
        delivery = Delivery(
            *(database, platforms, sealer, clock),
            standings=engine._standings,
            missed=losses.missed,
        )
        worker = Worker(
            *(database, clock, {"timer": engine.run_timer, "send": delivery.deliver}),
            on_dead=losses.died,
        )
        live.put(Part.WORDS, "panel is asked for")
        yield Office(House(engine, database, clock, sealer, IDS), slack, teams, worker)


async def test_where_a_guest_joins_after_the_look_the_short_version_follows_at_once(
    office: Office,
) -> None:
    await office.publishes()
    await office.looks()
    office.slack.members["C1"].append(account("Olga"))
    office.slack.standings[account("Olga")] = Standing.GUEST

    await office.settle()

    [reduced] = read_in(office.slack)
    [whole] = read_in(office.teams)
    assert "this is the short version" in reduced
    assert "this is the short version" not in whole


async def test_what_no_channel_takes_is_not_tried_again_and_again(office: Office) -> None:
    await office.publishes()
    await office.looks()
    office.slack.standings[account("Tom")] = Standing.GUEST
    office.slack.fail("post", *[CLOSED] * 9)

    await office.settle()

    assert read_in(office.slack) == []
    assert len(read_in(office.teams)) == 1


async def test_a_platform_that_is_down_for_a_while_does_not_stop_the_others(
    office: Office,
) -> None:
    office.slack.fail("readers", DOWN, DOWN)
    await office.publishes()

    await office.settle()
    meanwhile = [len(read_in(each)) for each in (office.slack, office.teams)]
    for _ in range(2):
        await office.settle(after=timedelta(seconds=10))

    assert meanwhile == [0, 1]
    assert [len(read_in(each)) for each in (office.slack, office.teams)] == [1, 1]


def publish(ctx: Context, meeting: int) -> None:
    found = moving.locked(ctx, meeting)
    assert found is not None
    moving.move(ctx, found[0], State.PUBLISHED)


def read_in(platform: MemoryPlatform) -> list[str]:
    """Return what can be read in the channel."""
    return [one.text for one in platform.posts if one.place.channel == "C1"]
