"""Keeping by what a report is recognised; what is the company's own is none of it."""

from __future__ import annotations

from bot.context import Context
from workflows.reports import calls, evidence_tables, tables
from workflows.reports import evidence_keeping as keeping
from workflows.reports import keeping as reports_keeping
from workflows.reports.evidence_tables import Evidence
from workflows.reports.indicators import Found, Trace, indicators, subject
from workflows.reports.tables import Report

#: A file of fewer bytes is the same as another one by chance.
FEWEST_BYTES = 1024


def note_text(ctx: Context, report: Report, text: str) -> None:
    """Keep by what a report is recognised that says *text*."""
    found = indicators(text, harmless=evidence_tables.harmless(ctx.session))
    named = subject(text)
    _keep(ctx, report, [*found, named] if named else found)


def note_file(ctx: Context, report: Report, file: Evidence) -> None:
    """Keep the hash of a file that says something; a picture's does not, they are all resized."""
    if is_telling(ctx, file):
        _keep(ctx, report, [Found(Trace.SHA256, file.sha256 or "")])


def is_telling(ctx: Context, file: Evidence) -> bool:
    """Say whether whoever has the same file has the same matter."""
    is_known = file.sha256 in evidence_tables.harmless(ctx.session)
    return bool(file.sha256) and not file.is_image and file.size >= FEWEST_BYTES and not is_known


@calls.reports_come
def recognise(ctx: Context, report_id: int) -> None:
    """Keep by what a new report is recognised."""
    report = tables.report(ctx.session, report_id)
    if report is not None:
        note_text(ctx, report, reports_keeping.text(ctx.sealer, report))


def _keep(ctx: Context, report: Report, found: list[Found]) -> None:
    known = {one.digest for one in evidence_tables.indicators_of(ctx.session, report.id or 0)}
    for one in found:
        digest = keeping.digest(ctx, one)
        if digest not in known:
            known.add(digest)
            keeping.add_indicator(ctx, report, one)
