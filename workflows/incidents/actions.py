"""What is done after an incident: each by somebody, by some day, who is reminded of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.answers import Answers
from bot.business_time import BusinessCalendar
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.recurrence import Weekday
from bot.text import parse
from bot.ui import Button, Form, Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    choosing,
    codes,
    naming,
    review_keeping,
    review_views,
    reviewing,
    tables,
    telling,
    wording,
)
from workflows.incidents import review_tables as reviews
from workflows.incidents import review_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.review_tables import Action
from workflows.incidents.rules import State
from workflows.incidents.tables import Incident
from workflows.reports import hours
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang
from workflows.reports.rules import SECURITY
from workflows.reports.views import with_buttons

_DAY = timedelta(days=1)
#: After so many working days it is the last time.
_AFTERWARDS = 3


@it.command("security action", help=texts.HELP_ACTION, usage=texts.USAGE)
def add_named(ctx: Context, text: str) -> Reply:
    """Open the form that asks what is to be done."""
    return add.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("action")
def add(ctx: Context, incident: int) -> Form:
    """Ask what is to be done after an incident."""
    found = access.shown(ctx, incident)
    _check_open(ctx, found)
    of = reviewing.departments(ctx, found)
    return review_views.action_form(
        codes.code(found), of, what="", department=_own(ctx, of), due=None
    )


@add.submit
def send_add(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Keep what is to be done."""
    found = access.readable(ctx, incident)
    _check_open(ctx, found)
    return _saved(ctx, found, Action(incident_id=incident, department=SECURITY), answers)


@it.command("security action change", help=texts.HELP_CHANGE, usage=texts.USAGE_ACTION)
def change_named(ctx: Context, text: str) -> Reply:
    """Open the form of an action."""
    return change.open(ctx, action=codes.named_action(parse(text)))


@it.form("change_action")
def change(ctx: Context, action: int) -> Form:
    """Ask what is to be done, by whom and by when."""
    found = reviews.action(ctx.session, action)
    incident = access.shown(ctx, found.incident_id if found else 0)
    if found is None:
        raise NotFound(NO_SUCH_THING)
    _check_undone(ctx, incident, found)
    return review_views.action_form(
        codes.action(action),
        reviewing.departments(ctx, incident),
        what=review_keeping.action(ctx.sealer, found),
        department=found.department,
        due=found.due_on,
    )


@change.submit
def send_change(ctx: Context, answers: Answers, action: int) -> Reply:
    """Keep what is to be done now; without another owner it stays whose it was."""
    incident, found = _locked(ctx, action)
    _check_undone(ctx, incident, found)
    return _saved(ctx, incident, found, answers)


@it.command("security action done", help=texts.HELP_DONE, usage=texts.USAGE_ACTION)
def done_named(ctx: Context, text: str) -> Reply:
    """Note that an action is done."""
    return _done(ctx, codes.named_action(parse(text)))


@it.action("action_done")
def done(ctx: Context, action: int) -> Reply:
    """Note that an action is done."""
    return _done(ctx, action)


@it.timer("remind_action")
def remind(ctx: Context, action: int, look: str) -> None:
    """Remind whoever does it, and at last the lead as well."""
    found = reviews.lock_action(ctx.session, action)
    if found is None or found.next_look != look or found.done_at is not None:
        return
    incident = tables.incident(ctx.session, found.incident_id)
    if incident is None or found.due_on is None:
        return
    wait(ctx, found)
    asked = [found.owner_id] if found.next_look else [found.owner_id, incident.lead_id]
    to = [people.by_id(ctx.session, one, now=ctx.now) for one in dict.fromkeys(asked) if one]
    what = review_keeping.action(ctx.sealer, found)
    code = codes.action(action)
    text = texts.remind(code, codes.code(incident), what, str(found.due_on))
    message = with_buttons(text, _buttons(action))
    telling.tell(ctx, incident, to, message, what=f"action:{action}:{stamp(ctx)}")


@it.awaits
def reminders(session: Session) -> Mapping[str, str]:
    """Return what somebody is still to be reminded of."""
    return {f"action:{one.id}": one.next_look for one in reviews.reminded(session)}


