"""What is no indicator: the company's own domains, and files that everybody sends."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from workflows.reports import evidence_tables, indicators
from workflows.reports import evidence_texts as texts
from workflows.reports import workflow as it
from workflows.reports.evidence_tables import Harmless


@it.command(
    "security harmless", help=texts.HARMLESS_HELP, usage=texts.HARMLESS_USAGE, allow=Role.ADMIN
)
def exempt(ctx: Context, text: str) -> Reply:
    """List what is no indicator, add to it, or take from it."""
    match parse(text).words:
        case ():
            known = evidence_tables.harmless(ctx.session)
            return Message(text=texts.harmless(known) if known else texts.NO_HARMLESS)
        case ("add", value):
            return _add(ctx, _checked(value))
        case ("remove", value):
            return _remove(ctx, _checked(value))
        case _:
            raise Invalid(texts.WHICH_HARMLESS)


def _add(ctx: Context, value: str) -> Reply:
    ctx.session.merge(Harmless(value=value))
    ctx.record("reports:harmless", after=value)
    return Message(text=texts.harmless_added(value))


def _remove(ctx: Context, value: str) -> Reply:
    found = ctx.session.get(Harmless, value)
    if found is not None:
        ctx.session.delete(found)
    ctx.record("reports:harmless", before=value)
    return Message(text=texts.harmless_removed(value))


def _checked(value: str) -> str:
    plain = indicators.refanged(value).casefold()
    if not (indicators.is_domain(plain) or indicators.is_hash(plain)):
        raise Invalid(texts.WHICH_HARMLESS)
    return plain
