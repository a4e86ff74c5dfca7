"""How severe an incident is, who raises it, and who lowers it."""

from bot.ui import Answer, Problems
from tests.workflows.acting import said
from tests.workflows.incidents.house import SOON, House
from workflows.reports.rules import Category, Severity

MILD = {"impact": "0", "certainty": "suspected"}
WORST = {"impact": "3", "certainty": "ongoing"}


async def judges(house: House, name: str, id: int, **answers: str) -> Answer:
    return await house.sends(name, await house.says(name, f"security severity SI-{id}"), answers)


async def test_whoever_has_a_part_raises_it_at_once_and_more_departments_are_asked(
    house: House,
) -> None:
    id = await house.opens("Ivan", lead="Hugo")

    await judges(house, "Ivan", id, **WORST)

    assert (await house.incident(id)).severity is Severity.S1
    assert {"Lou", "Cora", "Xena", "Finn"} <= await house.readers(id)
    assert any("was raised from S3 to S1" in text for text in await house.told("Hugo"))


async def test_only_the_lead_lowers_it_and_says_why(house: House) -> None:
    id = await house.opens("Ivan", lead="Hugo", severity=Severity.S2)

    refused = await judges(house, "Ivan", id, **MILD)
    silent = await judges(house, "Hugo", id, **MILD)
    await judges(house, "Hugo", id, **MILD, reason="It was a test account.")

    assert "Only the lead" in said(refused)
    assert isinstance(silent, Problems)
    assert (await house.incident(id)).severity is Severity.S4
    assert any("was lowered from S2 to S4" in text for text in await house.told("Ivan"))


async def test_many_reporters_suggest_a_higher_severity_once(house: House) -> None:
    id = await house.opens("Tess", lead="Hugo", category=Category.UNSURE)
    for name in ("Rita", "Sam", "Rita", "Finn", "Cora"):
        await house.says("Tess", f"security link R-{await house.files(name)} SI-{id}")
    await house.passes(SOON)

    suggested = [text for text in await house.told("Hugo") if "may be a campaign" in text]
    await house.presses("Hugo", await house.offered("Hugo", "Raise it to S2"))

    assert len(suggested) == 1
    assert (await house.incident(id)).severity is Severity.S2


async def test_under_red_a_higher_severity_lets_nobody_in_until_the_lead_asks(
    house: House,
) -> None:
    id = await house.opens("Lou", "Hetty", lead="Hugo", category=Category.CONDUCT)
    before = await house.readers(id)

    await judges(house, "Hugo", id, **WORST)

    assert await house.readers(id) == before
    await house.presses("Hugo", await house.offered("Hugo", "Ask Communications"))
    assert await house.readers(id) == before | {"Cora"}