def wait(ctx: Context, action: Action) -> None:
    """Have the next reminder of an action come; there is none after the last."""
    calendar = hours.calendar(ctx)
    moments = remind_at(action.due_on, calendar) if action.due_on and action.owner_id else []
    at = next((one for one in moments if one > ctx.now), None)
    action.next_look = ""
    if at is not None and action.done_at is None:
        key = f"incident:{action.incident_id}:action:{action.id}:{stamp(ctx)}"
        ctx.wait(action, remind, at, key=key, action=action.id or 0)


def remind_at(due_on: date, calendar: BusinessCalendar) -> list[datetime]:
    """Return when somebody is reminded: a working day before, on the day, three after."""
    on = due_on if _is_working(due_on, calendar) else _step(due_on, calendar, back=True)
    after = due_on
    for _ in range(_AFTERWARDS):
        after = _step(after, calendar, back=False)
    zone = ZoneInfo(calendar.timezone)
    return [
        datetime.combine(day, calendar.start, zone).astimezone(UTC)
        for day in (_step(on, calendar, back=True), on, after)
    ]


def _step(day: date, calendar: BusinessCalendar, *, back: bool) -> date:
    day += -_DAY if back else _DAY
    while not _is_working(day, calendar):
        day += -_DAY if back else _DAY
    return day


def _is_working(day: date, calendar: BusinessCalendar) -> bool:
    return Weekday.of(day) in calendar.working_days and day not in calendar.holidays


def _check_open(ctx: Context, incident: Incident) -> None:
    if incident.state is not State.IN_REVIEW:
        raise Conflict(texts.not_in_review(codes.code(incident)))
    choosing.check_part(ctx, incident)


def _check_undone(ctx: Context, incident: Incident, action: Action) -> None:
    choosing.check_part(ctx, incident)
    if action.done_at is not None:
        raise Conflict(texts.DONE_ALREADY)


def _locked(ctx: Context, id: int) -> tuple[Incident, Action]:
    """Return an action with its incident, both locked, for whoever may read it."""
    found = reviews.action(ctx.session, id)
    incident = access.readable(ctx, found.incident_id if found else 0)
    action = reviews.lock_action(ctx.session, id)
    if action is None:
        raise NotFound(NO_SUCH_THING)
    return incident, action


def _saved(ctx: Context, incident: Incident, action: Action, answers: Answers) -> Message:
    owner = choosing.picked(ctx, answers, "owner") if answers.text("owner") else None
    if owner is not None and not access.may_read(ctx, incident.id or 0, owner.id):
        raise Invalid(fields={"owner": texts.CANNOT_READ})
    what = naming.without_names(ctx, incident, defang(answers.text("what")))
    action.owner_id = owner.id if owner else action.owner_id
    action.due_on, action.department = answers.day("due"), answers.text("department")
    review_keeping.seal_action(ctx, action, what.text)
    wait(ctx, action)
    code = codes.action(action.id or 0)
    ctx.record(f"action:{action.id}", after=(action.owner_id, action.due_on, what.text))
    flagged = wording.noticed(what.text, wording.words(ctx.session))
    return review_views.saved(texts.action_saved(code), flagged)


def _done(ctx: Context, id: int) -> Message:
    incident, action = _locked(ctx, id)
    if action.owner_id != ctx.person.id:
        choosing.check_part(ctx, incident)
    if action.done_at is not None:
        raise Conflict(texts.DONE_ALREADY)
    action.done_at, action.next_look = ctx.now, ""
    ctx.record(f"action:{id}", after="done")
    return Message(text=texts.action_done(codes.action(id)))


def _own(ctx: Context, departments: list[str]) -> str:
    return next((one for one in departments if reviewing.acts_for(ctx.person, one)), SECURITY)


def _buttons(action: int) -> list[Button]:
    return [
        done.button(texts.DONE, action=action),
        change.button(texts.CHANGE, action=action),
    ]


@calls.card_buttons
def offer(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer to name what is to be done, while an incident is in review."""
    if incident.state is not State.IN_REVIEW:
        return []
    return [add.button(texts.ADD, incident=incident.id or 0)]
