"""Rooms: who may read an incident is in them, and nobody else, whatever a platform can do."""

from collections.abc import AsyncIterator, Collection
from datetime import timedelta

import pytest

from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.platform import SHARED
from storage.database import Database
from tests.bot.platforms import CLOSED, DOWN
from tests.workflows.acting import SLACK, TEAMS, buttons, said
from tests.workflows.incidents.rooms_house import TRIAGE_CHANNEL, House, a_house, people_of
from workflows.incidents import rooms
from workflows.incidents.rules import Tlp

pytestmark = pytest.mark.repeats
CHANNEL = "CMADE1"


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with a_house(database) as opened:
        yield opened


async def test_a_room_is_called_by_the_codename_and_its_readers_are_in_it(house: House) -> None:
    id = await house.opens("Tess", codename="copper heron")

    await house.notes(id, "The caller rang again.")
    await house.settle()

    assert house.slack.made == {CHANNEL: "sec-copper-heron"}
    assert house.slack.members[CHANNEL] == people_of("Tess", "Hugo")
    first, line = house.read_in(SLACK, CHANNEL)
    assert first.startswith("This is the room of SI-1, “copper heron”.")
    assert line == "SI-1: Note, Parley. The caller rang again."


async def test_who_is_let_in_later_comes_in_and_who_is_shut_out_goes(house: House) -> None:
    id = await house.opens("Tess")
    await house.notes(id, "It began.")
    await house.settle()

    await house.lets_in(id, "Lou")
    await house.settle()
    before = list(house.slack.members[CHANNEL])
    await house.shuts_out(id, "Tess")
    await house.settle()

    assert before == people_of("Tess", "Hugo", "Lou")
    assert house.slack.members[CHANNEL] == people_of("Hugo", "Lou")


async def test_who_could_not_be_let_in_is_told_in_their_own_chat(house: House) -> None:
    house.slack.uninvited = set(people_of("Tess"))
    id = await house.opens("Tess")

    event = await house.notes(id, "It began.")
    await house.settle()

    assert (await house.lines_in(id)) == {CHANNEL: {event}, "DUTESS": {event}}


async def test_without_channels_the_room_is_a_thread_where_triage_reads(house: House) -> None:
    place = await house.keeps_triage(TEAMS, "Hugo", "Tess")
    id = await house.opens("Tess")

    await house.notes(id, "One.")
    await house.notes(id, "Two.")
    await house.settle()

    assert await house.kinds(id) == {SLACK: "channel", TEAMS: "thread"}
    root, *lines = [one for one in house.teams.posts if one.place.channel == TRIAGE_CHANNEL]
    assert root.place == place
    assert [(one.place.thread, one.text[-4:]) for one in lines] == [("0", "One."), ("0", "Two.")]


async def test_where_somebody_else_reads_the_line_goes_to_its_readers_alone(house: House) -> None:
    house.slack.makes_channels = False
    await house.keeps_triage(TEAMS, "Hugo", "Tess", "Uma")
    id = await house.opens("Tess")

    event = await house.notes(id, "It began.")
    await house.settle()

    assert await house.kinds(id) == {SLACK: "chats", TEAMS: "chats"}
    assert await house.lines_in(id) == {"DUHUGO": {event}, "DUTESS": {event}}


async def test_a_thread_that_somebody_else_comes_to_read_keeps_only_the_number(
    house: House,
) -> None:
    await house.keeps_triage(TEAMS, "Hugo", "Tess")
    id = await house.opens("Tess")
    await house.notes(id, "It began.")
    await house.settle()

    await house.shuts_out(id, "Tess")
    await house.settle()

    assert await house.kinds(id) == {SLACK: "channel", TEAMS: "chats"}
    assert set(house.read_in(TEAMS, TRIAGE_CHANNEL)) == {"SI-1 is being responded to."}


async def test_an_incident_works_where_no_channel_can_be_made(house: House) -> None:
    house.slack.fail("make_channel", *[DOWN] * 4)
    await house.keeps_triage(SLACK, "Hugo", "Tess")
    id = await house.opens("Tess")

    event = await house.notes(id, "It began.")
    for _ in range(4):
        await house.settle(after=timedelta(minutes=1))

    assert (await house.kinds(id))[SLACK] == "thread"
    assert (await house.lines_in(id))[TRIAGE_CHANNEL] == {event}


