"""What reports tell those who watch them, and what others add to them or let somebody read."""

from collections.abc import Sequence

from bot.context import Context
from bot.hooks import Hook
from bot.inbound import Post, QuotedMessage
from bot.ui import Button, Line
from workflows.reports.tables import Report

#: Hears of a report, by its number, soon after it was filed.
reports_come = Hook[[Context, int], object]()
#: Hears, in the same transaction, that a report changed, by its number.
reports_change = Hook[[Context, int], object]()
#: Says whether whoever asks may read a report for another reason than triaging it, such as its
#: incident.
lets_in = Hook[[Context, int], bool]()
#: Has a report join whatever the second one, which is surely the same, is part of; says whether
#: it did.
reports_join = Hook[[Context, int, int], bool]()
#: Returns buttons for the triage card of a report that is undecided.
triage_buttons = Hook[[Context, Report], Sequence[Button]]()
#: Returns lines for the triage card of a report that is undecided.
triage_remarks = Hook[[Context, Report], Sequence[Line]]()
#: Returns buttons that stand under what a reporter is told at the end.
closing_buttons = Hook[[Context, Report], Sequence[Button]]()
#: Keeps, in the same transaction, a message that was reported, as the platform handed it over.
#: A quoted message is one of `ctx.place`.
evidence_comes = Hook[[Context, Report, Post | QuotedMessage], object]()
#: Says whether a report must not be erased, whatever its age.
keeps = Hook[[Context, int], bool]()


def report_filed(ctx: Context, report_id: int) -> None:
    """Tell everybody who watches that a report is there."""
    reports_come.tell(ctx, report_id)


def report_changed(ctx: Context, report_id: int) -> None:
    """Tell everybody who watches that a report changed."""
    reports_change.tell(ctx, report_id)


def is_let_in(ctx: Context, report_id: int) -> bool:
    """Say whether whoever asks may read a report for another reason than triaging it."""
    return any(lets_in.ask(ctx, report_id))


def join(ctx: Context, report_id: int, twin_id: int) -> bool:
    """Let a report join whatever its twin is part of; say whether it did."""
    return any(reports_join.ask(ctx, report_id, twin_id))


def buttons_for_triage(ctx: Context, report: Report) -> list[Button]:
    """Return what others let those who triage do with a report."""
    return [button for buttons in triage_buttons.ask(ctx, report) for button in buttons]


def remarks_for_triage(ctx: Context, report: Report) -> list[Line]:
    """Return what others tell those who triage of a report, such as what is like it."""
    return [line for remarks in triage_remarks.ask(ctx, report) for line in remarks]


def buttons_for_note(ctx: Context, report: Report) -> list[Button]:
    """Return what a reporter can press once they were told how it ended."""
    return [button for buttons in closing_buttons.ask(ctx, report) for button in buttons]


def evidence_came(ctx: Context, report: Report, message: Post | QuotedMessage) -> None:
    """Tell everybody who keeps evidence which message a report, or an addition to it, is about."""
    evidence_comes.tell(ctx, report, message)


def files_came(ctx: Context, report: Report) -> None:
    """Tell them of the files that were sent together with a command, if there are some."""
    if ctx.post is not None and ctx.post.files:
        evidence_came(ctx, report, ctx.post)


def is_kept(ctx: Context, report_id: int) -> bool:
    """Say whether a report must not be erased, whatever its age."""
    return any(keeps.ask(ctx, report_id))
