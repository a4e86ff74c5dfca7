"""What will be needed by some day, such as a planned opening: on agendas from 90 days before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.shown import one_line, shortened
from bot.text import parse
from bot.ui import Message, Reply
from workflows.agendas import (
    actions,
    actions_views,
    calls,
    capture_tables,
    days,
    keeping,
    meant,
    tables,
)
from workflows.agendas import needs_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import AHEAD, LONGEST_TOPIC, Part, Reach
from workflows.agendas.tables import Need

#: Characters of a need on a button.
_ON_BUTTON = 40
#: So many have a button in the list.
_WITH_BUTTON = 5


@it.command("agenda need", help=texts.HELP, usage=texts.USAGE)
def need(ctx: Context, text: str) -> Reply:
    """Note what will be needed."""
    line = parse(text)
    series = meant.series(ctx, line)
    day = days.named({**line.flags, **line.values}.get("by", ""), days.today(series, ctx.now))
    words = (word for word in line.words if not actions.is_person(word))
    what = " ".join(" ".join(word for word in words if not meant.is_series(word)).split())
    if not what or day is None or len(what) > LONGEST_TOPIC:
        raise Invalid(texts.SAY_WHAT)
    owner = actions.owner_named(ctx, line)
    row = Need(series_id=series.id or 0, owner_id=owner.id if owner else None, by_on=day)
    keeping.seal(ctx, row, what)
    _changed(ctx, row)
    return Message(text=texts.noted(what, day))


@it.command("agenda needs", help=texts.HELP_LIST, usage=texts.USAGE_LIST, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show what will be needed, with a way to take each off."""
    series, _ = meant.shown(ctx, parse(text))
    found = [(one, _what(ctx, one)) for one in tables.needs(ctx.session, series.id or 0, date.max)]
    if not found:
        return Message(text=texts.NONE)
    lines = [texts.line(what, one.by_on) for one, what in found]
    row = [
        over.button(texts.over_button(shortened(what, _ON_BUTTON)), need=one.id or 0)
        for one, what in found[:_WITH_BUTTON]
    ]
    heading = texts.waiting(series.name)
    return actions_views.listing(heading, lines, row)


@it.action("need_over")
def over(ctx: Context, need: int) -> Reply:
    """Take off what is not needed any more."""
    known = capture_tables.need(ctx.session, need)
    meant.attended(ctx, known.series_id if known else 0)
    found = tables.lock_need(ctx.session, need)
    if found is None or found.is_over:
        raise Conflict(texts.GONE)
    found.is_over = True
    _changed(ctx, found)
    return Message(text=texts.over(_what(ctx, found)))


@calls.section(Part.NEEDS)
def items(ctx: Context, asked: Asked) -> Sequence[Item]:
    """Return what will be needed soon; where others read along, the days alone."""
    until = (asked.starts_at + AHEAD).date()
    is_outside = asked.reach is Reach.OUTSIDE
    return [
        Item(
            key=f"need:{one.id}",
            line=texts.counted(one.by_on) if is_outside else texts.line(_what(ctx, one), one.by_on),
            owner_id=one.owner_id if asked.reach is Reach.KNOWN else None,
        )
        for one in tables.needs(ctx.session, asked.series_id, until)
    ]


def _what(ctx: Context, need: Need) -> str:
    return one_line(keeping.text(ctx.sealer, need))


def _changed(ctx: Context, need: Need) -> None:
    ctx.record(f"agenda_need:{need.id}", after=(need.by_on, need.is_over))
    ctx.session.flush()
    for meeting in tables.open_meetings(ctx.session, need.series_id):
        calls.agenda_changed(ctx, meeting)
