"""Taking a report, and giving it back: one holder at a time, and everybody else hears who."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Conflict
from bot.text import parse
from bot.ui import Message, Reply
from workflows.reports import access, calls, codes, lease_texts, leases, moving, telling, views
from workflows.reports import triaging_texts as texts
from workflows.reports import workflow as it
from workflows.reports.rules import Move, State
from workflows.reports.tables import Report


@it.command("security take", help=texts.HELP_TAKE, usage=texts.USAGE_ONE, allow=access.TEAM)
def take_named(ctx: Context, text: str) -> Reply:
    """Take the report that somebody named."""
    return _taken(ctx, access.triaged(ctx, codes.named(parse(text))))


@it.action("take", allow=access.TEAM)
def take(ctx: Context, report: int) -> Reply:
    """Take a report."""
    return _taken(ctx, access.triaged(ctx, report))


@it.command("security release", help=texts.HELP_RELEASE, usage=texts.USAGE_ONE, allow=access.TEAM)
def release_named(ctx: Context, text: str) -> Reply:
    """Give back the report that somebody named."""
    report = access.triaged(ctx, codes.named(parse(text)))
    if report.state is State.ACKNOWLEDGED and report.holder_id != ctx.person.id:
        raise Conflict(texts.not_yours(codes.code(report)))
    moving.move(ctx, report, Move.RELEASE)
    return Message(text=texts.released(codes.code(report)))


def hold(ctx: Context, report: Report) -> None:
    """Make whoever asks the holder of a locked report, unless somebody has it.

    Raises:
        Conflict: somebody was first, or it is decided.
    """
    is_free = report.state is State.ACKNOWLEDGED and report.holder_id is None
    if report.state in {State.ACKNOWLEDGED, State.NEEDS_INFO} and not is_free:
        is_own = report.holder_id == ctx.person.id
        code = codes.code(report)
        since = report.touched_at
        raise Conflict(texts.yours_already(code) if is_own else texts.taken_before(code, since))
    is_first = report.acknowledged_at is None
    report.holder_id, report.acknowledged_at = ctx.person.id, report.acknowledged_at or ctx.now
    if is_free:
        leases.begin(ctx, report)
        calls.report_changed(ctx, report.id or 0)
    else:
        moving.move(ctx, report, Move.TAKE)
    if is_first:
        said = Message(text=texts.reporter_told(codes.code(report)))
        telling.tell_reporter(ctx, report, said, what="taken")


def _taken(ctx: Context, report: Report) -> Message:
    hold(ctx, report)
    return views.timed(
        texts.taken(codes.code(report)), lease_texts.YOURS_UNTIL, leases.ends(ctx, report)
    )
