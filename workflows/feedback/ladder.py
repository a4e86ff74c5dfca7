"""When a scorecard is due, and who hears of it when; pure, and all in working time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from bot.business_time import BusinessCalendar
from bot.clock import as_utc, zone_named

#: Working time of the interviewer, from the end of the interview on.
TIME_TO_WRITE = timedelta(hours=24)
BEFORE_DEBRIEF = timedelta(hours=2)
AT_LEAST = timedelta(hours=1)
UNTIL_NUDGE = timedelta(hours=4)
#: Between these nobody is written to; who works at no other time is written to in their hours.
QUIET_UNTIL, QUIET_FROM = time(9), time(18)

_DAY = timedelta(days=1)


class Rung(IntEnum):
    """The messages about one scorecard, in their order."""

    ASK = 0  #: the interview has ended
    NUDGE = 1
    LAST_CALL = 2  #: it is due
    RECRUITER = 3
    MANAGER = 4
    OVER = 5  #: after five messages nobody hears of it any more


@dataclass(frozen=True, slots=True)
class Climb:
    """How far a scorecard has come; *rung* is the next one."""

    end: datetime  #: of the interview, or when the card was asked for if that was later
    due: datetime
    rung: Rung = Rung.ASK
    snoozed_until: datetime | None = None
    recruiter_knows: bool = False
    is_out_of_reach: bool = False  #: no message reaches the interviewer


@dataclass(frozen=True, slots=True)
class Step:
    """The next message; a *wanted* reminder is the one that a snooze asked for."""

    rung: Rung
    at: datetime
    wanted: bool = False


def due_at(hours: BusinessCalendar, end: datetime, debrief_at: datetime | None) -> datetime:
    """Return when a scorecard is due.

    An absence does not put it off: the panel does not wait, and somebody else can step in.
    """
    due = replace(hours, absences=()).due(end, TIME_TO_WRITE)
    if debrief_at is not None:
        due = min(due, debrief_at - BEFORE_DEBRIEF)
    return max(due, as_utc(end) + AT_LEAST)


def calm(hours: BusinessCalendar) -> BusinessCalendar:
    """Return the part of somebody's working hours in which they are written to."""
    opens = max(hours.start, QUIET_UNTIL)
    closes = min(hours.end, QUIET_FROM) if hours.end > hours.start else QUIET_FROM
    return replace(hours, start=opens, end=closes) if opens < closes else hours


def is_absent(hours: BusinessCalendar, now: datetime) -> bool:
    """Say whether an absence, not the time of day, keeps somebody from being written to now."""
    present = replace(hours, absences=())
    return calm(hours).next_working(now) != calm(present).next_working(now)


def next_step(
    climb: Climb, hours: BusinessCalendar, *, now: datetime, reminded_at: datetime | None = None
) -> Step | None:
    """Return what comes next, not before *now*; None when nothing does.

    *hours* are the interviewer's, who was last reminded of any scorecard at *reminded_at*.
    What goes to others has still to wait for their hours.
    """
    steps = [*_to_interviewer(climb, hours, now, reminded_at), *_to_others(climb, hours, now)]
    return min(steps, key=lambda step: (step.at, step.rung), default=None)


def own_step(
    climb: Climb, hours: BusinessCalendar, *, now: datetime, reminded_at: datetime | None = None
) -> Step | None:
    """Return what the interviewer hears next, whatever others hear."""
    return next(_to_interviewer(climb, hours, now, reminded_at), None)


def after(climb: Climb, step: Step, hours: BusinessCalendar, *, now: datetime) -> Rung:
    """Return the next rung once *step* was taken *now*; what it said already is left out."""
    if step.rung is Rung.MANAGER:
        return Rung.OVER
    if step.rung is Rung.RECRUITER:
        is_early = now < _overdue(climb, hours, days=1)
        return climb.rung if is_early else max(climb.rung, Rung.MANAGER)
    first = climb.rung if step.wanted else Rung(step.rung + 1)
    ahead = (rung for rung, at in _moments(climb, hours).items() if rung >= first and at > now)
    return next(ahead, max(first, Rung.RECRUITER))


