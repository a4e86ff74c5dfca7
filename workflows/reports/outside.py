"""What is told beyond the platforms of a report that waits: its number, and that it does."""

from bot.context import Context
from bot.signals import Signal
from workflows.reports import codes, telling
from workflows.reports.tables import Report

WAITING = "report.waiting"


def signal(ctx: Context, report: Report) -> Signal | None:
    """Return what may be told of a report to nobody knows whom.

    Of one that triage's room may not show, that is nothing: whoever it is about may read along.
    """
    if not telling.is_for_room(ctx, report):
        return None
    return Signal(WAITING, codes.code(report), report.severity.name, report.state.value)


def tell(ctx: Context, report: Report) -> None:
    """Tell that a report waits."""
    id, found = report.id or 0, signal(ctx, report)
    if found is not None:
        key = f"report:{id}:outside:{codes.stamp(ctx)}"
        ctx.signal(found, key=key, about=codes.entity(id))
