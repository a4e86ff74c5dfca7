"""Reporting in one's own words: after `report that`, or a sentence that is offered to it."""

from bot.context import Context
from bot.roles import Role
from bot.ui import Reply
from workflows.reports import calls, filing, receipts, reporting, secrecy
from workflows.reports import reporting_texts as texts
from workflows.reports import workflow as it
from workflows.reports.filing import Filing
from workflows.reports.rules import Circumstances, Source


@it.command(
    "report that",
    help=texts.HELP_THAT,
    usage=texts.USAGE_THAT,
    offer=texts.OFFER,
    allow=Role.STRANGER,
)
def report_that(ctx: Context, text: str) -> Reply:
    """File what was typed; without words, open the form."""
    if not text:
        return reporting.tell.open(ctx)
    reporter, account = filing.reporter_of(ctx)
    wanted = Filing(
        source=Source.CHAT if ctx.one_to_one else Source.COMMAND,
        text=text,
        seen=Circumstances(),
        reporter=reporter,
        account=account,
    )
    found = reporting.take_in(ctx, wanted)
    calls.files_came(ctx, found)
    notes = (texts.CHANGE_IT,) if secrecy.has_secret(text) else ()
    return receipts.answer(ctx, found, wanted.seen, notes=(*notes, texts.SAY_IF_YOU_ACTED))
