"""What has to be done in an incident: from the checklist of its kind, or as somebody adds it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    checklists,
    choosing,
    codes,
    parts,
    task_keeping,
    task_tables,
    tasks_views,
    telling,
    timeline,
    waiting,
)
from workflows.incidents import tables as incidents
from workflows.incidents import tasks_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.checklists import Step
from workflows.incidents.rules import OVER, Kind
from workflows.incidents.tables import Incident
from workflows.incidents.task_tables import Task
from workflows.reports import hours, roster
from workflows.reports.defanging import defang
from workflows.reports.rules import SECURITY


@it.command("security task", help=texts.HELP_ADD, usage=texts.USAGE)
def say_task(ctx: Context, text: str) -> Reply:
    """Open the form in which a task is added."""
    return add.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.command("security tasks", help=texts.HELP_LIST, usage=texts.USAGE)
def say_tasks(ctx: Context, text: str) -> Reply:
    """Show what has to be done."""
    return _listing(ctx, choosing.said(ctx, text))


@it.action("tasks")
def show(ctx: Context, incident: int) -> Reply:
    """Show what has to be done to whoever may read the incident."""
    return _listing(ctx, access.readable(ctx, incident))


@it.command("security done", help=texts.HELP_DONE, usage=texts.USAGE_DONE)
def say_done(ctx: Context, text: str) -> Reply:
    """Note that the task of that number is done."""
    incident = choosing.said(ctx, text)
    numbers = [int(word) for word in parse(text).words if word.isdecimal() and len(word) < 6]  # noqa: PLR2004 - no incident has so many
    if len(numbers) != 1:
        raise Invalid(texts.WHICH_TASK)
    return _finish(ctx, incident, numbers[0])


@it.action("task_done")
def done(ctx: Context, incident: int, number: int) -> Reply:
    """Note that a task is done."""
    return _finish(ctx, access.readable(ctx, incident), number)


@it.form("task")
def add(ctx: Context, incident: int) -> Form:
    """Ask what a department is to do, and until when."""
    found = access.shown(ctx, incident)
    _check(ctx, found)
    return tasks_views.form(codes.code(found), people.departments(ctx.session))


@add.submit
def send_task(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Give a department something to do."""
    found = access.readable(ctx, incident)
    _check(ctx, found)
    due = answers.instant("due") or ctx.now
    if due <= ctx.now:
        raise Invalid(fields={"due": texts.PAST})
    task = Task(
        incident_id=incident,
        number=task_tables.last_number(ctx.session, incident) + 1,
        department=answers.text("department"),
        due_at=due,
        is_blocking=answers.on("is_blocking"),
        added_at=ctx.now,
        added_by=ctx.person.id,
    )
    _begin(ctx, found, task, defang(answers.text("what")))
    calls.incident_changed(ctx, incident)
    return Message(text=_added(ctx, found, task))


def begin(ctx: Context, incident: Incident) -> None:
    """Take the tasks of an incident that is declared from the checklist of its kind."""
    for number, step in enumerate(checklists.CHECKLISTS[incident.category], start=1):
        task = Task(
            incident_id=incident.id or 0,
            number=number,
            department=step.department,
            due_at=_due(ctx, incident, step),
            is_blocking=step.is_blocking,
            added_at=ctx.now,
        )
        _begin(ctx, incident, task, step.what)


@calls.incidents_change
def follow(ctx: Context, incident_id: int) -> None:
    """Remind nobody of the tasks of what is over, and of those of what is open again."""
    incident = incidents.incident(ctx.session, incident_id)
    if incident is None:
        return
    for one in task_tables.tasks_of(ctx.session, incident_id):
        if incident.state in OVER:
            one.next_look = ""
        elif one.done_at is None and not one.next_look and one.due_at > ctx.now:
            _wait(ctx, incident, one)


@it.awaits
def awaited(session: Session) -> Mapping[str, str]:
    """Return the timer that reminds of each task that is open and not yet late."""
    return {
        f"{codes.entity(one.incident_id)}:task:{one.number}": one.next_look
        for one in task_tables.waiting_tasks(session)
    }


@it.timer("show_task")
def show_task(ctx: Context, incident: int, number: int) -> None:
    """Show a department its task, now that its people are at work."""
    found = incidents.lock_incident(ctx.session, incident)
    task = task_tables.numbered(ctx.session, incident, number)
    if found is not None and task is not None and found.state not in OVER:
        _tell(ctx, found, task)


@it.timer("task_due")
def task_due(ctx: Context, incident: int, number: int, look: str) -> None:
    """Remind the department and the lead, once, of a task that is late."""
    found = incidents.lock_incident(ctx.session, incident)
    task = task_tables.numbered(ctx.session, incident, number)
    if found is None or task is None or task.next_look != look or found.state in OVER:
        return
    task.next_look = ""
    title = parts.title_of(task.department)
    text = texts.late(codes.code(found), number, title, task_keeping.what(ctx.sealer, task))
    message = tasks_views.asked(text, task, [_done_button(task)])
    telling.tell(ctx, found, _told(ctx, found, task), message, what=f"task_late:{number}")


