"""Erasing what was kept of a report when its time is over."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Context
from workflows.reports import calls, codes, evidence_tables, tables
from workflows.reports import workflow as it
from workflows.reports.rules import Outcome, State
from workflows.reports.tables import Report

WITHDRAWN_KEPT = timedelta(days=30)
HARMLESS_KEPT = timedelta(days=90)
REAL_KEPT = timedelta(days=730)
#: What turned out to be an attack.
_REAL = frozenset({Outcome.INCIDENT, Outcome.STOPPED})


def kept_for(state: State, outcome: Outcome | None) -> timedelta:
    """Return how long evidence is kept of a report that is over."""
    if state is State.WITHDRAWN:
        return WITHDRAWN_KEPT
    return REAL_KEPT if outcome in _REAL else HARMLESS_KEPT


@it.timer("retire", every="daily 04:00")
def retire(ctx: Context) -> None:
    """Erase what nobody may keep any longer."""
    for report in evidence_tables.over_with_evidence(ctx.session, ctx.now - WITHDRAWN_KEPT):
        age = ctx.now - (report.closed_at or ctx.now)
        is_old = age > kept_for(report.state, report.outcome)
        if is_old and not calls.is_kept(ctx, report.id or 0):
            _erase(ctx, report)


def _erase(ctx: Context, report: Report) -> None:
    id = report.id or 0
    kept = evidence_tables.evidence_of(ctx.session, id)
    for row in (*kept, *evidence_tables.indicators_of(ctx.session, id)):
        ctx.session.delete(row)
    if report.state is State.WITHDRAWN:
        report.text = None
        for said in tables.said(ctx.session, id):
            said.text = None
    ctx.record(f"{codes.entity(id)}:evidence", after="erased")
