"""Which reports are of the same matter: surely, so that one joins the other, or perhaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.context import Context
from workflows.reports import calls, codes, evidence_tables, recognising, tables, telling
from workflows.reports import evidence_keeping as keeping
from workflows.reports import workflow as it
from workflows.reports.evidence import Kind
from workflows.reports.evidence_tables import Indicator
from workflows.reports.indicators import Trace
from workflows.reports.rules import State
from workflows.reports.tables import Report

#: How long after one report another counts, from the moment at which each was stored.
SURE_WITHIN = timedelta(days=30)
SHARED_WITHIN = timedelta(days=7)
SUBJECT_WITHIN = timedelta(hours=72)
#: Reports are suggested up to so many; more are a matter for a search.
MOST = 50


class Why(StrEnum):
    """What two reports have in common."""

    MESSAGE = "message"  #: they are of the same message
    FILE = "file"
    INDICATOR = "indicator"
    SUBJECT = "subject"  #: and the category


@dataclass(frozen=True, slots=True)
class Alike:
    """Another report that may be of the same matter, and *what* makes it so."""

    report: Report
    why: Why
    what: str = ""

    @property
    def is_sure(self) -> bool:
        """Say whether it is the same thing that was reported twice."""
        return self.why in {Why.MESSAGE, Why.FILE}


@it.timer("join")
def join(ctx: Context, report: int) -> None:
    """Let a new report join the incident of another that is surely the same.

    Nobody does so, its reporter least of all, so it is a timer. Where somebody must learn nothing
    of the report, a person decides.
    """
    found = tables.report(ctx.session, report)
    if found is None or found.state is not State.RECEIVED or not telling.is_for_room(ctx, found):
        return
    twins = (one.report for one in _sure(ctx, found) if one.report.state is State.LINKED)
    open_ones = (twin for twin in twins if telling.is_for_room(ctx, twin))
    any(calls.join(ctx, report, twin.id or 0) for twin in open_ones)


def look_for_twins(ctx: Context, report: Report) -> None:
    """Have a report that has got more evidence join what it belongs to, after the commit."""
    key = f"report:{report.id}:join:{codes.stamp(ctx)}"
    ctx.schedule(join, ctx.now, key=key, report=report.id or 0)


def alike(ctx: Context, report: Report, *, most: int = MOST) -> list[Alike]:
    """Return the reports that may be of the same matter, what is surely so first.

    What may not be read by all who triage is not among them, nor is anything beside such a report.
    """
    if not telling.is_for_room(ctx, report):
        return []
    found: dict[int, Alike] = {}
    for one in (*_sure(ctx, report), *_perhaps(ctx, report)):
        id = one.report.id or 0
        if id not in found and telling.is_for_room(ctx, one.report):
            found[id] = one
        if len(found) == most:
            break
    return list(found.values())


def _sure(ctx: Context, report: Report) -> list[Alike]:
    """Return the reports of the same message, and those with the same file."""
    since = report.received_at - SURE_WITHIN
    own = evidence_tables.evidence_of(ctx.session, report.id or 0)
    sources = [one.source for one in own if one.source]
    hashes = [
        one.sha256
        for one in own
        if one.kind is Kind.FILE and one.sha256 and recognising.is_telling(ctx, one)
    ]
    same = evidence_tables.with_source(ctx.session, sources, since) if sources else []
    files = evidence_tables.with_file(ctx.session, hashes, since) if hashes else []
    found = [
        *(Alike(one, Why.MESSAGE) for one in same),
        *(Alike(one, Why.FILE) for one in files),
    ]
    return [one for one in found if _is_within(SURE_WITHIN, report, one.report)]


def _perhaps(ctx: Context, report: Report) -> list[Alike]:
    """Return the reports that share an indicator, or the category and the subject line."""
    own = evidence_tables.indicators_of(ctx.session, report.id or 0)
    digests = [one.digest for one in own]
    if not digests:
        return []
    since = report.received_at - SHARED_WITHIN
    shared = evidence_tables.with_indicator(ctx.session, digests, since)
    return [_because(ctx, one, by) for one, by in shared if _counts(report, one, by)]


def _counts(report: Report, other: Report, by: Indicator) -> bool:
    if by.trace is not Trace.SUBJECT:
        return _is_within(SHARED_WITHIN, report, other)
    return _is_within(SUBJECT_WITHIN, report, other) and report.category is other.category


def _is_within(span: timedelta, report: Report, other: Report) -> bool:
    return report.id != other.id and abs(report.received_at - other.received_at) <= span


def _because(ctx: Context, other: Report, by: Indicator) -> Alike:
    what = keeping.indicator(ctx.sealer, by)
    why = Why.SUBJECT if by.trace is Trace.SUBJECT else Why.INDICATOR
    return Alike(other, why, what)
