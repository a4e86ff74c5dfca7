"""Legal hold wins over every time after which something is erased."""

from tests.workflows.acting import said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import House
from workflows.incidents.rules import State
from workflows.incidents.tables import Link
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
