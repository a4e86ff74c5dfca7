"""Closing a report: one outcome, and the reporter is told in the same moment."""

from __future__ import annotations

import re
from datetime import datetime

from bot.context import Context
from bot.errors import Invalid
from storage import people
from workflows.reports import (
    calls,
    closing_views,
    codes,
    keeping,
    labels,
    moving,
    roster,
    tables,
    telling,
)
from workflows.reports import closing_texts as texts
from workflows.reports.defanging import defang
from workflows.reports.rules import Move, Outcome
from workflows.reports.tables import Report

LONGEST_WORDS = 600
#: What no reporter is ever told.
UNKIND = re.compile(
    r"\b(false[\s-]+(?:positives?|alarms?)|faults?|blam(?:e[ds]?|ing))\b", re.IGNORECASE
)


def close(
    ctx: Context, report: Report, outcome: Outcome, *, words: str = "", department: str = ""
) -> None:
    """Close a locked report that nobody has decided, and tell its reporter how it ended.

    *words* are those of whoever closes it; *department* is the one that it is passed on to.

    Raises:
        Conflict: it is decided already.
        Invalid: the words are not for a reporter, or nobody would take it over.
    """
    _finish(ctx, report, Move.CLOSE, outcome, words=words, department=department)


def end(
    ctx: Context, report: Report, outcome: Outcome = Outcome.INCIDENT, *, words: str = ""
) -> None:
    """Close a locked report whose incident is over, and tell its reporter how it ended.

    Raises:
        Conflict: it is part of no incident.
        Invalid: the words are not for a reporter.
    """
    _finish(ctx, report, Move.END, outcome, words=words)


def fall_silent(ctx: Context, report: Report) -> None:
    """Close a locked report whose question nobody answered; its reporter can open it again."""
    _finish(ctx, report, Move.FALL_SILENT, Outcome.INSUFFICIENT_INFO)


def check_kind(words: str) -> None:
    """Refuse words that no reporter is to read.

    Raises:
        Invalid: with what to write instead.
    """
    if unkind := UNKIND.search(words):
        raise Invalid(texts.PLAIN_WORDS.format(word=unkind.group()))


def note_key(report: Report) -> str:
    """Return under which key the reporter of a closed report was told how it ended."""
    at = report.closed_at
    return "" if at is None else f"{codes.entity(report.id or 0)}:{_note(at)}"


def _note(at: datetime) -> str:
    return f"closed:{codes.moment(at)}"


def _finish(
    ctx: Context,
    report: Report,
    how: Move,
    outcome: Outcome,
    *,
    words: str = "",
    department: str = "",
) -> None:
    check_kind(words)
    if len(words) > LONGEST_WORDS:
        raise Invalid(texts.too_long(LONGEST_WORDS))
    if outcome is Outcome.ROUTED and not department:
        raise Invalid(texts.WHICH_DEPARTMENT)
    report.outcome, report.routed_to = outcome, department
    moving.move(ctx, report, how)
    if outcome is Outcome.ROUTED:
        _pass_on(ctx, report, department)
    message = closing_views.note(
        report,
        outcome,
        calls.buttons_for_note(ctx, report),
        words=defang(words.strip()),
        department=people.departments(ctx.session).get(department, department),
        others=tables.count_alike(ctx.session, report),
    )
    telling.tell_reporter(ctx, report, message, what=_note(ctx.now))
    report.told_at = ctx.now


def _pass_on(ctx: Context, report: Report, department: str) -> None:
    """Give a report to those who act for a department; the first whom something reaches has it."""
    out = tables.kept_out(ctx.session, report.id or 0)
    asked = roster.responders(ctx, department, without=out)
    if not asked:
        raise Invalid(texts.nobody_there(department))
    first, *after = asked
    text = defang(keeping.text(ctx.sealer, report))
    ctx.send(
        first,
        closing_views.passed_on(report, text, labels.reporter(ctx, report)),
        key=f"report:{report.id}:passed_on:{codes.stamp(ctx)}",
        about=codes.entity(report.id or 0),
        sensitive=True,
        otherwise=after,
    )
