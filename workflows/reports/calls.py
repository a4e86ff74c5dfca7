"""What reports tell those who watch them, and what others let somebody read."""

from collections.abc import Callable

from bot.context import Context

Watcher = Callable[[Context, int], object]
#: Says whether whoever asks may read a report for another reason, such as its incident.
Pass = Callable[[Context, int], bool]
_filed: list[Watcher] = []
_changed: list[Watcher] = []
_passes: list[Pass] = []
#: Has a report join whatever the second one is part of; says whether it did.
Joiner = Callable[[Context, int, int], bool]
_joiners: list[Joiner] = []


def reports_come(watcher: Watcher) -> Watcher:
    """Have *watcher* called with a report's number, in the same transaction, when it is filed."""
    _filed.append(watcher)
    return watcher


def report_filed(ctx: Context, report_id: int) -> None:
    """Tell everybody who watches that a report is there."""
    for watcher in _filed:
        watcher(ctx, report_id)


def reports_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called with a report's number, in the same transaction, when it changed."""
    _changed.append(watcher)
    return watcher


def report_changed(ctx: Context, report_id: int) -> None:
    """Tell everybody who watches that a report changed."""
    for watcher in _changed:
        watcher(ctx, report_id)


def lets_in(may: Pass) -> Pass:
    """Have *may* asked whether somebody may read a report who does not triage it."""
    _passes.append(may)
    return may


def is_let_in(ctx: Context, report_id: int) -> bool:
    """Say whether whoever asks may read a report for another reason than triaging it."""
    return any(may(ctx, report_id) for may in _passes)


def reports_join(joiner: Joiner) -> Joiner:
    """Have *joiner* asked to let a report join what another, which is surely the same, is in."""
    _joiners.append(joiner)
    return joiner


def join(ctx: Context, report_id: int, twin_id: int) -> bool:
    """Let a report join whatever its twin is part of; say whether it did."""
    return any(joiner(ctx, report_id, twin_id) for joiner in _joiners)
