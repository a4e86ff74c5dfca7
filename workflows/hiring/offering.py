"""Offers: one goes out, and what became of it."""

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from workflows.hiring import asked, calls, tables
from workflows.hiring import offering_texts as texts
from workflows.hiring import workflow as it
from workflows.hiring.rules import OfferResult, Outcome
from workflows.hiring.tables import Application

#: What stands in the audit while an offer waits.
_OUT = "extended"


@it.command("candidate offer", help=texts.HELP, usage=texts.USAGE, allow=Role.RECRUITER)
def offer(ctx: Context, text: str) -> Reply:
    """Keep that an offer went out, or what became of it."""
    line = parse(text)
    known, seen, search = asked.entry(ctx, line)
    application = tables.lock(ctx.session, Application, seen.id or 0) or seen
    codes = calls.code_of(known), calls.code_of(search)
    if application.outcome is not Outcome.OPEN:
        raise Conflict(texts.over(*codes))
    words = asked.words(line)
    result = _result(words) if words else None
    is_out = application.offer_extended_at is not None and application.offer_decided_at is None
    if is_out and result is None:
        raise Conflict(texts.out_already(*codes))
    if not is_out and result is not None:
        raise Conflict(texts.none_out(*codes))
    _keep(ctx, application, result)
    return Message(text=texts.answered(*codes, result) if result else texts.out(*codes))


def _result(words: list[str]) -> OfferResult:
    """Return what became of an offer.

    Raises:
        Invalid: the words say none of what can.
    """
    try:
        return OfferResult(" ".join(words).casefold())
    except ValueError:
        raise Invalid(texts.WHAT_BECAME) from None


def _keep(ctx: Context, application: Application, result: OfferResult | None) -> None:
    before = _OUT if result else application.offer_result
    if result is None:
        application.offer_extended_at, application.offer_decided_at = ctx.now, None
    else:
        application.offer_decided_at = ctx.now
    application.offer_result = result or ""
    ctx.record(f"application:{application.id}:offer", before=before, after=result or _OUT)
