"""The end of rooms: two weeks after the incident is over, unless somebody keeps them."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.context import Context
from storage.database import Database
from storage.jobs import waiting_keys
from tests.bot.platforms import CLOSED
from tests.workflows.acting import SLACK, TEAMS, buttons, said
from tests.workflows.incidents.rooms_house import TRIAGE_CHANNEL, House, a_house
from workflows.incidents import archiving, moving
from workflows.incidents.rules import Move, State

CHANNEL = "CMADE1"
TWO_WEEKS = timedelta(days=14)


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with a_house(database) as opened:
        await opened.keeps_triage(TEAMS, "Hugo", "Tess")
        yield opened


async def over(house: House) -> int:
    """Let an incident with rooms be over; return its number."""
    id = await house.opens("Tess", state=State.RESOLVED)
    await house.notes(id, "It is mended.")
    await house.settle()
    await house.within(lambda ctx: make(ctx, house, id, Move.CLOSE))
    await house.settle()
    return id


def make(ctx: Context, house: House, id: int, move: Move) -> None:
    moving.move(ctx, house.locked(ctx, id), move, role="lead")


async def test_rooms_end_two_weeks_after_their_incident(house: House) -> None:
    id = await over(house)

    timers = await house.database.read(lambda session: waiting_keys(session, "timer"))
    ending = await house.database.read(archiving.ending_rooms)
    await house.settle(after=TWO_WEEKS - timedelta(hours=1))
    before = set(house.slack.archived)
    await house.settle(after=timedelta(hours=1))

    assert len(ending) == 2
    assert set(ending.values()) <= timers
    assert "SI-1 is over. This room is archived on 2026-11-16." in house.read_in(SLACK, CHANNEL)
    assert (before, house.slack.archived) == (set(), {CHANNEL})
    assert await house.rooms(id) == []


async def test_whoever_may_read_the_incident_keeps_its_rooms(house: House) -> None:
    id = await over(house)
    [keep] = buttons(house.card(SLACK, "is archived on"))

    kept = await house.presses("Tess", keep)
    again = await house.presses("Tess", keep)
    stranger = await house.presses("Lou", keep)
    await house.settle(after=2 * TWO_WEEKS)

    assert said(kept) == "This room stays open."
    assert "about to be archived" in said(again)
    assert "not for you to see" in said(stranger)
    assert house.slack.archived == set()
    assert len(await house.rooms(id)) == 2
    assert "This room stays open. SI-1 is over all the same." in house.read_in(
        TEAMS, TRIAGE_CHANNEL
    )


async def test_an_incident_that_begins_again_keeps_its_rooms_meanwhile(house: House) -> None:
    id = await over(house)

    await house.settle(after=timedelta(days=1))
    await house.within(lambda ctx: make(ctx, house, id, Move.REOPEN))
    await house.settle(after=2 * TWO_WEEKS)

    assert house.slack.archived == set()
    assert await house.database.read(archiving.ending_rooms) == {}


async def test_a_room_that_cannot_be_archived_is_left_to_people(house: House) -> None:
    id = await over(house)
    house.slack.fail("archive", CLOSED)

    await house.settle(after=TWO_WEEKS)

    assert await house.rooms(id) == []
    assert (await house.incident(id)).state is State.CLOSED


async def test_closing_works_where_every_verb_of_a_platform_fails(house: House) -> None:
    for verb in ("make_channel", "gather", "archive", "readers"):
        house.slack.fail(verb, *[CLOSED] * 3)
        house.teams.fail(verb, *[CLOSED] * 3)

    id = await over(house)
    await house.settle(after=TWO_WEEKS)

    assert (await house.incident(id)).state is State.CLOSED
    assert await house.rooms(id) == []
