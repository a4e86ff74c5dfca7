"""A reporter whom no message reaches: whoever is on duty hears of it."""

from bot.context import Context
from bot.hooks import Loss
from bot.ui import Message
from workflows.reports import access, closing, closing_texts, codes, tables
from workflows.reports import workflow as it


@it.missing
def note_untold(ctx: Context, loss: Loss) -> None:
    """Take back that a reporter was told how it ended, and say so to whoever triages."""
    kind, _, number = loss.about.partition(":")
    if not loss.is_final or kind != "report" or not number.isdecimal():
        return
    report = tables.lock_report(ctx.session, int(number))
    if report is None or loss.key != closing.note_key(report):
        return
    report.told_at = None
    asked = access.triagers(ctx, report)
    if asked:
        ctx.send(
            asked[0],
            Message(text=closing_texts.untold(codes.code(report))),
            key=f"{loss.about}:untold:{codes.stamp(ctx)}",
            about=loss.about,
            sensitive=True,
            otherwise=asked[1:],
        )
