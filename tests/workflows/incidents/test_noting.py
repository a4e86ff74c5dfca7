"""The timeline: written by those who may read the incident, corrected, and never changed."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.inbound import Place, QuotedMessage, Shortcut
from bot.ui import Choice, Form
from storage.database import Database
from tests.workflows.acting import SLACK, account, buttons, prefilled, said
from tests.workflows.incidents.rooms_house import House, a_house
from workflows.incidents import keeping, tables

CHANNEL = "CMADE1"


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with a_house(database) as opened:
        yield opened


async def texts_of(house: House, id: int) -> list[str]:
    """Return what stands in a timeline, in its order."""
    events = await house.database.read(lambda session: tables.timeline(session, id))
    return [keeping.event(house.sealer, event) for event in events]


async def test_a_line_is_typed_and_its_addresses_are_made_harmless(house: House) -> None:
    id = await house.opens("Tess")

    answer = await house.says("Tess", "security note SI-1 He sent http://evil.example/login")

    assert said(answer) == "It stands in the timeline of SI-1 now, and in each of its rooms."
    assert await texts_of(house, id) == ["He sent hxxp://evil[.]example/login"]


async def test_in_a_room_nobody_names_the_incident(house: House) -> None:
    id = await house.opens("Tess")
    await house.notes(id, "It began.")
    await house.settle()
    where = Place("slack", "T1", CHANNEL)
    quoted = QuotedMessage(id="1.0", text="The link is blocked.", author="U1")

    form = await house.engine.handle(
        Shortcut(
            id="mark", user=account("Tess"), place=where, route="incidents.mark", quoted=quoted
        )
    )
    await house.sends("Tess", form, {})

    assert prefilled(form)["incident"] == str(id)
    assert await texts_of(house, id) == ["It began.", "The link is blocked."]


async def test_elsewhere_one_chooses_among_those_that_one_may_read(house: House) -> None:
    await house.opens("Tess", codename="copper heron")
    await house.opens("Lou", codename="mint otter")

    form = await house.uses("Tess", "incidents.mark", "The link is blocked.")
    stranger = await house.uses("Rita", "incidents.mark", "The link is blocked.")

    assert isinstance(form, Form)
    [which] = [part for part in form.inputs if isinstance(part, Choice)]
    assert [option.label for option in which.options] == ["SI-1, copper heron"]
    assert "no incident open that you may read" in said(stranger)


async def test_a_correction_stands_beside_what_it_corrects(house: House) -> None:
    id = await house.opens("Tess")
    await house.says("Tess", "security note SI-1 He rang at nine.")
    await house.settle()
    [correct] = buttons(house.card(SLACK, "He rang at nine."))

    form = await house.presses("Hugo", correct)
    earlier = (house.clock.now() - timedelta(hours=2)).isoformat()
    await house.sends("Hugo", form, {"what": "He rang at seven.", "at": earlier})
    again = await house.presses("Tess", correct)
    await house.settle()

    assert prefilled(form)["what"] == "He rang at nine."
    assert await texts_of(house, id) == ["He rang at seven.", "He rang at nine."]
    assert "corrected this line already" in said(again)
    assert "A later line corrects this one." in house.card(SLACK, "He rang at nine.").text
    assert buttons(house.card(SLACK, "He rang at nine.")) == []


async def test_what_has_not_happened_yet_is_not_written_down(house: House) -> None:
    id = await house.opens("Tess")
    form = await house.says("Tess", "security note SI-1")
    later = (house.clock.now() + timedelta(hours=2)).isoformat()

    refused = await house.sends("Tess", form, {"what": "He rings.", "at": later})

    assert "in the future" in str(refused)
    assert await texts_of(house, id) == []


async def test_a_timeline_is_read_by_those_who_may_and_each_time_noted(house: House) -> None:
    id = await house.opens("Tess")
    await house.says("Tess", "security note SI-1 He rang at nine.")

    read = await house.says("Tess", "security timeline SI-1")
    none = await house.says("Lou", "security timeline SI-1")
    wrong = await house.says("Lou", "security note SI-1 I was here.")

    assert "He rang at nine." in str(read)
    assert said(none) == said(wrong)
    assert "not for you to see" in said(none)
    assert len(await texts_of(house, id)) == 1


async def test_a_line_is_not_endless(house: House) -> None:
    await house.opens("Tess")

    refused = await house.says("Tess", f"security note SI-1 {'x' * 2001}")

    assert "holds 2,000 characters" in said(refused)
