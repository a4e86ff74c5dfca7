"""What has to be done in an incident, and what waits for that."""

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.ui import Problems
from tests.workflows.acting import TEAMS, buttons, said
from tests.workflows.incidents.house import House
from workflows.incidents import tables, task_tables
from workflows.incidents import tasks as task_rules
from workflows.incidents.rules import State
from workflows.incidents.task_tables import Task
from workflows.reports.rules import Category, Severity

HOUR = timedelta(hours=1)


async def tasks(house: House, id: int) -> list[Task]:
    def read(session: Session) -> list[Task]:
        return task_tables.tasks_of(session, id)

    return await house.database.read(read)


async def begins(
    house: House, state: State = State.RESPONDING, severity: Severity = Severity.S2
) -> int:
    """Let an incident about an account be open, with the tasks of its checklist."""
    kind = Category.ACCOUNT
    id = await house.opens("Tess", "Ivan", category=kind, state=state, severity=severity)

    def begin(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        assert incident is not None
        task_rules.begin(ctx, incident)

    await house.within(begin)
    return id


async def test_the_checklist_of_its_kind_is_given_to_the_departments_once(house: House) -> None:
    id = await begins(house)

    await house.changes(id)

    assert [(one.number, one.department) for one in await tasks(house, id)] == [
        (1, "it"),
        (2, "it"),
    ]
    assert await house.offered("Ivan", "1 is done")


async def test_a_severe_incident_is_resolved_only_when_what_blocks_it_is_done(
    house: House,
) -> None:
    id = await begins(house, state=State.CONTAINED)

    refused = await house.says("Hugo", f"security resolve SI-{id}")
    await house.presses("Ivan", await house.offered("Ivan", "1 is done"), TEAMS)
    await house.says("Tess", f"security done SI-{id} 2")
    form = await house.says("Hugo", f"security resolve SI-{id}")
    await house.sends("Hugo", form, {"why": "All is done."})

    assert "before these tasks are done: 1, 2" in said(refused)
    assert (await house.incident(id)).state is State.RESOLVED


async def test_who_adds_a_task_that_nobody_hears_of_is_told_what_to_do(house: House) -> None:
    id = await begins(house)
    form = await house.says("Hugo", f"security task SI-{id}")
    asked = {"what": "Hold payments.", "due": "2026-11-09T09:00Z"}

    heard = await house.sends("Hugo", form, {**asked, "department": "it"})
    unheard = await house.sends("Hugo", form, {**asked, "department": "finance"})

    assert "Its department hears of it" in said(heard)
    assert f"security engage SI-{id} finance" in said(unheard)


async def test_what_is_not_severe_is_resolved_with_tasks_open(house: House) -> None:
    id = await begins(house, state=State.CONTAINED, severity=Severity.S3)

    form = await house.says("Hugo", f"security resolve SI-{id}")
    await house.sends("Hugo", form, {"why": "All is done."})

    assert (await house.incident(id)).state is State.RESOLVED


async def test_a_task_is_added_for_a_department_until_a_moment_to_come(house: House) -> None:
    id = await begins(house)
    form = await house.says("Tess", f"security task SI-{id}")
    wanted = {"what": "Call http://evil.example", "department": "it"}

    past = await house.sends("Tess", form, {**wanted, "due": "2026-11-01T10:00Z"})
    added = await house.sends("Tess", form, {**wanted, "due": "2026-11-03T10:00Z"})

    listed = said(await house.says("Hugo", f"security tasks SI-{id}"))
    assert isinstance(past, Problems)
    assert "task 3 of SI-1" in said(added)
    assert "Call hxxp://evil[.]example" in listed
    assert "3 of 3 tasks are open" in listed


async def test_a_task_is_done_once_and_only_by_who_has_a_part(house: House) -> None:
    id = await begins(house)
    button = await house.offered("Ivan", "1 is done")

    stranger = await house.presses("Rita", button)
    await house.presses("Ivan", button)
    again = await house.presses("Tess", button)
    unknown = await house.says("Tess", f"security done SI-{id} 9")

    assert "not for you to see" in said(stranger)
    assert "somebody was faster" in said(again)
    assert "not for you to see" in said(unknown)
    shown = await house.says("Tess", f"security tasks SI-{id}")
    assert [one.label for one in buttons(shown)] == ["2 is done", "Add a task"]


async def test_the_department_and_the_lead_are_reminded_once_of_a_late_task(house: House) -> None:
    await begins(house)

    await house.passes(2 * HOUR)
    await house.passes(2 * HOUR)

    for name in ("Ivan", "Hugo"):
        told = await house.told(name)
        assert sum("Task 1 of SI-1 (IT operations) was to be done" in text for text in told) == 1


async def test_mild_tasks_are_shown_when_the_department_is_at_work(house: House) -> None:
    await house.passes(12 * HOUR)

    await begins(house, severity=Severity.S3)
    at_night = await house.told("Ivan")
    await house.passes(12 * HOUR)

    assert not any("Task 1" in text for text in at_night)
    assert any("Task 1" in text for text in await house.told("Ivan"))
