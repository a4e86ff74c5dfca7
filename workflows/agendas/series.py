"""Making a series and changing it: the rhythm changes, and what owners edited stays."""

from collections.abc import Sequence

from bot.context import Context
from bot.errors import Invalid
from storage.people import Person
from workflows.agendas import announcing, calls, codes, planning, tables, upcoming
from workflows.agendas import series_texts as texts
from workflows.agendas import terms as agreed
from workflows.agendas.tables import Member, Series
from workflows.agendas.terms import Terms


def make(ctx: Context, wanted: Terms, owners: Sequence[Person]) -> Series:
    """Store a series with its owners, plan its first meeting, and tell the other owner.

    Raises:
        Invalid: the terms do not fit, or there would be no meeting at all.
    """
    terms = agreed.checked(wanted)
    series = Series(**agreed.columns(terms), created_by=ctx.person.id, created_at=ctx.now)
    if terms.first < planning.local_day(series, ctx.now):
        raise Invalid(fields={"first": texts.HAS_PASSED})
    ctx.session.add(series)
    ctx.session.flush()
    for owner in owners:
        join(ctx, series, owner, is_owner=True)
    ctx.record(announcing.entity(series), after=terms)
    _plan(ctx, series)
    told = texts.owned(ctx.person.name, *in_words(ctx, series))
    announcing.tell_these(ctx, series, owners, told)
    return series


def change(ctx: Context, series: Series, wanted: Terms) -> bool:
    """Let a locked series be as *wanted*, and tell who comes; False when it is so already.

    Raises:
        Invalid: the terms do not fit, or there would be no meeting any more.
    """
    terms, before = agreed.checked(wanted), agreed.of(series)
    if terms == before:
        return False
    if terms.first != before.first and terms.first < planning.local_day(series, ctx.now):
        raise Invalid(fields={"first": texts.HAS_PASSED})
    for name, value in agreed.columns(terms).items():
        setattr(series, name, value)
    series.sequence += 1
    ctx.record(announcing.entity(series), before=before, after=terms)
    _plan(ctx, series)
    announcing.tell(ctx, series, texts.changed_by(ctx.person.name, *in_words(ctx, series)))
    return True


def join(ctx: Context, series: Series, someone: Person, *, is_owner: bool) -> None:
    """Let somebody come to a series."""
    own = Member(series_id=series.id or 0, person_id=someone.id, is_owner=is_owner)
    ctx.session.add(own)
    ctx.session.flush()


def agendas_changed(ctx: Context, series: Series) -> None:
    """Tell everybody who watches that what stands on the agendas of a series changed."""
    for meeting in tables.open_meetings(ctx.session, series.id or 0):
        calls.agenda_changed(ctx, meeting)


def in_words(ctx: Context, series: Series) -> tuple[str, str, str, str]:
    """Return a series' short name, its name, its rhythm and its next dates, in words."""
    dates = upcoming.dates(ctx.session, series, ctx.now)
    return (
        codes.series(series.id),
        series.name,
        texts.rhythm(planning.rhythm(series)),
        texts.moments(dates, series.timezone),
    )


def _plan(ctx: Context, series: Series) -> None:
    """Plan what is to come; a series without a single date is none."""
    ctx.session.flush()
    planning.plan(ctx, series)
    if not upcoming.dates(ctx.session, series, ctx.now):
        raise Invalid(texts.NEVER)
    agendas_changed(ctx, series)
