"""Which departments are asked, and who there when somebody is silent."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from storage import people
from tests.workflows.acting import TEAMS, said
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import shutting_out, tables
from workflows.incidents.rules import Part
from workflows.incidents.tables import Engagement
from workflows.reports.rules import Category

ON_IT, HAND = "I am on it", "Hand to deputy"


async def engaged(house: House, id: int) -> dict[str, Engagement]:
    def read(session: Session) -> dict[str, Engagement]:
        return {one.department: one for one in tables.engagements(session, id)}

    return await house.database.read(read)


async def test_the_matrix_says_who_is_asked_and_who_is_told(house: House) -> None:
    report = await house.files(category=Category.CANDIDATE)

    id = await house.declares(report)

    found = await engaged(house, id)
    assert {name: one.part for name, one in found.items()} == {
        "ta": Part.RESPONDS,
        "it": Part.RESPONDS,
        "hr": Part.INFORMED,
        "legal": Part.INFORMED,
    }
    assert await house.readers(id) == {"Tess", "Tara", "Ivan", "Hetty", "Lou"}


async def test_a_department_says_that_it_is_on_it_from_either_platform(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT))

    answer = await house.presses("Ivan", await house.offered("Ivan", ON_IT), TEAMS)
    await house.passes(timedelta(hours=6))

    assert "your department is on SI-1" in said(answer)
    assert (await engaged(house, id))["it"].acknowledged_by == IDS["Ivan"]
    assert "Iris" not in await house.readers(id)


async def test_who_comes_second_is_asked_when_the_first_has_left_the_role(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT))

    await house.database.write(
        lambda session: people.revoke(session, IDS["Ivan"], "responder", department="it")
    )
    await house.passes(timedelta(hours=3))

    assert "Iris" in await house.readers(id)
    await house.offered("Iris", ON_IT)


async def test_who_comes_second_is_asked_when_the_first_is_silent(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT))

    before = await house.readers(id)
    await house.passes(timedelta(hours=2))
    late = await house.presses("Iris", await house.offered("Iris", ON_IT))
    second = await house.presses("Ivan", await house.offered("Ivan", ON_IT))

    assert "Iris" not in before
    assert "is on SI-1" in said(late)
    assert "somebody there was faster" in said(second)


async def test_when_nobody_is_left_the_lead_is_told_to_call(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT), lead="true")

    await house.passes(timedelta(hours=5))

    assert any("Nobody of IT operations" in text for text in await house.told("Tess"))
    assert (await engaged(house, id))["it"].next_look == ""


async def test_handing_on_asks_the_deputy_at_once(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT))

    await house.presses("Ivan", await house.offered("Ivan", HAND))

    assert "Iris" in await house.readers(id)
    assert await house.offered("Iris", ON_IT)


async def test_only_a_departments_own_people_speak_for_it(house: House) -> None:
    await house.declares(await house.files(category=Category.ACCOUNT))

    answer = await house.presses("Tess", await house.offered("Ivan", ON_IT))

    assert "not for you to see" in said(answer)


async def test_whoever_is_shut_out_is_passed_over_in_silence(house: House) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT))

    def shut(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        assert incident
        shutting_out.shut_out(ctx, incident, IDS["Ivan"])

    await house.within(shut)

    assert await house.readers(id) == {"Tess", "Iris"}
    assert await house.offered("Iris", ON_IT)


async def test_what_is_not_severe_waits_until_the_department_is_at_work(house: House) -> None:
    await house.passes(timedelta(hours=12))
    id = await house.opens("Tess", lead="Tess", category=Category.UNSURE)

    await house.says("Tess", f"security engage SI-{id} legal")
    at_night = await house.told("Lou")
    await house.passes(timedelta(hours=12, minutes=1))

    assert at_night == []
    assert "Lou" in await house.readers(id)
    assert any("your department has a part in" in text for text in await house.told("Lou"))


async def test_the_lead_names_a_department_that_there_is(house: House) -> None:
    id = await house.opens("Tess", lead="Tess")

    unknown = await house.says("Tess", f"security engage SI-{id} gardening")
    await house.says("Tess", f"security engage SI-{id} legal")
    again = await house.says("Tess", f"security engage SI-{id} legal")

    assert "Name one department" in said(unknown)
    assert "has a part in SI-1 already" in said(again)
