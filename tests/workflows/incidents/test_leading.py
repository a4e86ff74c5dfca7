"""Who leads the response, and what happens while nobody does."""

from datetime import timedelta

from tests.workflows.acting import TEAMS, account, said
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents.rules import State
from workflows.reports.rules import Severity


async def test_whoever_takes_what_nobody_leads_responds_to_it(house: House) -> None:
    id = await house.declares(await house.files())

    answer = await house.presses("Tess", await house.offered("Tess", "I lead it"), TEAMS)

    assert "You lead SI-1 now" in said(answer)
    assert (await house.incident(id)).state is State.RESPONDING


async def test_who_takes_it_second_hears_that_somebody_was_faster(house: House) -> None:
    id = await house.opens("Tess", state=State.DECLARED, lead_id=None)
    await house.changes(id)
    button = await house.offered("Tess", "I lead it")
    await house.presses("Hugo", button)

    answer = await house.presses("Tess", button)

    assert "has a lead already" in said(answer)


async def test_a_lead_is_asked_for_again_and_again_until_there_is_one(house: House) -> None:
    id = await house.declares(await house.files())

    await house.passes(timedelta(minutes=45))

    asked = [one for one in await house.sent("Hugo") if "has no lead yet" in one.message.text]
    assert len(asked) == len(["after 10 minutes", "after 20", "after 40"])
    assert (await house.incident(id)).severity == Severity.S2


async def test_a_lead_who_is_shut_out_after_days_is_replaced_within_minutes(
    house: House,
) -> None:
    id = await house.opens("Tess", lead="Ivan", severity=Severity.S2)
    await house.changes(id)
    await house.passes(timedelta(days=5))
    report = await house.files(about=[IDS["Ivan"]])
    await house.says("Tess", f"security link R-{report} SI-{id}")

    await house.passes(timedelta(minutes=11))

    assert any("has no lead yet" in text for text in await house.told("Hugo"))


async def test_a_lead_hands_the_incident_over(house: House) -> None:
    id = await house.opens("Tess", lead="Hugo")

    form = await house.says("Hugo", f"security lead SI-{id}")
    answer = await house.sends("Hugo", form, {"who": account("Ivan").user})

    assert "Ivan leads SI-1 now" in said(answer)
    told = [one.message.text for one in await house.sent("Ivan")]
    assert any("asked to lead SI-1" in text for text in told)


async def test_whoever_does_not_lead_cannot_give_it_away(house: House) -> None:
    id = await house.opens("Tess", lead="Hugo")

    answer = await house.says("Tess", f"security lead SI-{id}")

    assert "Somebody leads this incident already" in said(answer)


async def test_a_quiet_incident_is_brought_back_to_its_leads_mind(house: House) -> None:
    id = await house.opens("Tess", severity=Severity.S2)
    await house.changes(id)

    await house.passes(timedelta(hours=25))

    told = [one.message.text for one in await house.sent("Hugo")]
    assert sum("Nothing has been noted in SI-1" in text for text in told) == 1
