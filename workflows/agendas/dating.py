"""Single dates of a series: left out, brought back, and moved, by those who own it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Line, Ref, parse
from bot.ui import Message, Reply
from workflows.agendas import (
    announcing,
    asked,
    calls,
    codes,
    moving,
    planning,
    series_tables,
    tables,
    typed,
    upcoming,
)
from workflows.agendas import dating_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.rules import State
from workflows.agendas.series_texts import moment, moments
from workflows.agendas.tables import Meeting, Series

LONGEST_REASON = 80  #: characters
_MINUTE = timedelta(minutes=1)
_TO = "to"


@it.command("agenda skip", help=texts.HELP_SKIP, usage=texts.USAGE_SKIP)
def skip(ctx: Context, text: str) -> Reply:
    """Leave out one date, and tell who comes."""
    line = parse(text)
    series = asked.owned(ctx, line)
    day, *reason = _words(line, texts.SAY_SKIP)
    why = " ".join(reason)
    if len(why) > LONGEST_REASON:
        raise Invalid(texts.long_reason(LONGEST_REASON))
    meeting = _ahead(ctx, series, typed.day(day))
    code = codes.series(series.id)
    if meeting.state is State.SKIPPED:
        raise Conflict(texts.skipped_already(code, meeting.slot_on))
    meeting.why, meeting.is_by_itself = why, False
    meeting.sequence += 1
    moving.move(ctx, meeting, State.SKIPPED)
    planning.plan(ctx, series)
    told = texts.skipped_by(ctx.person.name, code, series.name, _day_of(series, meeting), why)
    announcing.tell(ctx, series, told)
    return Message(text=texts.skipped(code, _day_of(series, meeting), _next(ctx, series)))


@it.command("agenda restore", help=texts.HELP_RESTORE, usage=texts.USAGE_RESTORE)
def restore(ctx: Context, text: str) -> Reply:
    """Let a date that somebody left out take place after all."""
    line = parse(text)
    series = asked.owned(ctx, line)
    meeting = _ahead(ctx, series, typed.day(_words(line, texts.SAY_SKIP)[0]))
    code = codes.series(series.id)
    if meeting.state is not State.SKIPPED:
        raise Conflict(texts.not_skipped(code, _day_of(series, meeting)))
    if meeting.is_by_itself:
        raise Conflict(texts.off_by_itself(code, meeting.slot_on, meeting.why))
    meeting.why = ""
    meeting.sequence += 1
    moving.move(ctx, meeting, State.PLANNED)
    planning.plan(ctx, series)
    if meeting.state is State.SKIPPED:
        raise Conflict(texts.off_by_itself(code, meeting.slot_on, meeting.why))
    when = moment(meeting.starts_at, series.timezone)
    announcing.tell(ctx, series, texts.restored_by(ctx.person.name, code, series.name, when))
    return Message(text=texts.restored(code, when))


@it.command("agenda move", help=texts.HELP_MOVE, usage=texts.USAGE_MOVE)
def move(ctx: Context, text: str) -> Reply:
    """Move one date to another day or time, and tell who comes."""
    line = parse(text)
    series = asked.owned(ctx, line)
    day, target, at = _move(line)
    meeting = _ahead(ctx, series, day)
    usual = upcoming.slot_on(series, meeting.slot_on) or meeting.starts_at
    at = at or usual.astimezone(ZoneInfo(series.timezone)).time()
    starts_at = upcoming.instant(series, target, at)
    _check_free(ctx, series, meeting, starts_at)
    before = meeting.starts_at
    _put(ctx, series, meeting, starts_at)
    planning.plan(ctx, series)
    code, when = codes.series(series.id), moment(starts_at, series.timezone)
    day = planning.local_day(series, before)
    announcing.tell(ctx, series, texts.moved_by(ctx.person.name, code, series.name, day, when))
    return Message(text=texts.moved(code, day, when))


def _put(ctx: Context, series: Series, meeting: Meeting, starts_at: datetime) -> None:
    """Let a meeting be when an owner says, and stay there whatever the rhythm or days off say."""
    before = meeting.starts_at
    meeting.starts_at, meeting.ends_at = starts_at, starts_at + series.minutes * _MINUTE
    meeting.is_moved, meeting.is_by_itself, meeting.why = True, False, ""
    meeting.sequence += 1
    if meeting.state is State.SKIPPED:
        moving.move(ctx, meeting, State.PLANNED)
        return
    ctx.record(codes.entity(meeting.id), before=before, after=starts_at)
    ctx.session.flush()
    calls.meeting_moved(ctx, meeting)


def _check_free(ctx: Context, series: Series, meeting: Meeting, starts_at: datetime) -> None:
    """Refuse a time behind us, and a day that has another meeting of the series."""
    if starts_at <= ctx.now:
        raise Invalid(texts.HAS_PASSED)
    day, code = planning.local_day(series, starts_at), codes.series(series.id)
    known = series_tables.on_day(ctx.session, series, day, now=ctx.now, besides=meeting.slot_on)
    is_taken = known is not None and known.state is not State.SKIPPED
    has_slot = known is None and day != meeting.slot_on and upcoming.slot_on(series, day)
    if is_taken or has_slot:
        raise Conflict(texts.day_taken(code, day))


def _ahead(ctx: Context, series: Series, day: date) -> Meeting:
    """Return the meeting of a day, locked; one of the rhythm is made where there is no row yet.

    Raises:
        Invalid: the series does not meet on that day.
        Conflict: it has begun or is over.
    """
    known = series_tables.on_day(ctx.session, series, day, now=ctx.now)
    locked = tables.lock_meeting(ctx.session, known.id or 0) if known else None
    meeting = locked or _made(ctx, series, day)
    is_open = meeting.state in {State.PLANNED, State.DRAFT, State.PUBLISHED, State.SKIPPED}
    if not is_open or meeting.starts_at <= ctx.now:
        raise Conflict(texts.HAS_BEGUN)
    return meeting


def _made(ctx: Context, series: Series, day: date) -> Meeting:
    slot = upcoming.slot_on(series, day)
    if slot is None:
        raise Invalid(texts.no_meeting(codes.series(series.id), day, _next(ctx, series)))
    ends_at = slot + series.minutes * _MINUTE
    meeting = Meeting(series_id=series.id or 0, slot_on=day, starts_at=slot, ends_at=ends_at)
    ctx.session.add(meeting)
    ctx.session.flush()
    return meeting


def _move(line: Line) -> tuple[date, date, time | None]:
    words = [word for word in _words(line, texts.SAY_MOVE) if word.casefold() != _TO]
    match words:
        case [day, target]:
            return typed.day(day), typed.day(target), None
        case [day, target, at]:
            return typed.day(day), typed.day(target), typed.time_of_day(at)
        case _:
            raise Invalid(texts.SAY_MOVE)


def _words(line: Line, otherwise: str) -> list[str]:
    found = [word for word in line.words if Ref.parse(word) is None]
    if not found:
        raise Invalid(otherwise)
    return found


def _day_of(series: Series, meeting: Meeting) -> date:
    return planning.local_day(series, meeting.starts_at)


def _next(ctx: Context, series: Series) -> str:
    return moments(upcoming.dates(ctx.session, series, ctx.now), series.timezone)
