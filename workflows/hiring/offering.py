"""Offers: one goes out, and what became of it."""

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from workflows.hiring import asked, calls
from workflows.hiring import offering_texts as texts
from workflows.hiring import workflow as it
from workflows.hiring.rules import OfferResult
from workflows.hiring.tables import Application


@it.command("candidate offer", help=texts.HELP, usage=texts.USAGE, allow=Role.RECRUITER)
def offer(ctx: Context, text: str) -> Reply:
    """Keep that an offer went out, or what became of it."""
    line = parse(text)
    known, application, search = asked.entry(ctx, line)
    codes = calls.code_of(known), calls.code_of(search)
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
    before, application.offer_result = application.offer_result, result or ""
    if result is None:
        application.offer_extended_at, application.offer_decided_at = ctx.now, None
    else:
        application.offer_decided_at = ctx.now
    ctx.record(f"application:{application.id}", before=before, after=result or "extended")
