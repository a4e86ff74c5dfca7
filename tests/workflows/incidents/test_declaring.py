"""Declaring an incident, and which reports it stands on."""

import pytest

from bot.context import Context
from bot.errors import Conflict
from tests.workflows.incidents.house import TITLE, House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, declaring, keeping, linking, tables
from workflows.incidents.declaring import Declaration
from workflows.incidents.rules import State, Tlp
from workflows.reports import tables as reports_tables
from workflows.reports.rules import Category, Severity
from workflows.reports.rules import State as Report


def _declare(ctx: Context, report: int, category: Category) -> int:
    wanted = Declaration(
        title=TITLE,
        category=category,
        severity=Severity.S3,
        report=reports_tables.lock_report(ctx.session, report),
    )
    return declaring.declare(ctx, wanted).id or 0


async def declared(house: House, report: int, category: Category = Category.ACCOUNT) -> int:
    return await house.within(lambda ctx: _declare(ctx, report, category))


async def test_an_incident_that_is_declared_holds_its_report_and_a_sealed_title(
    house: House,
) -> None:
    report = await house.files()

    incident = await house.incident(await declared(house, report))

    assert TITLE not in (incident.title or "")
    assert keeping.title(house.sealer, incident) == TITLE
    assert (incident.state, incident.tlp) == (State.DECLARED, Tlp.AMBER_STRICT)
    assert (await house.report(report)).state is Report.LINKED


async def test_the_reporter_hears_that_a_case_was_opened_and_nothing_of_it(house: House) -> None:
    report = await house.files("Rita")

    await declared(house, report)

    told = [parcel.message.text for parcel in await house.sent("Rita")]
    assert any("helped to open a case" in text for text in told)
    assert not any(TITLE in text for text in told)


async def test_what_only_named_people_may_read_becomes_an_incident_for_them_alone(
    house: House,
) -> None:
    report = await house.files(category=Category.CONDUCT, about=[IDS["Hugo"]])

    id = await declared(house, report, Category.CONDUCT)

    readers = await house.within(lambda ctx: {one.name for one in access.readers(ctx, id)})
    assert readers == {"Lou", "Hetty"}
    assert (await house.incident(id)).tlp is Tlp.RED


async def test_whom_a_report_is_about_reads_nothing_of_its_incident(house: House) -> None:
    id = await house.opens("Finn")
    report = await house.files(about=[IDS["Finn"]])

    def join(ctx: Context) -> bool:
        incident = tables.lock_incident(ctx.session, id)
        found = reports_tables.lock_report(ctx.session, report)
        assert incident
        assert found
        linking.link(ctx, incident, found)
        return access.may_read(ctx, id, IDS["Finn"])

    assert not await house.within(join)


async def test_a_report_that_is_taken_off_goes_back_to_triage(house: House) -> None:
    report = await house.files()
    id = await declared(house, report)

    def leave(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        found = reports_tables.lock_report(ctx.session, report)
        assert incident
        assert found
        linking.unlink(ctx, incident, found)

    await house.within(leave)

    assert (await house.report(report)).state is Report.ACKNOWLEDGED
    with pytest.raises(Conflict, match="no part of"):
        await house.within(leave)


async def test_a_restricted_report_never_joins_what_more_people_read(house: House) -> None:
    id = await house.opens()
    report = await house.files(category=Category.CONDUCT)

    def join(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        found = reports_tables.lock_report(ctx.session, report)
        assert incident
        assert found
        linking.link(ctx, incident, found)

    with pytest.raises(Conflict, match="incident of its own"):
        await house.within(join)
