"""Rooms for stakeholders: where an incident stands and what departments hear, and nothing else."""

from collections.abc import AsyncIterator

import pytest

from bot.context import Context
from bot.errors import DeliveryError
from bot.ui import Answer
from storage.database import Database
from tests.workflows.acting import SLACK, TEAMS, account, said
from tests.workflows.incidents.rooms_house import House, a_house, people_of
from workflows.incidents import audience, calls, rooms_tables, timeline
from workflows.incidents import rooms_texts as texts
from workflows.incidents.rooms_tables import Purpose, Room
from workflows.incidents.rules import Kind, Part, Tlp
from workflows.incidents.tables import Engagement

pytestmark = pytest.mark.repeats
#: What Parley makes first is the room of those who act, and then the one for stakeholders.
RESPONSE, NEWS, THEIRS = "CMADE1", "CMADE2", "C1"
FACTS = {
    "what": "Callers ask staff for codes.",
    "since": "Monday",
    "affected": "two people",
    "doing": "the numbers are blocked",
}


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with a_house(database) as opened:
        yield opened


async def opens(house: House, *readers: str, platform: str = SLACK) -> int:
    """Let Hugo lead an incident, and open a room for its stakeholders, on Slack in his own chat."""
    id = await house.opens(*readers, codename="copper heron")
    await house.notes(id, "It began.")
    await house.settle()
    await asks(house, id, platform=platform, privately=platform == SLACK)
    return id


async def asks(
    house: House, id: int, name: str = "Hugo", platform: str = SLACK, *, privately: bool = True
) -> Answer:
    words = f"security stakeholders SI-{id}"
    answer = await house.says(name, words, platform, privately=privately)
    await house.settle()
    return answer


async def notes(house: House, id: int, kind: Kind, text: str) -> int:
    def add(ctx: Context) -> int:
        return timeline.note(ctx, house.locked(ctx, id), kind, text).id or 0

    event = await house.within(add)
    await house.settle()
    return event


async def stakeholders(house: House, id: int) -> list[Room]:
    return [one for one in await house.rooms(id) if one.purpose is Purpose.STAKEHOLDERS]


async def test_in_it_are_the_readers_and_it_is_called_by_the_codename(house: House) -> None:
    await opens(house, "Tess")

    assert house.slack.made[NEWS] == "sec-copper-heron-news"
    assert house.slack.members[NEWS] == people_of("Tess", "Hugo")
    assert house.read_in(SLACK, NEWS)[0].startswith("Here stands where SI-1, “copper heron”, is")


async def test_it_is_told_where_the_incident_stands_and_not_what_is_noted(house: House) -> None:
    id = await opens(house)

    await notes(house, id, Kind.STATE, "It is contained.")
    await notes(house, id, Kind.NOTE, "The caller rang again.")

    _, *told = house.read_in(SLACK, NEWS)
    assert told == ["SI-1: State, Parley. It is contained."]
    assert "rang again" in house.read_in(SLACK, RESPONSE)[-1]
    assert await house.database.read(rooms_tables.behind) == []


async def test_each_departments_words_stand_there_once_they_are_told(house: House) -> None:
    id = await opens(house, "Ivan")
    now = house.clock.now()
    await house.add(
        Engagement(incident_id=id, department="it", part=Part.RESPONDS, notified_at=now)
    )
    form = await house.says("Hugo", f"security sheet SI-{id}")
    await house.sends("Hugo", form, FACTS)
    await house.settle()
    as_draft = house.read_in(SLACK, NEWS)

    button = audience.approve.button("Approve", incident=id, department="it", edition=1)
    await house.presses("Ivan", button)
    await house.settle()
    await house.within(lambda ctx: calls.incident_changed(ctx, id))
    await house.settle()

    words = [
        one for one in house.slack.posts if one.place.channel == NEWS and FACTS["what"] in one.text
    ]
    assert not any(FACTS["what"] in one for one in as_draft)
    assert [(one.edits, "SI-1 for IT" in one.text) for one in words] == [(0, True)]


async def test_a_channel_that_its_readers_read_is_used_on_a_platform_without_channels(
    house: House,
) -> None:
    house.teams.members[THEIRS] = [account(name, TEAMS) for name in ("Hugo", "Tess")]
    id = await opens(house, "Tess", platform=TEAMS)

    event = await notes(house, id, Kind.STATE, "It is contained.")

    root, line = [one for one in house.teams.posts if one.place.channel == THEIRS]
    assert root.text.startswith("Here stands where SI-1")
    assert (line.place.thread, "It is contained." in line.text) == ("0", True)
    assert event in (await house.lines_in(id))[THEIRS]


async def test_where_others_read_along_nothing_is_said_and_the_timeline_says_why(
    house: House,
) -> None:
    house.teams.members[THEIRS] = [account(name, TEAMS) for name in ("Hugo", "Sam")]

    id = await opens(house, platform=TEAMS)

    assert house.read_in(TEAMS, THEIRS) == []
    assert await stakeholders(house, id) == []
    assert any(texts.OTHERS_READ_ALONG in one for one in house.read_in(SLACK, RESPONSE))


async def test_where_no_channel_can_be_made_the_timeline_says_so_once(house: House) -> None:
    id = await opens(house)
    await notes(house, id, Kind.STATE, "It is contained.")

    said_so = [one for one in house.read_in(SLACK, RESPONSE) if texts.NO_STAKEHOLDERS_ROOM in one]
    assert len(said_so) == 1
    assert [one.platform for one in await stakeholders(house, id)] == [SLACK]


async def test_what_it_was_told_is_taken_back_where_somebody_cannot_be_put_out(
    house: House,
) -> None:
    id = await opens(house, "Tess")
    await notes(house, id, Kind.STATE, "It is contained.")
    stuck = DeliveryError("restricted_action", permanent=True)
    house.slack.fail("gather", stuck, stuck)

    await house.shuts_out(id, "Tess")
    await house.settle()

    assert set(house.read_in(SLACK, NEWS)) == {"SI-1 is being responded to."}


class TestWhoOpensIt:
    async def test_the_lead_alone_does(self, house: House) -> None:
        id = await house.opens("Tess")

        refused = await asks(house, id, "Tess")
        unknown = await asks(house, id, "Sam")

        assert "lead" in said(refused)
        assert "not for you to see" in said(unknown)
        assert await stakeholders(house, id) == []

    async def test_there_is_one_on_each_platform(self, house: House) -> None:
        id = await opens(house)

        again = await asks(house, id, privately=False)

        assert said(again) == texts.STAKEHOLDERS_THERE

    async def test_there_is_none_of_what_is_red(self, house: House) -> None:
        id = await house.opens(tlp=Tlp.RED)

        assert said(await asks(house, id)) == texts.NOT_RED
