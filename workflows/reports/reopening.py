"""Opening a closed report again: by its reporter for two weeks, and by triage."""

from __future__ import annotations

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict
from bot.roles import Role
from bot.ui import Button, Form, LongText, Message, Reply
from workflows.reports import (
    access,
    calls,
    codes,
    hours,
    keeping,
    moving,
    tables,
    telling,
    triaging_texts,
)
from workflows.reports import reopening_texts as texts
from workflows.reports import workflow as it
from workflows.reports.paces import PACES, REOPEN
from workflows.reports.rules import Move, Remark
from workflows.reports.tables import Report


@it.form("reopen", allow=Role.STRANGER)
def reopen(ctx: Context, report: int) -> Form:
    """Ask the reporter what is new."""
    found = access.for_reporter(ctx, tables.report(ctx.session, report))
    return Form(
        title=f"{texts.REOPEN}: {codes.code(found)}",
        inputs=(LongText(name="why", label=texts.WHAT_IS_NEW),),
    )


@reopen.submit
def send_reopen(ctx: Context, answers: Answers, report: int) -> Reply:
    """Open it again for its reporter."""
    found = access.own(ctx, report)
    by_reporter(ctx, found, answers.text("why"))
    return Message(text=texts.reopened(codes.code(found)))


@it.command(
    "security reopen",
    help=triaging_texts.HELP_REOPEN,
    usage=triaging_texts.USAGE_REOPEN,
    allow=access.TEAM,
)
def reopen_named(ctx: Context, text: str) -> Reply:
    """Look at a closed report once more; it is theirs then, and its reporter hears of it."""
    id, why = codes.first_named(text)
    report = access.triaged(ctx, id)
    if why:
        keeping.add_remark(ctx, report, Remark.NOTE, why, by=ctx.person.id)
    report.holder_id = ctx.person.id
    _reopen(ctx, report)
    said = Message(text=texts.looked_at_again(codes.code(report)))
    telling.tell_reporter(ctx, report, said, what=f"reopened:{codes.stamp(ctx)}")
    return Message(text=texts.yours(codes.code(report)))


def by_reporter(ctx: Context, report: Report, words: str) -> None:
    """Open a locked report again, with what its reporter says about it now.

    Raises:
        Conflict: it is not closed, or has been for too long.
    """
    if report.closed_at is not None and ctx.now > report.closed_at + REOPEN:
        raise Conflict(texts.too_late(codes.code(report)))
    shown = keeping.keep_secret(ctx, report, words.strip())
    keeping.add_remark(ctx, report, Remark.DETAIL, shown)
    _reopen(ctx, report)


@calls.closing_buttons
def offer(_ctx: Context, report: Report) -> list[Button]:
    """Let a reporter say that it is not over."""
    return [reopen.button(texts.REOPEN, report=report.id or 0)]


def _reopen(ctx: Context, report: Report) -> None:
    """Let everything begin anew: who is called first, and by when it is to be decided."""
    pace = PACES[report.severity]
    rounds = -(-report.step // len(pace.steps))
    report.step = rounds * len(pace.steps)
    report.decide_by = hours.due(ctx, pace.decide)
    moving.move(ctx, report, Move.REOPEN)
    report.outcome, report.routed_to = None, ""
    report.decided_at = report.closed_at = report.told_at = None