@calls.blocks_resolving
def blocking(ctx: Context, incident: Incident) -> str:
    """Say which tasks have to be done before a severe incident is resolved."""
    if not incident.severity.is_high:
        return ""
    tasks = task_tables.tasks_of(ctx.session, incident.id or 0)
    left = [one.number for one in tasks if one.is_blocking and one.done_at is None]
    return texts.in_the_way(codes.code(incident), left) if left else ""


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead the list of what has to be done."""
    if incident.state in OVER or incident.lead_id != reader.id:
        return []
    return [show.button(texts.BUTTON, incident=incident.id or 0)]


def _begin(ctx: Context, incident: Incident, task: Task, what: str) -> None:
    """Store a task, note it, and give it to its department."""
    task_keeping.seal(ctx, task, what)
    said = texts.noted(parts.title_of(task.department), what)
    timeline.note(ctx, incident, Kind.TASK, said, role=parts.role_of(ctx, incident))
    _wait(ctx, incident, task)
    at = ctx.now
    if not incident.severity.is_high:
        at = hours.calendar(ctx, task.department).next_working(ctx.now)
    if at <= ctx.now:
        _tell(ctx, incident, task)
    else:
        key = f"{task.next_look}:show"
        ctx.schedule(show_task, at, key=key, incident=task.incident_id, number=task.number)


def _added(ctx: Context, incident: Incident, task: Task) -> str:
    code, id = codes.code(incident), incident.id or 0
    if any(access.may_read(ctx, id, one.id) for one in _acting(ctx, task)):
        return texts.added(code, task.number)
    title = parts.title_of(task.department)
    return texts.added_for_nobody(code, task.number, title, task.department)


def _due(ctx: Context, incident: Incident, step: Step) -> datetime:
    wait = replace(step.within, is_working=not incident.severity.is_high)
    return hours.due(ctx, wait, department=step.department)


def _wait(ctx: Context, incident: Incident, task: Task) -> None:
    at: datetime = task.due_at
    key = f"{codes.entity(task.incident_id)}:task:{task.number}:{at:%Y%m%dT%H%M%S.%f}"
    ctx.wait(task, task_due, at, key=key, incident=incident.id or 0, number=task.number)


def _tell(ctx: Context, incident: Incident, task: Task) -> None:
    """Show a task to those of its department who may read the incident: asked, or done."""
    what, code = task_keeping.what(ctx.sealer, task), codes.code(incident)
    if task.done_at is None:
        text = texts.asked(code, task.number, what)
        message = tasks_views.asked(text, task, [_done_button(task)])
    else:
        message = Message(text=texts.ended(code, task.number, what))
    telling.tell(ctx, incident, _acting(ctx, task), message, what=f"task:{task.number}")


def _told(ctx: Context, incident: Incident, task: Task) -> list[Person]:
    everybody = {one.id: one for one in _acting(ctx, task)}
    if incident.lead_id is not None and waiting.is_led(ctx, incident):
        lead = people.by_id(ctx.session, incident.lead_id, now=ctx.now)
        everybody[lead.id] = lead
    return list(everybody.values())


def _acting(ctx: Context, task: Task) -> list[Person]:
    if task.department == SECURITY:
        return roster.of_department(ctx, SECURITY)
    return roster.responders(ctx, task.department)


def _finish(ctx: Context, incident: Incident, number: int) -> Message:
    _check(ctx, incident)
    task = task_tables.numbered(ctx.session, incident.id or 0, number)
    if task is None:
        raise NotFound(NO_SUCH_THING)
    if task.done_at is not None:
        raise Conflict(texts.done_before(codes.code(incident), number))
    task.done_at, task.done_by, task.next_look = ctx.now, ctx.person.id, ""
    what, role = task_keeping.what(ctx.sealer, task), parts.role_of(ctx, incident)
    said = texts.noted_done(parts.title_of(role), what)
    timeline.note(ctx, incident, Kind.TASK, said, role=role)
    ctx.record(f"{codes.entity(incident.id or 0)}:task:{number}", after="done")
    _tell(ctx, incident, task)
    calls.incident_changed(ctx, incident.id or 0)
    return Message(text=texts.thanks(codes.code(incident), number))


def _listing(ctx: Context, incident: Incident) -> Message:
    id = incident.id or 0
    tasks = task_tables.tasks_of(ctx.session, id)
    buttons: list[Button] = []
    if choosing.acts(ctx, incident) and incident.state not in OVER:
        buttons = [_done_button(one) for one in tasks if one.done_at is None]
        buttons.append(add.button(texts.ADD, incident=id))
    shown = [(one, task_keeping.what(ctx.sealer, one)) for one in tasks]
    ctx.record(codes.entity(id))
    return tasks_views.listing(codes.code(incident), shown, buttons).carrying(codes.entity(id))


def _done_button(task: Task) -> Button:
    label = texts.done_button(task.number)
    return done.button(label, incident=task.incident_id, number=task.number)


def _check(ctx: Context, incident: Incident) -> None:
    """Refuse who only follows it, and what is over."""
    choosing.check_part(ctx, incident)
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
