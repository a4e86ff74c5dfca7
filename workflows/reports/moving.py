"""How a report goes from state to state: one function, on a locked row, and one timer at a time."""

from datetime import UTC, datetime

from bot.context import Context
from bot.errors import Conflict
from bot.workflow import Route
from workflows.reports import calls, codes, rules, tables, texts
from workflows.reports.rules import OVER, UNDECIDED, Move, State
from workflows.reports.tables import Report

#: Whoever makes one of these has looked at the report, also without having taken it.
_LOOKED = frozenset({Move.LINK, Move.CLOSE})
#: How a timer's key ends.
_MOMENT = "%Y%m%dT%H%M%S.%f"


def move(ctx: Context, report: Report, how: Move) -> None:
    """Make a move with a locked report, note it in the audit, and tell who watches.

    Raises:
        Conflict: it cannot be made from where the report stands: somebody was first.
    """
    target = rules.after(report.state, how)
    if target is None:
        raise Conflict(texts.not_now(codes.code(report), report.state))
    before, report.state = report.state, target
    if before in UNDECIDED and target not in UNDECIDED:
        report.decided_at = report.decided_at or ctx.now
    if how in _LOOKED:
        report.acknowledged_at = report.acknowledged_at or ctx.now
    if target in OVER:
        report.closed_at = ctx.now
    if target is State.RECEIVED or target in OVER:
        report.holder_id = None
    report.next_look = ""
    ctx.record(f"report:{report.id}", before=before, after=target)
    ctx.session.flush()
    calls.report_changed(ctx, report.id or 0)


def check(report: Report, *states: State) -> None:
    """Refuse what can only be done with a report in one of these states.

    Raises:
        Conflict: it stands otherwise by now.
    """
    if report.state not in states:
        raise Conflict(texts.not_now(codes.code(report), report.state))


def wait(ctx: Context, report: Report, timer: Route[...], at: datetime) -> None:
    """Let *timer* go on with a report; what was to do so before does nothing any more."""
    key = f"report:{report.id}:{timer.id}:{at.astimezone(UTC).strftime(_MOMENT)}"
    ctx.wait(report, timer, at, key=key, report=report.id)


def still_for(ctx: Context, id: int, look: str) -> Report | None:
    """Return a report, locked, when it still waits for the timer whose key is *look*."""
    found = tables.lock_report(ctx.session, id)
    return found if found is not None and found.next_look == look else None


def due_at(look: str) -> datetime:
    """Return for when the timer whose key is *look* was set."""
    moment = look.rpartition(":")[2]
    return datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
