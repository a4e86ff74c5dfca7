"""Legal hold wins over every time after which something is erased."""

from storage import people
from tests.workflows.acting import said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents.rules import LEGAL, State
from workflows.incidents.tables import Link
from workflows.people import staffing
from workflows.reports import calls


async def test_legal_alone_keeps_the_reports_of_an_incident(house: House) -> None:
    id = await house.opens("Tess", "Lou", state=State.CLOSED, closed_at=MONDAY)
    report = await house.files("Rita")
    await house.add(Link(report_id=report, incident_id=id, origin_id=id, at=MONDAY))

    refused = await house.says("Hugo", f"security hold SI-{id}")
    free = await house.within(lambda ctx: calls.is_kept(ctx, report))
    await house.says("Lou", f"security hold SI-{id}")
    held = await house.within(lambda ctx: calls.is_kept(ctx, report))
    await house.says("Lou", f"security unhold SI-{id}")

    assert "Only Legal" in said(refused)
    assert (free, held) == (False, True)
    assert not await house.within(lambda ctx: calls.is_kept(ctx, report))


async def test_to_work_in_legal_is_not_enough_to_hold(house: House) -> None:
    id = await house.opens("Tess", "Hugo", state=State.CLOSED, closed_at=MONDAY)
    hugo = await house.within(lambda ctx: people.by_id(ctx.session, IDS["Hugo"], now=ctx.now))
    await house.database.write(lambda session: staffing.move(session, hugo, LEGAL))

    refused = await house.says("Hugo", f"security hold SI-{id}")

    assert "Only Legal" in said(refused)
