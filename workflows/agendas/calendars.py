"""The dates of a series for people's own calendars: a file, and an address that keeps up."""

import hmac
import re

from bot.context import Context
from bot.errors import NotFound
from bot.hooks import Handed
from bot.text import parse
from bot.ui import Block, File, Link, Message, Note, Reply, Text
from bot.workflow import NO_SUCH_THING
from storage.secrets import Sealer
from workflows.agendas import access, ics, tables
from workflows.agendas import ics_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.ics import Dates
from workflows.agendas.tables import Series

PAGE = "calendar"
_SUFFIX = ".ics"
_NUMBER = re.compile("[0-9]{1,9}")


@it.command("agenda calendar", help=texts.HELP, usage=texts.USAGE)
def calendar(ctx: Context, text: str) -> Reply:
    """Hand out the dates of a series to somebody who comes to it."""
    series = access.readable(ctx, access.meant(ctx, parse(text)))
    name = f"agenda-{series.id}{_SUFFIX}"
    content = ics.calendar(dates(ctx, series), method=ics.PUBLISH)
    alt = texts.alt(series.name)
    file = File(name=name, content=content, type=ics.TYPE, alt=alt)
    said = f"{series.name}: {texts.HERE}"
    key = f"series:{series.id}:calendar:{ctx.request_id}"
    ctx.send(ctx.person, Message(text=said, blocks=(Text(text=said), file)), key=key)
    return _answer(ctx, series)


@it.page(PAGE)
def follow(ctx: Context, token: str) -> Handed:
    """Hand out the dates of a series to whatever calendar knows its token."""
    number = token.removesuffix(_SUFFIX).partition("-")[0]
    found = tables.series(ctx.session, int(number)) if _NUMBER.fullmatch(number) else None
    # Compared also where there is no such series, so that no clock tells the two apart.
    expected = token_of(ctx.sealer, found.id if found else 0)
    if not hmac.compare_digest(token.encode(), expected.encode()) or found is None:
        raise NotFound(NO_SUCH_THING)
    return Handed(ics.calendar(dates(ctx, found)), ics.TYPE, f"agenda-{found.id}{_SUFFIX}")


def dates(ctx: Context, series: Series) -> Dates:
    """Return what a calendar is told of a series.

    Its name there is nobody else's in the world, also where two companies have an AG-1.
    """
    own = ctx.sealer.digest(f"series:{series.id}", purpose="calendar name")
    meetings = tables.meetings_of(ctx.session, series.id or 0)
    return Dates(series, meetings, f"{series.id}-{own}@parley", ctx.now)


def token_of(sealer: Sealer, series_id: int | None) -> str:
    """Return what nobody guesses and whoever has it may follow a series."""
    return f"{series_id}-{sealer.digest(f'series:{series_id}', purpose=PAGE)}{_SUFFIX}"


def _answer(ctx: Context, series: Series) -> Message:
    sent = texts.sent(series.name)
    address = ctx.address_of(PAGE, token_of(ctx.sealer, series.id))
    if not address:
        return Message(text=f"{sent} {texts.NO_ADDRESS}")
    blocks: tuple[Block, ...] = (
        Text(text=sent),
        Text(text=(f"{texts.SUBSCRIBE} ", Link(label=texts.LABEL, url=address))),
        Note(text=texts.KEEP_IT),
    )
    return Message(text=f"{sent} {texts.SUBSCRIBE} {address} {texts.KEEP_IT}", blocks=blocks)
