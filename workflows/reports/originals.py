"""Reading what was sent, passwords and keys included, where a report shows them hidden."""

from bot.context import Context
from bot.errors import NotAllowed
from bot.text import parse
from bot.ui import Message, Quote, Reply, Text
from workflows.reports import access, codes, keeping, tables
from workflows.reports import original_texts as texts
from workflows.reports import workflow as it
from workflows.reports.defanging import defang
from workflows.reports.rules import Remark


@it.command(
    "security original",
    help=texts.HELP_ORIGINAL,
    usage=texts.USAGE_ORIGINAL,
    allow=access.TEAM,
)
def original(ctx: Context, text: str) -> Reply:
    """Show all that was sent to whoever may read the report, where nobody else reads along."""
    report = access.readable(ctx, codes.named(parse(text)))
    if not ctx.confided:
        raise NotAllowed(texts.ALONE)
    code = codes.code(report)
    if report.text is None:
        return Message(text=keeping.text(ctx.sealer, report))
    sent = tables.said(ctx.session, report.id or 0, Remark.AS_SENT)
    if not sent:
        return Message(text=texts.NOTHING_HIDDEN.format(code=code))
    ctx.record(codes.entity(report.id or 0), after="original read")
    quotes = tuple(Quote(text=defang(keeping.remark(ctx.sealer, one))) for one in sent)
    title = texts.AS_SENT.format(code=code)
    said = " ".join((title, *(quote.text for quote in quotes)))
    message = Message(text=said, blocks=(Text(text=title), *quotes))
    return message.carrying(codes.entity(report.id or 0))