def day_of(hours: BusinessCalendar, instant: datetime) -> date:
    """Return the date of an instant where somebody lives."""
    return instant.astimezone(zone_named(hours.timezone)).date()


def _to_interviewer(
    climb: Climb, hours: BusinessCalendar, now: datetime, reminded_at: datetime | None
) -> Iterator[Step]:
    """Yield the next message to the interviewer, if there is one."""
    snoozed = climb.snoozed_until
    if climb.is_out_of_reach:
        return
    if climb.rung is Rung.ASK:
        asks = max(climb.end, snoozed or climb.end, now)
        yield Step(Rung.ASK, calm(hours).next_working(asks))
    elif snoozed is not None:
        wakes = calm(hours).next_working(max(snoozed, now))
        yield Step(min(climb.rung, Rung.LAST_CALL), wakes, wanted=True)
    else:
        yield from _reminder(climb, hours, now, reminded_at)


def _reminder(
    climb: Climb, hours: BusinessCalendar, now: datetime, reminded_at: datetime | None
) -> Iterator[Step]:
    """Yield the next reminder: one a day for all scorecards, and the last call goes first."""
    moments = _moments(climb, hours)
    for rung, moment in moments.items():
        at = calm(hours).next_working(max(moment, now))
        if reminded_at is not None and day_of(hours, reminded_at) == day_of(hours, at):
            at = calm(hours).next_working(_midnight_after(hours, at))
        last_day = day_of(hours, moments[Rung.LAST_CALL])
        if rung >= climb.rung and (rung is Rung.LAST_CALL or day_of(hours, at) < last_day):
            yield Step(rung, at)
            return


def _to_others(climb: Climb, hours: BusinessCalendar, now: datetime) -> Iterator[Step]:
    """Yield what the recruiter and the hiring manager hear."""
    if climb.rung <= Rung.RECRUITER and not climb.recruiter_knows:
        gone_at = _gone_at(climb, hours)
        late_at = _overdue(climb, hours, days=1)
        yield Step(Rung.RECRUITER, max(now, min(late_at, gone_at or late_at)))
    if climb.rung <= Rung.MANAGER:
        yield Step(Rung.MANAGER, max(now, _overdue(climb, hours, days=2)))


def _moments(climb: Climb, hours: BusinessCalendar) -> Mapping[Rung, datetime]:
    """Return when the interviewer is reminded: not twice on the day on which it is due."""
    nudge = calm(hours).next_working(hours.due(climb.end, UNTIL_NUDGE))
    last_call = calm(hours).next_working(climb.due)
    if day_of(hours, nudge) < day_of(hours, last_call):
        return {Rung.NUDGE: nudge, Rung.LAST_CALL: last_call}
    return {Rung.LAST_CALL: last_call}


def _gone_at(climb: Climb, hours: BusinessCalendar) -> datetime | None:
    """Return since when the interviewer cannot write it in time, away or out of reach."""
    if climb.is_out_of_reach:
        return climb.end
    for away, back in hours.absences:
        if away <= climb.due < hours.next_working(back):
            return max(away, climb.end)
    return None


def _overdue(climb: Climb, hours: BusinessCalendar, *, days: int) -> datetime:
    """Return when it is overdue by so many working days."""
    shift = datetime.combine(date.min, hours.end) - datetime.combine(date.min, hours.start)
    return hours.due(climb.due, days * (shift if shift > timedelta(0) else shift + _DAY))


def _midnight_after(hours: BusinessCalendar, instant: datetime) -> datetime:
    tomorrow = day_of(hours, instant) + _DAY
    return as_utc(datetime.combine(tomorrow, time(), zone_named(hours.timezone)))
