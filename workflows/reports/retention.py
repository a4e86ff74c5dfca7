"""How long the words of a report are kept once it is over; its numbers and dates stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from workflows.reports.rules import OVER, Outcome, State
from workflows.reports.tables import Report

WITHDRAWN_KEPT = timedelta(days=30)
HARMLESS_KEPT = timedelta(days=90)
#: 24 months.
REAL_KEPT = timedelta(days=730)
#: What turned out to be an attack.
REAL = frozenset({Outcome.INCIDENT, Outcome.STOPPED})


def kept_for(state: State, outcome: Outcome | None) -> timedelta | None:
    """Return how long the words of a report are kept from its end; None while it is not over."""
    if state not in OVER:
        return None
    if state is State.WITHDRAWN:
        return WITHDRAWN_KEPT
    return REAL_KEPT if outcome in REAL else HARMLESS_KEPT


def is_past(report: Report, now: datetime) -> bool:
    """Say whether a report has been over for longer than its words are kept."""
    kept = kept_for(report.state, report.outcome)
    return kept is not None and report.closed_at is not None and report.closed_at + kept < now
