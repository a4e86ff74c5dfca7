"""The figures: exact, with how many cases each is of, and none of fewer than five."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.context import Context
from bot.ui import Answer, Message, Table
from bot.workflow import NO_SUCH_THING
from storage import accounts, people
from tests.workflows.acting import said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import House
from workflows.incidents import measuring
from workflows.incidents.measures import Count, Figure, Metric, Share, Spans, is_told
from workflows.incidents.review_tables import Action, Cause, Review
from workflows.incidents.rules import Part, State
from workflows.incidents.tables import Engagement, Exclusion, Incident
from workflows.reports.rules import Category, Outcome, Severity
from workflows.reports.rules import State as Report
from workflows.reports.tables import Party
from workflows.reports.tables import Report as Row

_HOUR = timedelta(hours=1)


async def have(house: House, count: int, **fields: Any) -> list[int]:
    """Let so many reports stand so; times are given as spans since they were received."""
    ids = [await house.files("Rita") for _ in range(count)]

    def change(session: Session) -> None:
        for id in ids:
            row = session.get_one(Row, id)
            for name, value in fields.items():
                is_span = isinstance(value, timedelta)
                setattr(row, name, row.received_at + value if is_span else value)

    await house.database.write(change)
    return ids


async def measured(house: House, metric: Metric, group: str = "") -> Figure:
    """Return a figure as nobody in particular reads it."""

    def work(ctx: Context) -> list[Figure]:
        return measuring.figures(ctx, MONDAY - timedelta(days=30))

    found = [one for one in await house.within(work) if one.metric is metric]
    return next(one for one in found if getattr(one, "group", "") == group)


def rows(answer: Answer) -> dict[str, tuple[str, str]]:
    """Return the table of an answer: what, n and value."""
    assert isinstance(answer, Message)
    table = next(block for block in answer.blocks if isinstance(block, Table))
    return {what: (n, value) for what, n, value in table.rows}


async def test_what_nobody_looked_at_is_counted_with_its_age(house: House) -> None:
    await have(house, 5, acknowledged_at=_HOUR)
    await house.files("Rita")
    await house.passes(timedelta(minutes=30))

    answer = await house.says("Tess", "security metrics")

    shown = rows(answer)
    assert shown["Not looked at yet"] == ("1", "the oldest for 0:30:00")
    assert shown["Until a person looked"] == ("5", "mean 1:00:00, p50 1:00:00, p90 1:00:00")


async def test_a_group_of_four_is_not_told(house: House) -> None:
    await have(house, 4, acknowledged_at=_HOUR)

    four = rows(await house.says("Tess", "security metrics"))
    await have(house, 1, acknowledged_at=_HOUR)
    five = rows(await house.says("Tess", "security metrics"))

    assert four["Until a person looked"] == ("fewer than 5", "—")
    assert five["Until a person looked"][0] == "5"


async def test_each_time_is_counted_on_the_wall_and_in_working_hours(house: House) -> None:
    await have(house, 5, acknowledged_at=timedelta(days=1), event_at=-_HOUR, receipt_at=_HOUR)

    wall = await measured(house, Metric.ACKNOWLEDGED)
    working = await measured(house, Metric.ACKNOWLEDGED_WORKING)
    since_event = await measured(house, Metric.ACKNOWLEDGED_SINCE_EVENT)
    delay = await measured(house, Metric.DELAY)

    assert isinstance(wall, Spans)
    assert set(wall.values) == {timedelta(days=1)}
    assert isinstance(working, Spans)
    assert set(working.values) == {8 * _HOUR}
    assert isinstance(since_event, Spans)
    assert set(since_event.values) == {25 * _HOUR}
    assert isinstance(delay, Spans)
    assert set(delay.values) == {_HOUR}


async def test_withdrawn_reports_and_exercises_do_not_count(house: House) -> None:
    await have(house, 5, acknowledged_at=_HOUR)
    await have(house, 1, acknowledged_at=_HOUR, state=Report.WITHDRAWN)
    await have(house, 1, acknowledged_at=_HOUR, state=Report.CLOSED, outcome=Outcome.DRILL)

    figure = await measured(house, Metric.ACKNOWLEDGED)

    assert figure.n == 5


async def test_in_time_counts_what_is_late_and_leaves_out_what_may_still_come(
    house: House,
) -> None:
    await have(house, 1, acknowledged_at=timedelta(minutes=1), severity=Severity.S1)
    await have(house, 1, acknowledged_at=timedelta(minutes=16), severity=Severity.S1)
    await have(house, 1, severity=Severity.S1)
    await have(house, 1, severity=Severity.S4)
    house.clock.move_to(MONDAY + _HOUR)

    figure = await measured(house, Metric.ACKNOWLEDGED_IN_TIME)

    assert figure == Share(Metric.ACKNOWLEDGED_IN_TIME, 1, 3)


async def test_the_share_of_what_was_real_leaves_out_what_says_nothing_of_it(house: House) -> None:
    for outcome in (
        Outcome.INCIDENT,
        Outcome.STOPPED,
        Outcome.HARMLESS_EXPECTED,
        Outcome.DUPLICATE,
        Outcome.ROUTED,
        Outcome.INSUFFICIENT_INFO,
    ):
        await have(house, 1, state=Report.CLOSED, outcome=outcome)

    assert await measured(house, Metric.SIGNAL) == Share(Metric.SIGNAL, 2, 3)


async def test_who_closes_a_report_without_taking_it_has_looked_at_it(house: House) -> None:
    id = await house.files("Rita")

    await house.says("Tess", f"security close R-{id} stopped It was blocked.")

    assert (await house.report(id)).acknowledged_at == house.clock.now()
    assert (await measured(house, Metric.OPEN)).n == 0


async def test_incidents_are_measured_from_the_first_report_and_to_the_last_end(
    house: House,
) -> None:
    report = await house.files("Rita")
    house.clock.move_to(MONDAY + _HOUR)
    id = await house.opens("Tess")
    await house.says("Tess", f"security link R-{report} SI-{id}")

    def settle(session: Session) -> None:
        incident = session.get_one(Incident, id)
        incident.state, incident.reopened_count = State.CLOSED, 2
        incident.contained_at = MONDAY + 3 * _HOUR
        incident.resolved_at = MONDAY + 5 * _HOUR

    await house.database.write(settle)

    contained = await measured(house, Metric.CONTAINED)
    resolved = await measured(house, Metric.RESOLVED)
    assert contained == Spans(Metric.CONTAINED, (3 * _HOUR,))
    assert resolved == Spans(Metric.RESOLVED, (4 * _HOUR,))
    assert (await measured(house, Metric.REOPENED)).n == 2


async def test_what_goes_on_again_or_was_none_has_no_end(house: House) -> None:
    times: dict[str, Any] = {"contained_at": MONDAY, "resolved_at": MONDAY}
    await house.opens(state=State.RESPONDING, **times)
    await house.opens(state=State.CLOSED, outcome=Outcome.HARMLESS_EXPECTED, **times)

    assert (await measured(house, Metric.RESOLVED)).n == 0
    assert (await measured(house, Metric.CONTAINED)).n == 0


async def test_departments_are_measured_from_the_first_call(house: House) -> None:
    ids = [await house.opens(severity=Severity.S1) for _ in range(3)]
    marks = (timedelta(minutes=30), timedelta(minutes=31), None)
    for id, mark in zip(ids, marks, strict=True):
        await house.add(
            Engagement(
                incident_id=id,
                department="it",
                part=Part.RESPONDS,
                notified_at=MONDAY,
                acknowledged_at=MONDAY + mark if mark else None,
            )
        )
    house.clock.move_to(MONDAY + 2 * _HOUR)

    assert await measured(house, Metric.DEPARTMENT, "it") == Share(Metric.DEPARTMENT, 1, 3, "it")


async def test_updates_are_due_after_the_one_before_until_it_is_resolved(house: House) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)
    for minutes in (20, 40):
        await house.passes(timedelta(minutes=minutes))
        await house.says("Hugo", f"security update SI-{id} We look.")

    await house.passes(_HOUR)

    overdue = await measured(house, Metric.UPDATES)
    for step in ("contain", "resolve"):
        form = await house.says("Hugo", f"security {step} SI-{id}")
        await house.sends("Hugo", form, {"why": "It is blocked."})
    assert overdue == Share(Metric.UPDATES, 1, 3)
    assert await measured(house, Metric.UPDATES) == Share(Metric.UPDATES, 1, 3)


async def test_facts_and_words_for_departments_are_no_updates(house: House) -> None:
    id = await house.opens(severity=Severity.S1)
    await house.changes(id)

    form = await house.says("Hugo", f"security sheet SI-{id}")
    told = {"what": "Calls.", "since": "Monday", "affected": "Two.", "doing": "We block them."}
    await house.sends("Hugo", form, told)

    assert (await measured(house, Metric.UPDATES)).n == 0


async def test_reviews_actions_and_repeats_are_counted(house: House) -> None:
    for _ in range(2):
        id = await house.opens(state=State.CLOSED)
        await house.add(
            Review(
                incident_id=id,
                cause=Cause.DECEPTION,
                opened_at=MONDAY,
                due_at=MONDAY + _HOUR,
                published_at=MONDAY,
            ),
            Action(incident_id=id, department="it", done_at=MONDAY + timedelta(days=31)),
        )
        house.clock.move_to(house.clock.now() + timedelta(days=61))

    found = {
        metric: await measured(house, metric)
        for metric in (Metric.REVIEWS, Metric.ACTIONS_30, Metric.ACTIONS_60, Metric.REPEAT)
    }
    assert found == {
        Metric.REVIEWS: Share(Metric.REVIEWS, 2, 2),
        Metric.ACTIONS_30: Share(Metric.ACTIONS_30, 0, 2),
        Metric.ACTIONS_60: Share(Metric.ACTIONS_60, 2, 2),
        Metric.REPEAT: Share(Metric.REPEAT, 1, 2),
    }


async def test_what_repeats_an_incident_from_before_the_window_is_a_repeat(house: House) -> None:
    for days in (60, 0):
        at = MONDAY - timedelta(days=days)
        id = await house.opens(state=State.CLOSED, declared_at=at)
        review = Review(incident_id=id, cause=Cause.ACCESS, opened_at=at, due_at=at)
        await house.add(review)

    assert await measured(house, Metric.REPEAT) == Share(Metric.REPEAT, 1, 1)


async def test_whom_it_is_about_finds_it_in_no_figure(house: House) -> None:
    [id] = await have(house, 1)
    await house.add(Party(report_id=id, person_id=house.ids["Tess"], is_kept_out=True))
    incident = await house.opens(reopened_count=1)
    await house.add(Exclusion(incident_id=incident, person_id=house.ids["Tess"], at=MONDAY))

    tess = rows(await house.says("Tess", "security metrics"))
    uma = rows(await house.says("Uma", "security metrics"))

    assert [one["Not looked at yet"][0] for one in (tess, uma)] == ["0", "1"]
    assert [one["Incidents: reopened, times"][0] for one in (tess, uma)] == ["0", "1"]


async def test_what_is_restricted_waits_in_the_figures_of_its_readers_alone(house: House) -> None:
    await house.files("Rita", category=Category.CONDUCT)

    tess = rows(await house.says("Tess", "security metrics"))
    hugo = rows(await house.says("Hugo", "security metrics"))

    assert [one["Not looked at yet"][0] for one in (tess, hugo)] == ["0", "1"]


async def test_only_reporters_whom_something_reaches_could_be_told_how_it_ended(
    house: House,
) -> None:
    await have(house, 1, state=Report.CLOSED, outcome=Outcome.STOPPED, closed_at=_HOUR)
    before = await measured(house, Metric.LOOP_CLOSED)

    def lose(ctx: Context) -> None:
        for account in people.accounts_of(ctx.session, house.ids["Rita"]):
            accounts.lose(ctx.session, account, "blocked", now=ctx.now)

    await house.within(lose)

    assert (before.n, (await measured(house, Metric.LOOP_CLOSED)).n) == (1, 0)


@pytest.mark.parametrize(
    ("name", "may"),
    [("Tess", True), ("Hugo", True), ("Lou", True), ("Rita", False), ("Adam", False)],
)
async def test_triage_heads_auditors_and_leads_read_the_figures(
    house: House, name: str, may: bool
) -> None:
    await house.opens(lead="Iris")
    await house.database.write(lambda session: people.grant(session, house.ids["Lou"], "auditor"))

    answer = await house.says(name, "security metrics")

    assert (said(answer) != NO_SUCH_THING) is may


async def test_figures_begin_with_a_month(house: House) -> None:
    day = await house.says("Tess", "security metrics --since=2026-10-05")
    month = await house.says("Tess", "security metrics --since=2026-10")
    never = await house.says("Tess", "security metrics --since=2026-13")

    assert "Name a month" in said(day)
    assert "since 2026-10" in said(month)
    assert "Name a month" in said(never)


def test_percentiles_are_values_that_there_are() -> None:
    spans = Spans(Metric.RECEIPT, tuple(timedelta(seconds=one) for one in (9, 1, 4, 2, 30)))

    assert [spans.percentile(one).seconds for one in (50, 90, 95)] == [4, 30, 30]
    assert spans.mean() == timedelta(seconds=9.2)


def test_what_waits_is_told_however_few_it_is() -> None:
    assert is_told(Count(Metric.OPEN, 1))
    assert not is_told(Share(Metric.AGAIN, 4, 4))
