"""Adding to a report: what else was noticed, and what had already happened."""

from __future__ import annotations

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.ui import Form, Reply
from workflows.reports import (
    access,
    asking,
    calls,
    codes,
    detail_views,
    filing,
    hours,
    keeping,
    receipt_views,
    reporting_views,
    rules,
    tables,
    texts,
    waiting,
)
from workflows.reports import detail_texts as said
from workflows.reports import workflow as it
from workflows.reports.paces import PACES
from workflows.reports.rules import Circumstances, Remark, State
from workflows.reports.tables import Report

#: So much is added to one report; more than that nobody reads.
MOST_DETAILS = 50


@it.form("add", allow=Role.STRANGER)
def add(ctx: Context, report: int) -> Form:
    """Ask what else there is, and what had already happened."""
    return detail_views.form(access.for_reporter(ctx, tables.report(ctx.session, report)))


@add.submit
def added(ctx: Context, answers: Answers, report: int) -> Reply:
    """Add what was filled in."""
    found = access.own(ctx, report)
    seen = reporting_views.seen(answers)
    words = answers.text(detail_views.MORE)
    is_news = is_new(found, seen)
    if not words and not is_news:
        raise Invalid(fields={detail_views.MORE: said.NOTHING_NEW})
    check_open(ctx, found)
    if words:
        add_detail(ctx, found, words)
    if is_news:
        if found.state not in rules.UNDECIDED:  # no card shows it any more, so it is said
            add_detail(ctx, found, detail_views.told(seen))
        learn(ctx, found, seen)
    todo = receipt_views.steps(seen) if is_news else ()
    return detail_views.thanks(codes.code(found), todo, is_urgent=found.is_urgent)


@it.command("report add", help=said.HELP_ADD, usage=said.USAGE_ADD, allow=Role.STRANGER)
def add_named(ctx: Context, text: str) -> Reply:
    """Add what was typed; without words, open the form."""
    id, words = codes.first_named(text)
    if not words:
        return add.open(ctx, report=id)
    found = access.own(ctx, id)
    add_detail(ctx, found, words)
    calls.files_came(ctx, found)
    return detail_views.thanks(codes.code(found), (), is_urgent=found.is_urgent)


def add_detail(ctx: Context, report: Report, text: str) -> None:
    """Add to a locked report what its reporter wrote; it answers what they were asked.

    Raises:
        Conflict: it was taken back, or enough was added.
        Invalid: it is too long.
    """
    check_open(ctx, report)
    asking.take_answer(ctx, report, text)
    ctx.record(codes.entity(report.id or 0), after=Remark.DETAIL)


def add_remark(
    ctx: Context, report: Report, kind: Remark, text: str, *, by: int | None = None
) -> None:
    """Store what was added, with a password or a key in it hidden."""
    shown = keeping.keep_secret(ctx, report, text)
    keeping.add_remark(ctx, report, kind, shown, by=by)


def check_open(ctx: Context, report: Report) -> None:
    """Refuse to add to what was taken back, or more than anybody reads.

    Raises:
        Conflict: it is so.
    """
    if report.state is State.WITHDRAWN:
        raise Conflict(texts.not_now(codes.code(report), report.state))
    if len(tables.said(ctx.session, report.id or 0, Remark.DETAIL, Remark.NOTE)) >= MOST_DETAILS:
        raise Conflict(said.enough(codes.code(report), MOST_DETAILS))


def is_new(report: Report, seen: Circumstances) -> bool:
    """Say whether a reporter says something else of what had happened than before."""
    before = (report.category, report.interaction, report.is_ongoing)
    is_missing = seen.is_missing and not report.is_urgent
    return is_missing or before != (seen.category, seen.interaction, seen.is_ongoing)


def learn(ctx: Context, report: Report, seen: Circumstances) -> None:
    """Take over what a reporter says of what had happened.

    A report becomes more serious by it at once, and never less so: a person decides that.
    """
    before = (report.category, report.interaction, report.is_ongoing)
    if not report.is_restricted:
        report.category = seen.category
        if rules.is_restricted(seen.category):
            filing.restrict(ctx, report, about=tables.kept_out(ctx.session, report.id or 0))
    report.interaction, report.is_ongoing = seen.interaction, seen.is_ongoing
    report.is_self_report |= rules.has_acted(seen.interaction)
    severity = rules.first_severity(seen)
    if severity < report.severity and report.state in rules.UNDECIDED:
        report.severity, report.decide_by = severity, hours.due(ctx, PACES[severity].decide)
        report.is_urgent |= rules.is_urgent(seen)
        waiting.hurry(ctx, report)
    ctx.record(codes.entity(report.id or 0), before=before, after=report.severity)
    ctx.session.flush()
    calls.report_changed(ctx, report.id or 0)
