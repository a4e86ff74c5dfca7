"""Which reports an incident stands on: each is part of one incident at most."""

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Message
from workflows.incidents import calls, codes, parts, shutting_out, tables, timeline
from workflows.incidents import declaring_texts as texts
from workflows.incidents.rules import OVER, Kind, Tlp
from workflows.incidents.tables import Incident, Link
from workflows.reports import codes as report_codes
from workflows.reports import moving as reports_moving
from workflows.reports import tables as reports_tables
from workflows.reports import telling as reports_telling
from workflows.reports.rules import Move
from workflows.reports.tables import Report

#: Under which the reporter was told that the report is part of a case.
LINKED = "linked"


def link(ctx: Context, incident: Incident, report: Report, *, told: str = texts.JOINED) -> None:
    """Make a locked report part of a locked incident, and tell its reporter so, as *told*.

    Whoever must learn nothing of the report learns nothing of the incident either.

    Raises:
        Conflict: the incident is over, the report is decided, or more people would read it.
    """
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
    if report.is_restricted and incident.tlp is not Tlp.RED:
        raise Conflict(texts.NOT_INTO_WIDER)
    id, report_id = incident.id or 0, report.id or 0
    reports_moving.move(ctx, report, Move.LINK)
    _leave_former(ctx, report_id)
    ctx.session.add(Link(report_id=report_id, incident_id=id, origin_id=id, at=ctx.now))
    for person_id in reports_tables.kept_out(ctx.session, report_id):
        shutting_out.shut_out(ctx, incident, person_id)
    said = texts.linked(report_codes.code(report))
    timeline.note(ctx, incident, Kind.REPORT, said, role=parts.role_of(ctx, incident))
    reports_telling.tell_reporter(ctx, report, Message(text=told), what=LINKED)
    calls.incident_changed(ctx, id)


def unlink(ctx: Context, incident: Incident, report: Report) -> None:
    """Take a locked report off a locked incident; triage decides about it anew.

    Raises:
        Conflict: it is no part of the incident.
    """
    found = tables.link_of(ctx.session, report.id or 0)
    if found is None or found.incident_id != incident.id:
        code = report_codes.code(report)
        raise Conflict(texts.not_part(code, codes.code(incident)))
    ctx.session.delete(found)
    ctx.session.flush()
    report.touched_at = ctx.now
    reports_moving.move(ctx, report, Move.UNLINK)
    said = texts.unlinked(report_codes.code(report))
    timeline.note(ctx, incident, Kind.REPORT, said, role=parts.role_of(ctx, incident))
    calls.incident_changed(ctx, incident.id or 0)


def _leave_former(ctx: Context, report_id: int) -> None:
    """Forget the incident that a report was part of before it was opened again."""
    former = tables.link_of(ctx.session, report_id)
    if former is not None:
        ctx.session.delete(former)
        ctx.session.flush()
