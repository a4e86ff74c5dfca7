"""Declaring an incident, and which reports it stands on."""

import pytest

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Button
from storage import audit
from tests.workflows.acting import said
from tests.workflows.incidents.house import TITLE, House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, asking_for, declaring, keeping, linking, tables
from workflows.incidents.declaring import Declaration
from workflows.incidents.rules import State, Tlp
from workflows.reports import calls as reports
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


async def test_the_triage_card_offers_to_declare_and_to_link(house: House) -> None:
    id = await house.files()

    def offered(ctx: Context) -> list[str]:
        report = reports_tables.report(ctx.session, id)
        assert report
        return [one.label for one in reports.buttons_for_triage(ctx, report)]

    assert {"Declare an incident", "Link to an incident"} <= set(await house.within(offered))


async def test_a_report_is_linked_by_the_form_to_an_incident_that_triage_may_read(
    house: House,
) -> None:
    report, incident = await house.files(), await house.opens("Tess")

    def button(ctx: Context) -> Button:
        return asking_for.link.button("Link", report=report)

    form = await house.presses("Tess", await house.within(button))
    answer = await house.sends("Tess", form, {"incident": str(incident)})

    assert f"R-{report} is part of SI-{incident} now" in said(answer)
    taken_off = await house.says("Hugo", f"security unlink R-{report} SI-{incident}")
    assert "is back with triage" in said(taken_off)


async def test_that_somebody_read_an_incident_stands_in_the_audit(house: House) -> None:
    id = await house.opens("Tess")

    await house.says("Tess", f"security status SI-{id}")

    entry = await house.database.read(
        lambda session: audit.latest(session, house.sealer, f"incident:{id}")
    )
    assert entry
    assert (entry.entry.action, entry.entry.actor) == ("incidents.security_status", IDS["Tess"])


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
