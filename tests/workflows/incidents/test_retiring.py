"""What people wrote in an incident goes after 24 months; what can be counted stays."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from bot.context import Context
from storage import audit, posts
from storage.posts import Post
from storage.secrets import mark_of
from tests.workflows.acting import SLACK, said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import TITLE, House
from tests.workflows.incidents.test_exporting import handed_out
from tests.workflows.incidents.test_reviewing import acts, reviewed, writes
from workflows.incidents import (
    exporting,
    keeping,
    measuring,
    retiring,
    retiring_tables,
    sheet_keeping,
    tables,
    task_keeping,
)
from workflows.incidents.export_tables import Hold
from workflows.incidents.facts import Facts, Said
from workflows.incidents.measures import Figure
from workflows.incidents.rules import State
from workflows.incidents.sheet_tables import Sheet, Words
from workflows.incidents.task_tables import Task
from workflows.incidents.texts import ERASED
from workflows.reports import retiring as reports_retiring
from workflows.reports import tables as reports_tables
from workflows.reports.rules import Outcome
from workflows.reports.rules import State as ReportState

YEARS = 731
FACTS = {"what": "Calls.", "since": "Monday", "affected": "Staff", "doing": "We block them."}


async def over(house: House) -> tuple[int, int]:
    """Let an incident be closed with all that people can write; return it and its report."""
    id = await reviewed(house, "Lou")
    report = await house.files("Rita")
    await house.within(lambda ctx: _link(ctx, report, id))
    await house.says("Tess", f"security note SI-{id} Two callers.")
    await house.within(lambda ctx: _write(ctx, id))
    await writes(house, id, well="The call back.")
    await acts(house, id, owner="UIVAN", due="2026-12-01")
    await house.says("Hugo", f"security publish SI-{id}")
    assert (await house.incident(id)).state is State.CLOSED
    assert (await house.report(report)).outcome is Outcome.INCIDENT
    return id, report


def _link(ctx: Context, report: int, id: int) -> None:
    found = reports_tables.lock_report(ctx.session, report)
    assert found is not None
    found.state = ReportState.LINKED
    ctx.session.add(tables.Link(report_id=report, incident_id=id, origin_id=id, at=ctx.now))


def _write(ctx: Context, id: int) -> None:
    """Write what the commands of an incident in review do not take any more."""
    incident = tables.lock_incident(ctx.session, id)
    assert incident is not None
    keeping.seal_severity_reason(ctx, incident, "Two departments.")
    sheet_keeping.seal_facts(ctx, Sheet(incident_id=id, edition=1, at=ctx.now), Facts(**FACTS))
    words = Words(incident_id=id, department="it", edition=1, due_at=ctx.now)
    sheet_keeping.seal_said(ctx, words, Said("Block them."))
    task = Task(incident_id=id, number=1, department="it", due_at=ctx.now, added_at=ctx.now)
    task_keeping.seal(ctx, task, "Block the number.")
    exporting.keep(ctx, incident)


async def wait(house: House, days: int) -> None:
    """Let so many days pass, and what is due be erased."""
    house.clock.move_to(house.clock.now() + timedelta(days=days))
    await house.within(retiring.retire.handler)
    await house.within(reports_retiring.retire.handler)
    await house.passes(timedelta(0))


async def words(house: House, id: int) -> list[str]:
    """Return the sealed columns, of all tables, in which something of an incident stands."""

    def read(session: Session) -> list[str]:
        return [
            f"{table.name}.{column.name}"
            for table in SQLModel.metadata.tables.values()
            for column in table.columns
            if mark_of(column) is not None and (own := _own(table)) is not None
            if session.connection()
            .execute(sa.select(sa.func.count(column)).where(own == id))
            .scalar_one()
        ]

    return await house.database.read(read)


def _own(table: sa.Table) -> Any:
    if table.name == "incidents_incident":
        return table.c.id
    return table.c.get("incident_id")


async def test_all_that_was_written_is_erased_after_24_months_and_the_rows_stay(
    house: House,
) -> None:
    id, report = await over(house)

    await wait(house, YEARS - 2)
    before = await words(house, id)
    await wait(house, 2)
    await wait(house, 1)

    assert len(before) == 9
    assert await words(house, id) == []
    assert (await house.report(report)).text is None
    assert (await house.incident(id)).closed_at == MONDAY
    assert await house.database.read(lambda session: audit.verify(session, house.sealer).intact)


async def test_figures_stay_what_they_were(house: House) -> None:
    for _ in range(2):
        await over(house)

    def measure(ctx: Context) -> list[Figure]:
        return measuring.figures(ctx, MONDAY - timedelta(days=30))

    house.clock.move_to(MONDAY + timedelta(days=YEARS))
    before = await house.within(measure)
    await wait(house, 0)

    assert await house.within(measure) == before
    left = partial(retiring_tables.with_words, before=house.clock.now())
    assert await house.database.read(left) == []


async def test_whoever_reads_it_learns_that_it_was_erased(house: House) -> None:
    id, _ = await over(house)
    await wait(house, YEARS)

    for name, verb in (
        ("Tess", "security status"),
        ("Tess", "security timeline"),
        ("Tess", "security tasks"),
        ("Tess", "security sheet"),
        ("Tess", "security learned"),
    ):
        assert ERASED in str(await house.says(name, f"{verb} SI-{id}")), verb
    marked = handed_out(await house.says("Hugo", f"security export SI-{id}"))
    written = handed_out(await house.says("Hugo", f"security export SI-{id} --format=json"))
    assert "24 months after" in marked
    document = json.loads(written)
    assert document["title"] == ERASED
    assert document["review"]["actions"][0]["due_on"] == "2026-12-01"
    assert TITLE not in written


async def test_legal_hold_wins_until_it_is_lifted(house: House) -> None:
    id, report = await over(house)
    await house.says("Lou", f"security hold SI-{id}")

    await wait(house, 2 * YEARS)
    held = await words(house, id), (await house.report(report)).text
    await house.says("Lou", f"security unhold SI-{id}")
    await wait(house, 1)

    assert all(held)
    assert await words(house, id) == []
    assert (await house.report(report)).text is None


async def test_a_hold_on_what_was_merged_is_a_hold_on_all_of_it(house: House) -> None:
    id, report = await over(house)
    part = await house.opens("Lou", state=State.MERGED, merged_into=id, closed_at=MONDAY)
    await house.add(Hold(incident_id=part, at=MONDAY))

    await wait(house, YEARS)
    held = [await words(house, id), await words(house, part), (await house.report(report)).text]
    await house.says("Lou", f"security unhold SI-{id}")
    await wait(house, 1)

    assert all(held)
    assert [await words(house, one) for one in (id, part)] == [[], []]


async def test_a_report_is_kept_as_long_as_its_incident(house: House) -> None:
    id, report = await over(house)
    await wait(house, 600)
    form = await house.says("Hugo", f"security resume SI-{id}")
    await house.sends("Hugo", form, {"why": "They call again."})

    await wait(house, 600)

    assert (await house.incident(id)).closed_at is None
    assert (await house.report(report)).text is not None


async def test_what_is_opened_again_afterwards_goes_on_and_is_erased_once_more(
    house: House,
) -> None:
    id, _ = await over(house)
    await wait(house, YEARS)

    form = await house.says("Hugo", f"security resume SI-{id}")
    await house.sends("Hugo", form, {"why": "They call again."})
    facts = await house.says("Hugo", f"security sheet SI-{id}")
    told = said(await house.sends("Hugo", facts, FACTS))
    await house.within(partial(_close, id=id))
    await wait(house, YEARS)

    assert "SI-" in told
    assert await words(house, id) == []


def _close(ctx: Context, id: int) -> None:
    found = tables.lock_incident(ctx.session, id)
    assert found is not None
    found.state, found.closed_at = State.CLOSED, ctx.now


async def test_what_showed_it_is_taken_down(house: House) -> None:
    id, _ = await over(house)
    shown = Post(
        platform=SLACK,
        tenant="T1",
        channel="C9",
        message="1.1",
        key=f"incident:{id}:event:1",
        posted_at=MONDAY,
        entity=f"incident:{id}",
        sensitive=True,
    )
    await house.database.write(partial(posts.record, posted=shown))

    await wait(house, YEARS)

    [left] = [one for one in await house.sent() if one.envelope.amends]
    assert left.envelope.key == shown.key
    assert left.message.text == f"SI-{id} is closed. {ERASED}"
