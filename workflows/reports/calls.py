"""What reports tell those who watch them, and what others add to them or let somebody read."""

from collections.abc import Callable, Sequence

from bot.context import Context
from bot.inbound import Post, QuotedMessage
from bot.ui import Button, Line
from workflows.reports.tables import Report

Watcher = Callable[[Context, int], object]
#: Says whether whoever asks may read a report for another reason, such as its incident.
Pass = Callable[[Context, int], bool]
Offer = Callable[[Context, Report], Sequence[Button]]
Remarks = Callable[[Context, Report], Sequence[Line]]
#: Keeps what a report is about, as the platform handed it over.
Keeper = Callable[[Context, Report, Post | QuotedMessage], object]
_keepers: list[Keeper] = []
_holds: list[Pass] = []
_filed: list[Watcher] = []
_changed: list[Watcher] = []
_passes: list[Pass] = []
#: Has a report join whatever the second one is part of; says whether it did.
Joiner = Callable[[Context, int, int], bool]
_joiners: list[Joiner] = []
_on_card: list[Offer] = []
_under_note: list[Offer] = []
_remarks: list[Remarks] = []


def reports_come(watcher: Watcher) -> Watcher:
    """Have *watcher* called with a report's number, soon after it was filed."""
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


def triage_buttons(offer: Offer) -> Offer:
    """Have the buttons that *offer* returns on the triage card of a report that is undecided."""
    _on_card.append(offer)
    return offer


def buttons_for_triage(ctx: Context, report: Report) -> list[Button]:
    """Return what others let those who triage do with a report."""
    return [button for offer in _on_card for button in offer(ctx, report)]


def triage_remarks(remarks: Remarks) -> Remarks:
    """Have the lines that *remarks* returns on the triage card of a report that is undecided."""
    _remarks.append(remarks)
    return remarks


def remarks_for_triage(ctx: Context, report: Report) -> list[Line]:
    """Return what others tell those who triage of a report, such as what is like it."""
    return [line for remarks in _remarks for line in remarks(ctx, report)]


def closing_buttons(offer: Offer) -> Offer:
    """Have the buttons that *offer* returns under what a reporter is told at the end."""
    _under_note.append(offer)
    return offer


def buttons_for_note(ctx: Context, report: Report) -> list[Button]:
    """Return what a reporter can press once they were told how it ended."""
    return [button for offer in _under_note for button in offer(ctx, report)]


def evidence_comes(keeper: Keeper) -> Keeper:
    """Have *keeper* called with a message that was reported, in the same transaction.

    A quoted message is one of `ctx.place`.
    """
    _keepers.append(keeper)
    return keeper


def evidence_came(ctx: Context, report: Report, message: Post | QuotedMessage) -> None:
    """Tell everybody who keeps evidence which message a report, or an addition to it, is about."""
    for keeper in _keepers:
        keeper(ctx, report, message)


def files_came(ctx: Context, report: Report) -> None:
    """Tell them of the files that were sent together with a command, if there are some."""
    if ctx.post is not None and ctx.post.files:
        evidence_came(ctx, report, ctx.post)


def keeps(hold: Pass) -> Pass:
    """Have *hold* asked whether a report must not be erased, whatever its age."""
    _holds.append(hold)
    return hold


def is_kept(ctx: Context, report_id: int) -> bool:
    """Say whether a report must not be erased, whatever its age."""
    return any(hold(ctx, report_id) for hold in _holds)
