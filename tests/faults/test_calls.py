"""What follows from a report, and who is called: once, at whichever step the bot is killed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from adapters.simulator.simulator import SlackSimulator
from tests.faults.bots import Bots
from tests.faults.child import Orders
from tests.faults.deaths import STORED, on_the_way_of
from tests.faults.reporters import (
    DEPUTY,
    ON_DUTY,
    TRIAGE_CHANNEL,
    Form,
    seen_by,
    told,
)
from tests.faults.rows import Rows
from tests.faults.traffic import Act, eventually, posts, send
from workflows.reports import moving
from workflows.reports.rules import Interaction, Privacy
from workflows.reports.tables import Called, Report

pytestmark = pytest.mark.slow

REPORTER = 2
#: By which a call is known from a card, and a late one from one in time.
WAITS, LATE = "waits for somebody to take it", "late by"
TEN_MINUTES = timedelta(minutes=10)


async def test_what_follows_from_a_report_is_neither_lost_nor_doubled_by_any_death(
    slack: SlackSimulator, bots: Bots, rows: Rows, whole: Orders
) -> None:
    report = urgent(slack)

    first = await bots.start(replace(whole, dies=STORED))
    assert not await send(slack, first.url, report)
    await first.died()
    for death in on_the_way_of("reports.follow", "report:1:"):
        await bots.lose(replace(whole, dies=death), is_over=rows.all_is_done)
    last = await bots.start(whole)
    await eventually(rows.all_is_done)

    assert "It was done once" in await told(slack, last.url_now, report)
    assert len(reports(rows)) == 1
    assert [(one.step, one.person_id) for one in calls(rows)] == [(0, 1)]
    assert len(seen_by(slack, ON_DUTY, WAITS)) == 1
    assert len(posts(slack, TRIAGE_CHANNEL)) == 1


@pytest.mark.parametrize("deaths_in_time", [1, 4], ids=["before it is made", "before it is sent"])
async def test_a_call_is_made_once_and_says_that_it_is_late_after_any_death(
    slack: SlackSimulator, bots: Bots, rows: Rows, whole: Orders, deaths_in_time: int
) -> None:
    first = await bots.start(whole)
    await told(slack, first.url_now, urgent(slack))
    await eventually(rows.all_is_done)
    await first.kill()
    [report] = reports(rows)
    due = moving.due_at(report.next_look) - datetime.now(UTC)

    way = on_the_way_of("reports.call", "report:1:call:1:")

    def is_over() -> bool:
        return len(calls(rows)) > 1 and rows.all_is_done(ahead=due + TEN_MINUTES)

    for number, death in enumerate(way):
        ahead = due if number < deaths_in_time else due + TEN_MINUTES
        await bots.lose(replace(whole, ahead=ahead, dies=death), is_over=is_over)
    await bots.start(replace(whole, ahead=due + TEN_MINUTES))
    await eventually(is_over)

    assert [(one.step, one.person_id) for one in calls(rows)] == [(0, 1), (1, 1), (1, 2)]
    _in_time, again = seen_by(slack, ON_DUTY, WAITS)
    [once] = seen_by(slack, DEPUTY, WAITS)
    assert LATE in again
    assert LATE in once


def urgent(slack: SlackSimulator) -> Act:
    """Return a report that is looked at day and night."""
    return Form(slack, REPORTER).report(
        privacy=Privacy.NAMED, interaction=Interaction.ENTERED_CREDENTIALS
    )


def reports(rows: Rows) -> list[Report]:
    with rows.connection() as connection, Session(connection) as session:
        return list(session.exec(select(Report)))


def calls(rows: Rows) -> list[Called]:
    """Return who was called, the first first."""
    with rows.connection() as connection, Session(connection) as session:
        return list(session.exec(select(Called).order_by(col(Called.id))))
