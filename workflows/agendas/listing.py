"""Looking at the meetings that come back."""

from bot.context import Context
from bot.menu import unknown_verb
from bot.text import parse
from bot.ui import Block, Button, Message, Reply
from storage import people, places
from workflows.agendas import access, codes, pausing, planning, scheduling, tables, upcoming
from workflows.agendas import series as meetings
from workflows.agendas import series_texts as texts
from workflows.agendas import series_views as views
from workflows.agendas import workflow as it
from workflows.agendas.tables import Series

LISTED, ON_HOME = 30, 5
#: The words of a command with one verb; `agenda not here` is no verb that anything is near to.
_TWO = 2


@it.command("agenda", help=texts.HELP_LIST, read_only=True)
def own(ctx: Context, text: str) -> Reply:
    """List the meetings that the person comes to."""
    return unknown_verb("agenda", text, _verbs()) if text else _list(ctx)


@it.command("agenda list", help=texts.HELP_LIST, read_only=True)
def list_series(ctx: Context, text: str) -> Reply:
    """List the meetings that the person comes to."""
    return _list(ctx)


@it.command("agenda show", help=texts.HELP_SHOW, usage=texts.USAGE_SHOW, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show a meeting that the person comes to."""
    found = access.readable(ctx, access.meant(ctx, parse(text)))
    title = f"{codes.series(found.id)}, {found.name}"
    next_ones = views.when(upcoming.dates(ctx.session, found, ctx.now))
    return views.card(title, _facts(ctx, found), next_ones, _buttons(ctx, found))


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Show the meetings that the reader comes to."""
    found = _going_on(ctx)[:ON_HOME]
    return views.on_home([texts.line(*meetings.in_words(ctx, one)) for one in found])


def _verbs() -> list[str]:
    """Return what can stand after the word, each once."""
    commands = (name.split() for name in it.commands)
    return sorted(words[1] for words in commands if words[0] == "agenda" and len(words) == _TWO)


def _list(ctx: Context) -> Message:
    found = _going_on(ctx)
    if not found:
        return Message(text=texts.NO_SERIES)
    lines = [texts.line(*meetings.in_words(ctx, one)) for one in found[:LISTED]]
    more = [texts.and_more(len(found) - LISTED)] if len(found) > LISTED else []
    return views.listing([*lines, *more])


def _going_on(ctx: Context) -> list[Series]:
    """Return the series that the person comes to, without those whose last day has passed."""
    return [
        one
        for one in tables.series_of(ctx.session, ctx.person.id)
        if one.active_until is None
        or one.active_until >= planning.local_day(one, ctx.now)
        or upcoming.dates(ctx.session, one, ctx.now)
    ]


def _facts(ctx: Context, series: Series) -> dict[str, str]:
    found = tables.members(ctx.session, series.id or 0)
    owners = tables.owners(found)
    others = [one.person_id for one in found if not one.is_owner]
    *_, rhythm, dates = meetings.in_words(ctx, series)
    facts = {
        texts.MEETS: texts.ENDED if series.is_over else rhythm,
        texts.LASTS: texts.duration(series.minutes),
        texts.NEXT: dates,
        texts.OWN: _names(ctx, owners),
        texts.COME: _names(ctx, others),
        texts.STANDS: _places(ctx, series),
        texts.DAYS_OFF: ". ".join([texts.POLICIES[series.policy], *series.holidays]),
    }
    if series.paused_until and series.paused_until > planning.local_day(series, ctx.now):
        facts[texts.PAUSED] = texts.paused_until(series.paused_until)
    return facts


def _names(ctx: Context, ids: list[int]) -> str:
    known = [people.by_id(ctx.session, id, now=ctx.now).name for id in ids]
    return texts.listed(known) if known else texts.NOBODY


def _places(ctx: Context, series: Series) -> str:
    count = len(places.places_of(ctx.session, access.room_of(series.id).name))
    return texts.channels(count) if count else texts.nowhere(codes.series(series.id))


def _buttons(ctx: Context, series: Series) -> list[Button]:
    if series.is_over or not access.may_change(ctx, series):
        return []
    return [scheduling.edit.button(texts.CHANGE, series=series.id or 0), pausing.ends(series)]
