"""Looking at the meetings that come back."""

from bot.context import Context
from bot.menu import say_button
from bot.text import parse
from bot.ui import Button, Line, Message, Reply
from storage import people, places
from workflows.agendas import access, codes, planning, scheduling, tables, upcoming
from workflows.agendas import series as meetings
from workflows.agendas import series_texts as texts
from workflows.agendas import series_views as views
from workflows.agendas import workflow as it
from workflows.agendas.tables import Series


@it.command("agenda", help=texts.HELP_LIST, read_only=True)
def own(ctx: Context, text: str) -> Reply:
    """List the meetings that the person comes to."""
    return _list(ctx)


@it.command("agenda list", help=texts.HELP_LIST, read_only=True)
def list_series(ctx: Context, text: str) -> Reply:
    """List the meetings that the person comes to."""
    return _list(ctx)


@it.command("agenda show", help=texts.HELP_SHOW, usage=texts.USAGE_SHOW, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show a meeting that the person comes to."""
    found = access.readable(ctx, access.meant(ctx, parse(text)))
    title = f"{codes.series(found.id)}, {found.name}"
    return views.card(title, _facts(ctx, found), _buttons(ctx, found))


def _list(ctx: Context) -> Message:
    found = tables.series_of(ctx.session, ctx.person.id)
    if not found:
        return Message(text=texts.NO_SERIES)
    return views.listing([texts.line(*meetings.in_words(ctx, one)) for one in found])


def _facts(ctx: Context, series: Series) -> list[tuple[str, Line]]:
    found = tables.members(ctx.session, series.id or 0)
    owners = tables.owners(found)
    others = [one.person_id for one in found if not one.is_owner]
    rows: list[tuple[str, Line]] = [
        (texts.MEETS, texts.rhythm(planning.rhythm(series))),
        (texts.LASTS, texts.duration(series.minutes)),
        (texts.NEXT, _next(ctx, series)),
        (texts.OWN, _names(ctx, owners)),
        (texts.COME, _names(ctx, others)),
        (texts.STANDS, _places(ctx, series)),
        (texts.DAYS_OFF, ". ".join([texts.POLICIES[series.policy], *series.holidays])),
    ]
    if series.paused_until and series.paused_until > planning.local_day(series, ctx.now):
        rows.append((texts.PAUSED, texts.paused_until(series.paused_until)))
    return rows


def _next(ctx: Context, series: Series) -> Line:
    if series.is_over:
        return texts.ENDED
    return views.when(upcoming.dates(ctx.session, series, ctx.now))


def _names(ctx: Context, ids: list[int]) -> str:
    known = [people.by_id(ctx.session, id, now=ctx.now).name for id in ids]
    return texts.listed(known) if known else texts.NOBODY


def _places(ctx: Context, series: Series) -> str:
    count = len(places.places_of(ctx.session, access.room_of(series.id).name))
    return texts.channels(count) if count else texts.nowhere(codes.series(series.id))


def _buttons(ctx: Context, series: Series) -> list[Button]:
    if series.is_over or not access.may_change(ctx, series):
        return []
    code = codes.series(series.id)
    end = say_button(texts.END, f"agenda end {code}").danger(texts.really_end(code))
    return [scheduling.edit.button(texts.CHANGE, series=series.id or 0), end]