async def test_a_channel_that_is_gone_is_replaced_and_nothing_is_lost(house: House) -> None:
    id = await house.opens("Tess")
    first = await house.notes(id, "One.")
    await house.settle()
    house.slack.fail("gather", DeliveryError("channel_not_found", permanent=True))
    await house.keeps_triage(SLACK, "Hugo", "Tess")

    second = await house.notes(id, "Two.")
    await house.settle()

    assert (await house.lines_in(id))[TRIAGE_CHANNEL] == {first, second}


async def test_nothing_stays_in_a_channel_out_of_which_somebody_cannot_be_put(
    house: House,
) -> None:
    id = await house.opens("Tess")
    await house.notes(id, "What Tess must not read.")
    await house.settle()
    await house.shuts_out(id, "Tess")
    house.slack.fail("gather", DeliveryError("restricted_action", permanent=True))

    await house.settle()

    assert set(house.read_in(SLACK, CHANNEL)) == {"SI-1 is being responded to."}


async def test_nothing_stays_in_a_thread_where_nobody_can_say_who_reads(house: House) -> None:
    await house.keeps_triage(TEAMS, "Hugo", "Tess")
    id = await house.opens("Tess")
    await house.notes(id, "One.")
    await house.settle()
    house.teams.fail("readers", DeliveryError(SHARED, permanent=True))

    await house.notes(id, "Two.")
    await house.settle()

    assert set(house.read_in(TEAMS, TRIAGE_CHANNEL)) == {"SI-1 is being responded to."}


async def test_a_line_waits_while_somebody_is_in_the_channel_who_was_shut_out_since(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await house.opens("Tess")
    await house.notes(id, "One.")
    gather = house.slack.gather
    seen: list[list[object]] = []

    async def slowly(place: Place, users: Collection[UserRef]) -> Collection[UserRef]:
        seen.append([*await house.sent(), *(await house.lines_in(id)).get(CHANNEL, ())])
        refused = await gather(place, users)
        if len(seen) == 1:
            await house.shuts_out(id, "Tess")
        return refused

    monkeypatch.setattr(house.slack, "gather", slowly)
    await house.settle()

    assert len(seen) > 1
    assert seen[:2] == [[], []]
    assert house.slack.members[CHANNEL] == people_of("Hugo")
    assert len((await house.lines_in(id))[CHANNEL]) == 2


async def test_a_line_of_a_red_incident_stays_on_its_platform_until_its_lead_shows_it(
    house: House,
) -> None:
    await house.keeps_triage(TEAMS, "Hugo", "Tess")
    id = await house.opens("Tess", tlp=Tlp.RED)
    own = await house.notes(id, "Parley noted it.")
    written = await house.notes(id, "She wrote it.", on=SLACK)
    await house.settle()
    before = await house.lines_in(id)
    [button] = [
        one
        for one in buttons(house.card(SLACK, "She wrote it."))
        if one.label == "Show it on every platform"
    ]

    refused = await house.presses("Tess", button)
    shown = await house.presses("Hugo", button)
    again = await house.presses("Hugo", button)
    await house.settle()

    assert before == {CHANNEL: {own, written}, TRIAGE_CHANNEL: {own}}
    assert "its lead alone" in said(refused)
    assert said(shown) == "It is shown in every room of the incident now."
    assert "already" in said(again)
    assert await house.lines_in(id) == {CHANNEL: {own, written}, TRIAGE_CHANNEL: {own, written}}


async def test_an_open_room_that_lacks_a_line_waits_for_a_timer(house: House) -> None:
    id = await house.opens("Tess")
    await house.notes(id, "One.")
    await house.settle()
    before = await house.database.read(rooms.rooms_that_lack_a_line)

    await house.notes(id, "Two.")
    waiting = await house.database.read(rooms.rooms_that_lack_a_line)
    house.slack.fail("gather", CLOSED)
    await house.settle()

    assert before == {}
    assert set(waiting) == {f"incident:{id}:room:{room}" for room in (1, 3)}
    assert all(":rooms:" in key for key in waiting.values())
    assert await house.database.read(rooms.rooms_that_lack_a_line) == {}
