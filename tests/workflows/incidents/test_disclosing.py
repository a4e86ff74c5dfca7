"""Who learns who reported something confidentially."""

import pytest

from bot.context import Context
from bot.workflow import NO_SUCH_THING
from storage.audit import audit
from tests.workflows.acting import said
from tests.workflows.incidents.house import House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, linking, tables
from workflows.incidents.rules import Part, Reason
from workflows.incidents.tables import Engagement
from workflows.reports import tables as reports_tables
from workflows.reports.rules import Privacy


async def told(house: House, name: str, report: int) -> str:
    return said(await house.says(name, f"security reporter R-{report}", privately=True))


@pytest.fixture
async def report(house: House) -> int:
    """A confidential report in an incident that Hugo leads, and in which HR alone acts."""
    incident = await house.opens("Tess", "Lou", lead="Hugo")
    id = await house.files("Rita", privacy=Privacy.CONFIDENTIAL)

    def join(ctx: Context) -> None:
        found, own = (
            tables.lock_incident(ctx.session, incident),
            reports_tables.lock_report(ctx.session, id),
        )
        assert found is not None
        assert own is not None
        linking.link(ctx, found, own)
        row = Engagement(
            incident_id=incident, department="hr", part=Part.RESPONDS, notified_at=ctx.now
        )
        ctx.session.merge(row)
        access.let_in(ctx, found, [IDS["Hetty"]], Reason.ENGAGED)

    await house.within(join)
    return id


@pytest.mark.parametrize("name", ["Hugo", "Hetty"])
async def test_the_lead_and_hr_where_it_acts_read_the_name_and_the_audit_keeps_it(
    house: House, report: int, name: str
) -> None:
    assert "Rita reported" in await told(house, name, report)

    rows = await house.database.read(
        lambda session: session.connection().execute(audit.select()).mappings().all()
    )
    [read] = [row for row in rows if row["action"] == "incidents.security_reporter"]
    assert (read["actor"], read["entity"]) == (IDS[name], f"report:{report}")


@pytest.mark.parametrize("name", ["Tess", "Lou", "Adam", "Rita"])
async def test_to_everybody_else_it_reads_as_if_there_were_no_such_report(
    house: House, report: int, name: str
) -> None:
    assert await told(house, name, report) == NO_SUCH_THING


async def test_where_others_read_along_no_name_is_said(house: House, report: int) -> None:
    answer = said(await house.says("Hugo", f"security reporter R-{report}"))

    assert "Rita" not in answer
    assert "your own chat" in answer
