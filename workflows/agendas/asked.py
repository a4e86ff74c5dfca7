"""Whom and what somebody means who types or picks."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.standing import account_of
from bot.text import Line
from bot.workflow import NO_SUCH_THING
from storage import people, roster
from storage.people import Account, Person
from workflows import people as colleagues
from workflows.agendas import access, codes
from workflows.agendas import series_texts as texts
from workflows.agendas.tables import Series


def colleague(ctx: Context, who: str) -> Person:
    """Return the colleague whom somebody named by account, address or number.

    Raises:
        NotFound: nobody is known by it.
        Invalid: they have left, or are a guest.
    """
    found = colleagues.find(ctx.session, who, now=ctx.now, near=account_of(ctx.user))
    if not people.works_here(ctx.session, found.id):
        raise Invalid(texts.not_here(found.name))
    return found


def picked(ctx: Context, answers: Answers, name: str) -> Person:
    """Return the colleague whom somebody picked in a form.

    Raises:
        Invalid: the account is nobody's, or theirs who have left or are a guest.
    """
    account = Account(ctx.user.platform, ctx.user.tenant, answers.text(name))
    found = roster.owner_of(ctx.session, account, now=ctx.now)
    if found is None:
        raise Invalid(fields={name: texts.NO_PARTNER})
    if not people.works_here(ctx.session, found.id):
        raise Invalid(fields={name: texts.not_here(found.name)})
    return found


def owned(ctx: Context, line: Line) -> Series:
    """Return the series that somebody means and owns, locked; it goes on.

    Raises:
        NotFound: there is none, or it is none of theirs.
        Conflict: it has ended.
    """
    return going_on(access.owned(ctx, access.meant(ctx, line)))


def changeable(ctx: Context, id: int) -> Series:
    """Return a series for whoever owns it, to be looked at.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    found = access.readable(ctx, id)
    if not access.may_change(ctx, found):
        raise NotFound(NO_SUCH_THING)
    return going_on(found)


def going_on(series: Series) -> Series:
    """Return a series that has not ended.

    Raises:
        Conflict: it has.
    """
    if series.is_over:
        raise Conflict(texts.is_over(codes.series(series.id)))
    return series
