"""Whatever happens in whatever order, all rooms of an incident show the same lines."""

import random

import pytest

from bot.context import Context
from storage.database import Database
from tests.workflows.acting import SLACK, TEAMS
from tests.workflows.incidents.rooms_house import TRIAGE_CHANNEL, House, a_house
from workflows.incidents import calls, rooms, tables
from workflows.incidents.rules import Tlp

pytestmark = pytest.mark.repeats

CHANNEL = "CMADE1"
ACTS = 12


async def act(house: House, id: int, chance: random.Random) -> None:
    """Let one thing happen, and perhaps all that follows from it."""
    match chance.randrange(6):
        case 0 | 1 | 2:
            await house.notes(id, "A line.", on=chance.choice(["", SLACK, TEAMS]))
        case 3:
            await tell_as(house, id, chance.choice([Tlp.RED, Tlp.AMBER_STRICT]))
        case 4:
            await house.lets_in(id, "Tess", "Lou")
        case _:
            await house.settle()


async def tell_as(house: House, id: int, tlp: Tlp) -> None:
    """Let an incident be told that far."""

    def change(ctx: Context) -> None:
        house.locked(ctx, id).tlp = tlp
        calls.incident_changed(ctx, id)

    await house.within(change)


@pytest.mark.parametrize("seed", range(2))
async def test_both_rooms_show_every_line_once_nothing_is_withheld(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # a repeatable walk
    async with a_house(database) as house:
        await house.keeps_triage(TEAMS, "Hugo", "Tess")
        id = await house.opens("Tess")
        for _ in range(ACTS):
            await act(house, id, chance)
        red = await house.database.read(lambda session: session.get_one(tables.Incident, id).tlp)
        await house.settle()
        first = await house.lines_in(id)
        await tell_as(house, id, Tlp.AMBER_STRICT)
        await house.settle()

        events = await house.database.read(lambda session: tables.timeline(session, id))
        shown = await house.lines_in(id)
        assert shown[CHANNEL] == shown[TRIAGE_CHANNEL] == {event.id for event in events}
        assert len(house.read_in(SLACK, CHANNEL)) == len(events) + 1
        assert len(house.read_in(TEAMS, TRIAGE_CHANNEL)) == len(events) + 1
        for channel, platform in ((CHANNEL, SLACK), (TRIAGE_CHANNEL, TEAMS)):
            withheld = {one.id for one in events if one.platform not in {"", platform}}
            lacking = shown[channel] - first.get(channel, set())
            assert lacking <= (withheld if red is Tlp.RED else set())
        assert await house.database.read(rooms.rooms_that_lack_a_line) == {}
