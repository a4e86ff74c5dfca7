"""Being away: anybody for themselves, admins for others."""

from datetime import date, datetime, time, timedelta

from bot.clock import as_utc, zone_named
from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from bot.workflow import NO_SUCH_THING
from storage import calendars
from storage.calendars import Absence
from storage.people import Person
from workflows.people import asked, calls, rules
from workflows.people import calendar_texts as texts
from workflows.people import workflow as it

#: Whoever is away for longer has left; nobody can close their calendar for good.
LONGEST = timedelta(days=3 * 366)
_DAY = timedelta(days=1)


@it.command("people away", help=texts.HELP_AWAY, usage=texts.USAGE_AWAY)
def away(ctx: Context, text: str) -> Reply:
    """Note when somebody is away, or say what is noted."""
    words = parse(text).words
    someone, days = _whose(ctx, words)
    if not days:
        spans = [_days(one, someone) for one in _absences(ctx, someone)]
        return Message(text=texts.absences(spans) if spans else texts.NO_ABSENCE)
    first, last = _span(days)
    ends_at = _midnight(last + _DAY, someone) if last < date.max else ctx.now + 2 * LONGEST
    if ends_at <= ctx.now:
        raise Invalid(texts.is_over(last))
    if ends_at > ctx.now + LONGEST:
        raise Invalid(texts.too_far(last, (ctx.now + LONGEST).date()))
    calendars.add_absence(ctx.session, someone.id, _midnight(first, someone), ends_at)
    ctx.record(f"person:{someone.id}", after=(first, last))
    calls.absences_changed(ctx, someone)
    return Message(text=texts.away(someone.name, first, last))


@it.command("people back", help=texts.HELP_BACK, usage=texts.USAGE_BACK)
def back(ctx: Context, text: str) -> Reply:
    """End the absence of now, or forget the next one."""
    someone, _ = _whose(ctx, parse(text).words)
    absences = _absences(ctx, someone)
    if not absences:
        return Message(text=texts.NOT_AWAY)
    of_now = [one for one in absences if one.away_at <= ctx.now]
    for one in of_now or absences[:1]:
        calendars.end_absence(ctx.session, one, ctx.now)
        ctx.record(f"person:{someone.id}", before=_days(one, someone))
    calls.absences_changed(ctx, someone)
    if of_now:
        return Message(text=texts.back(someone.name))
    return Message(text=texts.not_going(someone.name, *_days(absences[0], someone)))


def _whose(ctx: Context, words: tuple[str, ...]) -> tuple[Person, tuple[str, ...]]:
    """Return whose absence is meant, and the days that follow.

    Raises:
        NotFound: it is somebody else's, and who asks is no admin.
    """
    if not words or _is_day(words[0]):
        return ctx.person, words
    if not ctx.person.holds(Role.ADMIN):
        raise NotFound(NO_SUCH_THING)
    return asked.found(ctx, words[0]), words[1:]


def _is_day(word: str) -> bool:
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


def _span(words: tuple[str, ...]) -> tuple[date, date]:
    """Return the first and the last day away; one day may stand for both."""
    days = [day for word in words if (day := rules.day_named(word))]
    if len(days) not in {1, 2}:
        raise Invalid(texts.SAY_DAYS)
    first, last = days[0], days[-1]
    if last < first:
        raise Invalid(texts.ends_first(first, last))
    return first, last


def _absences(ctx: Context, someone: Person) -> list[Absence]:
    return calendars.absences_of(ctx.session, someone.id, since=ctx.now)


def _midnight(day: date, someone: Person) -> datetime:
    """Return when a day begins for somebody."""
    return as_utc(datetime.combine(day, time(), zone_named(someone.timezone)))


def _days(absence: Absence, someone: Person) -> tuple[date, date]:
    """Return an absence as its first and its last day."""
    zone = zone_named(someone.timezone)
    last_instant = absence.back_at - timedelta(microseconds=1)
    return absence.away_at.astimezone(zone).date(), last_instant.astimezone(zone).date()
