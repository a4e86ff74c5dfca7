"""The list of open incidents: what somebody may read, found without looking at the others."""

from tests.workflows.acting import said
from tests.workflows.incidents.house import House
from workflows.incidents.rules import State


async def test_the_list_holds_what_is_open_and_may_be_read_the_newest_first(house: House) -> None:
    await house.opens("Tess")
    await house.opens("Lou")
    await house.opens("Tess")
    await house.opens("Tess", state=State.CLOSED)

    text = said(await house.says("Tess", "security list"))

    assert text.index("SI-3") < text.index("SI-1")
    assert "SI-2" not in text
    assert "SI-4" not in text


async def test_the_list_says_when_there_are_more_than_fit(house: House) -> None:
    for _ in range(21):
        await house.opens("Tess")

    text = said(await house.says("Tess", "security list"))

    assert text.count("copper heron") == 20
    assert "There are more" in text


async def test_an_incident_that_is_opened_again_is_listed_again(house: House) -> None:
    id = await house.opens("Tess", state=State.CLOSED)
    before = said(await house.says("Hugo", "security list"))

    form = await house.says("Hugo", f"security resume SI-{id}")
    await house.sends("Hugo", form, {"why": "It came back."})

    assert "no open incident" in before
    assert "SI-1" in said(await house.says("Hugo", "security list"))
