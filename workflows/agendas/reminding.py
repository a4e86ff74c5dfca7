"""Reminding of actions: on the day, and two working days later, when their owner is at work."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from bot.business_time import BusinessCalendar
from bot.calendars import calendar_of
from bot.clock import zone_named
from bot.context import Context
from storage import people
from storage.people import Person
from workflows.agendas import actions, calls, capture_tables, codes, keeping, tables
from workflows.agendas import actions_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.rules import ActionState
from workflows.agendas.tables import Action

#: So many working days after its day an action is spoken of once more.
AFTERWARDS = 2
_DAY = timedelta(days=1)


@calls.actions_change
def wait(ctx: Context, action: Action) -> None:
    """Have the next reminder of an action come; there is none after the last."""
    action.next_look = ""
    if action.owner_id is None or action.due_on is None or action.state is not ActionState.OPEN:
        return
    owner = people.by_id(ctx.session, action.owner_id, now=ctx.now)
    hours = calendar_of(ctx.session, owner, since=ctx.now)
    at = next((at for at in moments(action.due_on, hours) if at > ctx.now), None)
    if at is not None:
        _look_at(ctx, action, at)


def moments(due_on: date, hours: BusinessCalendar) -> list[datetime]:
    """Return when somebody is reminded: when they begin to work on the day, and afterwards.

    A day on which they do not work counts as the next one on which they do.
    """
    zone = zone_named(hours.timezone)

    def begins(day: date) -> datetime:
        return hours.next_working(datetime.combine(day, hours.start, zone).astimezone(UTC))

    found = [begins(due_on)]
    for _ in range(AFTERWARDS):
        found.append(begins(found[-1].astimezone(zone).date() + _DAY))
    return [found[0], found[-1]]


@it.timer("remind_action")
def remind(ctx: Context, action: int, look: str) -> None:
    """Remind whoever does an action, once they are at work."""
    found = tables.lock_action(ctx.session, action)
    if found is None or found.next_look != look or found.state is not ActionState.OPEN:
        return
    if found.owner_id is None or found.due_on is None:
        return
    owner = people.by_id(ctx.session, found.owner_id, now=ctx.now)
    hours = calendar_of(ctx.session, owner, since=ctx.now)
    if (at := hours.next_working(ctx.now)) > ctx.now:
        _look_at(ctx, found, at)
        return
    _tell(ctx, found, owner, found.due_on)
    wait(ctx, found)


@it.awaits
def reminders(session: Session) -> Mapping[str, str]:
    """Return what somebody is still to be reminded of."""
    found = capture_tables.reminders(session)
    return {codes.action_entity(id): look for id, look in found.items()}


def _tell(ctx: Context, action: Action, owner: Person, due_on: date) -> None:
    today = ctx.now.astimezone(zone_named(owner.timezone)).date()
    what, code = keeping.text(ctx.sealer, action), codes.action(action.id)
    said = texts.overdue if today > due_on else texts.due_today
    actions.tell(ctx, owner, action, said(code, what, due_on), what=f"remind:{today}")


def _look_at(ctx: Context, action: Action, at: datetime) -> None:
    key = f"{codes.action_entity(action.id)}:remind:{codes.moment(at)}"
    ctx.wait(action, remind, at, key=key, action=action.id or 0)
