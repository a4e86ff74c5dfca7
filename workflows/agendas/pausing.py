"""Pauses of a series, and its end."""

from datetime import date, timedelta

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Line, Ref, parse
from bot.ui import Button, Message, Reply
from workflows.agendas import (
    access,
    announcing,
    asked,
    codes,
    planning,
    series_texts,
    tables,
    typed,
    upcoming,
    views,
)
from workflows.agendas import dating_texts as texts
from workflows.agendas import series as meetings
from workflows.agendas import workflow as it
from workflows.agendas.series_texts import moments
from workflows.agendas.tables import Series

LONGEST = timedelta(days=366)
_UNTIL = "until"


@it.command("agenda pause", help=texts.HELP_PAUSE, usage=texts.USAGE_PAUSE)
def pause(ctx: Context, text: str) -> Reply:
    """Leave out every date up to a day, on which it meets again, and tell who comes."""
    line = parse(text)
    series = asked.owned(ctx, line)
    until, today = _until(line), planning.local_day(series, ctx.now)
    if until <= today:
        raise Invalid(texts.HAS_PASSED)
    if until > today + LONGEST:
        raise Invalid(texts.too_far(LONGEST.days))
    _let_follow(ctx, series, until)
    _pause(ctx, series, until)
    words = (codes.series(series.id), series.name, until, _next(ctx, series))
    announcing.tell(ctx, series, texts.paused_by(ctx.person.name, *words))
    return Message(text=texts.paused(words[0], until, words[-1]))


@it.command("agenda resume", help=texts.HELP_RESUME, usage=texts.USAGE_SERIES)
def resume(ctx: Context, text: str) -> Reply:
    """End a pause, and tell who comes."""
    series = asked.owned(ctx, parse(text))
    paused = series.paused_until
    if paused is None or paused <= planning.local_day(series, ctx.now):
        raise Conflict(texts.NOT_PAUSED)
    _pause(ctx, series, None)
    words = (codes.series(series.id), series.name, _next(ctx, series))
    announcing.tell(ctx, series, texts.resumed_by(ctx.person.name, *words))
    return Message(text=texts.resumed(words[0], words[-1]))


@it.command("agenda end", help=texts.HELP_END, usage=texts.USAGE_SERIES, read_only=True)
def ask_to_end(ctx: Context, text: str) -> Reply:
    """Ask before a series ends for good."""
    series = asked.changeable(ctx, access.meant(ctx, parse(text)))
    question = texts.ask_to_end(codes.series(series.id), series.name)
    return views.said(question, buttons=[ends(series)])


def ends(series: Series) -> Button:
    """Return the button that ends a series."""
    sure = series_texts.really_end(codes.series(series.id))
    return end.button(series_texts.END, series=series.id or 0).danger(sure)


@it.action("end")
def end(ctx: Context, series: int) -> Reply:
    """End a series for good, and tell who comes; what goes on now goes on."""
    found = asked.going_on(access.owned(ctx, series))
    found.is_over = True
    found.sequence += 1
    ctx.record(announcing.entity(found), after="ended")
    ctx.session.flush()
    planning.plan(ctx, found)
    meetings.agendas_changed(ctx, found)
    words = (codes.series(found.id), found.name)
    announcing.tell(ctx, found, texts.ended_by(ctx.person.name, *words))
    return Message(text=texts.ended(*words))


def _pause(ctx: Context, series: Series, until: date | None) -> None:
    before, series.paused_until = series.paused_until, until
    series.sequence += 1
    ctx.record(announcing.entity(series), before=before, after=until)
    ctx.session.flush()
    planning.plan(ctx, series)
    meetings.agendas_changed(ctx, series)


def _let_follow(ctx: Context, series: Series, until: date) -> None:
    """Let what an owner moved into the pause follow the rhythm again: nobody meets then."""
    for meeting in tables.open_meetings(ctx.session, series.id or 0):
        is_ahead = upcoming.is_ahead(meeting, ctx.now)
        if is_ahead and planning.local_day(series, meeting.starts_at) < until:
            meeting.is_by_itself = meeting.is_by_itself or meeting.is_moved


def _until(line: Line) -> date:
    words = [word for word in line.words if Ref.parse(word) is None and word.casefold() != _UNTIL]
    if len(words) != 1:
        raise Invalid(texts.SAY_PAUSE)
    return typed.day(words[0])


def _next(ctx: Context, series: Series) -> str:
    return moments(upcoming.dates(ctx.session, series, ctx.now), series.timezone)
