"""What is waited for in each state of a report: one timer, set anew after every move."""

from collections.abc import Mapping

from sqlmodel import Session

from bot.context import Context
from workflows.reports import asking, calls, chain, hours, leases, moving, tables
from workflows.reports import workflow as it
from workflows.reports.paces import PACES
from workflows.reports.rules import UNDECIDED, Move, State
from workflows.reports.tables import Report


@calls.reports_come
def begin(ctx: Context, report_id: int) -> None:
    """Call the first who is asked about a new report, and note by when it is to be decided."""
    report = tables.lock_report(ctx.session, report_id)
    if report is not None:
        since = report.received_at
        report.decide_by = hours.due(ctx, PACES[report.severity].decide, since=since)
        if report.state is State.RECEIVED and not report.next_look:
            chain.go_on(ctx, report, since=since)


@calls.reports_change
def go_on(ctx: Context, report_id: int) -> None:
    """Wait for what comes next, unless something is waited for."""
    report = tables.lock_report(ctx.session, report_id)
    if report is not None:
        chain.settle(ctx, report)
        if leases.is_lost(ctx, report):
            moving.move(ctx, report, Move.RELEASE)
        elif not report.next_look:
            _go_on(ctx, report)


def hurry(ctx: Context, report: Report) -> None:
    """Go on with a locked report at once, by its new severity: it became more serious."""
    report.next_look = ""
    calls.report_changed(ctx, report.id or 0)


@it.awaits
def open_reports(session: Session) -> Mapping[str, str]:
    """Return every report that is undecided, and its timer.

    Of one that nobody took although everybody was called there is none: the admins are told.
    """
    found = tables.reports_in(session, UNDECIDED)
    return {f"report:{one.id}": one.next_look or f"report:{one.id}:nobody-came" for one in found}


def _go_on(ctx: Context, report: Report) -> None:
    match report.state:
        case State.RECEIVED:
            chain.go_on(ctx, report)
        case State.ACKNOWLEDGED:
            leases.begin(ctx, report)
        case State.NEEDS_INFO:
            asking.wait(ctx, report)
        case _:
            return
