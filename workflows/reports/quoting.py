"""Reporting a message that somebody else wrote, from the menu beside it."""

from datetime import timedelta

from bot.context import Context
from bot.inbound import QuotedMessage
from bot.roles import Role
from bot.ui import Reply
from workflows.reports import keeping, reporting
from workflows.reports import reporting_texts as texts
from workflows.reports import workflow as it
from workflows.reports.tables import Quote

#: A message that was chosen and not reported is forgotten after that.
KEPT = timedelta(days=1)


@it.shortcut(
    "report_quoted", title=texts.REPORT_QUOTED, help=texts.HELP_QUOTED, allow=Role.STRANGER
)
def report_quoted(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Keep the message as it is now, and open the form; nothing is reported before it is sent."""
    return reporting.tell.open(ctx, quote=keep(ctx, quoted))


def keep(ctx: Context, quoted: QuotedMessage) -> int:
    """Keep for a day what somebody may report, and return its number."""
    id = keeping.keep_quote(ctx, quoted).id or 0
    ctx.schedule(forget, ctx.now + KEPT, key=f"report:quote:{id}", quote=id)
    return id


@it.timer("forget quote")
def forget(ctx: Context, quote: int) -> None:
    """Forget a message that somebody chose: what was reported of it is kept elsewhere."""
    found = ctx.session.get(Quote, quote)
    if found is not None:  # otherwise it was used up
        ctx.session.delete(found)
