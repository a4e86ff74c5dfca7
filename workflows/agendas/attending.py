"""Who comes to a series, and who owns it."""

from collections.abc import Sequence

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Line, Ref, parse
from bot.ui import Message, Reply
from storage.people import Person
from storage.reading import keep
from workflows.agendas import access, announcing, asked, codes, planning, series_tables, tables
from workflows.agendas import placing_texts as texts
from workflows.agendas import series as meetings
from workflows.agendas import workflow as it
from workflows.agendas.series_texts import listed
from workflows.agendas.tables import Series

_TWO = 2
#: More than that is an audience, not a meeting.
MOST_MEMBERS = 60


@it.command("agenda invite", help=texts.HELP_INVITE, usage=texts.USAGE_INVITE)
def invite(ctx: Context, text: str) -> Reply:
    """Let colleagues come, and tell them."""
    line = parse(text)
    series = asked.owned(ctx, line)
    named = _named(ctx, line)
    new = [one for one in named if not _comes(ctx, series, one)]
    if not new:
        raise Conflict(texts.comes_already(_names(named)))
    _check_room(ctx, series, new)
    for someone in new:
        meetings.join(ctx, series, someone, is_owner=False)
    _changed(ctx, series, after=_ids(new))
    told = texts.invited_by(ctx.person.name, *meetings.in_words(ctx, series))
    announcing.tell_these(ctx, series, new, told)
    return Message(text=texts.invited(codes.series(series.id), _names(new)))


@it.command("agenda uninvite", help=texts.HELP_UNINVITE, usage=texts.USAGE_INVITE)
def uninvite(ctx: Context, text: str) -> Reply:
    """Take somebody off a series, or whoever asks when nobody is named."""
    line = parse(text)
    series, someone = _leaving(ctx, line)
    code, own = codes.series(series.id), tables.member(ctx.session, series.id or 0, someone.id)
    if own is None:
        raise Conflict(texts.comes_not(someone.name))
    if own.is_owner:
        raise Conflict(texts.is_owner(someone.name, code))
    ctx.session.delete(own)
    ctx.session.flush()
    ctx.stop_sending(someone, about=announcing.entity(series))
    _changed(ctx, series, before=someone.id)
    told = texts.uninvited_by(ctx.person.name, code, series.name)
    announcing.tell_these(ctx, series, [someone], told)
    return Message(text=texts.uninvited(code, someone.name))


@it.command("agenda owners", help=texts.HELP_OWNERS, usage=texts.USAGE_OWNERS)
def name_owners(ctx: Context, text: str) -> Reply:
    """Let two colleagues own a series; those who did come all the same."""
    line = parse(text)
    series = asked.owned(ctx, line)
    named = _named(ctx, line)
    if len(named) != _TWO:
        raise Invalid(texts.TWO_OWNERS)
    new = [one for one in named if not _comes(ctx, series, one)]
    _check_room(ctx, series, new)
    members = tables.members(ctx.session, series.id or 0)
    before = tables.owners(members)
    for member in members:
        keep(ctx.session, member).is_owner = member.person_id in _ids(named)
    for someone in new:
        meetings.join(ctx, series, someone, is_owner=True)
    _changed(ctx, series, before=before, after=_ids(named))
    code = codes.series(series.id)
    told = texts.owners_by(ctx.person.name, code, series.name, _names(named))
    announcing.tell(ctx, series, told)
    return Message(text=texts.owners(code, _names(named)))


def _leaving(ctx: Context, line: Line) -> tuple[Series, Person]:
    """Return a locked series, and who leaves it: for others one has to own it."""
    words = _words(line)
    id = access.meant(ctx, line)
    if words:
        series = asked.going_on(access.owned(ctx, id))
        return series, asked.colleague(ctx, words[0])
    access.readable(ctx, id)
    series = tables.lock_series(ctx.session, id) or access.readable(ctx, id)
    return series, ctx.person


def _named(ctx: Context, line: Line) -> list[Person]:
    found = {one.id: one for one in (asked.colleague(ctx, who) for who in _words(line))}
    if not found:
        raise Invalid(texts.WHOM)
    return list(found.values())


def _words(line: Line) -> list[str]:
    return [word for word in line.words if Ref.parse(word) is None]


def _comes(ctx: Context, series: Series, someone: Person) -> bool:
    return tables.member(ctx.session, series.id or 0, someone.id) is not None


def _check_room(ctx: Context, series: Series, new: Sequence[Person]) -> None:
    """Refuse more than can meet."""
    if series_tables.count_members(ctx.session, series.id or 0) + len(new) > MOST_MEMBERS:
        raise Conflict(texts.too_many(MOST_MEMBERS))


def _changed(ctx: Context, series: Series, *, before: object = None, after: object = None) -> None:
    """Note who comes in the audit; the days off of others may count now."""
    ctx.record(announcing.entity(series), before=before, after=after)
    ctx.session.flush()
    planning.plan(ctx, series)
    meetings.agendas_changed(ctx, series)


def _ids(someone: Sequence[Person]) -> list[int]:
    return [one.id for one in someone]


def _names(someone: Sequence[Person]) -> str:
    return listed([one.name for one in someone])
