"""Reporting a message that somebody else wrote, from the menu beside it."""

from datetime import timedelta

from bot.context import Context
from bot.inbound import QuotedMessage
from bot.roles import Role
from bot.ui import Reply
from workflows.reports import keeping, reporting, tables
from workflows.reports import reporting_texts as texts
from workflows.reports import workflow as it

#: A message that was chosen and not reported is forgotten after that.
KEPT = timedelta(days=1)


@it.shortcut(
    "report_quoted", title=texts.REPORT_QUOTED, help=texts.HELP_QUOTED, allow=Role.STRANGER
)
def report_quoted(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Keep the message as it is now, and open the form; nothing is reported before it is sent."""
    tables.drop_quotes(ctx.session, ctx.now - KEPT)
    return reporting.tell.open(ctx, quote=keeping.keep_quote(ctx, quoted).id or 0)


@it.timer("forget quotes", every="daily 04:00")
def forget_quotes(ctx: Context) -> None:
    """Forget messages that were chosen and not reported."""
    tables.drop_quotes(ctx.session, ctx.now - KEPT)
