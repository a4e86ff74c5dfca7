"""Reports of the same matter: what surely is joins an incident by itself, the rest in one go."""

from bot.context import Context
from bot.errors import Invalid
from bot.text import parse
from bot.ui import Message, Reply
from workflows.incidents import access, codes, linking, tables, waiting
from workflows.incidents import duplicates_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, Tlp
from workflows.reports import access as reports_access
from workflows.reports import calls as reports
from workflows.reports import codes as report_codes
from workflows.reports import tables as reports_tables
from workflows.reports.rules import REPORT, UNDECIDED, State

#: Reports are linked up to so many at once.
MOST = 50


@reports.reports_join
def join_the_incident(ctx: Context, report_id: int, twin_id: int) -> bool:
    """Let a new report join the incident of its twin; where nobody leads yet, a person does so.

    The incident is locked first, as everywhere.
    """
    link = tables.link_of(ctx.session, twin_id)
    incident = tables.lock_incident(ctx.session, link.incident_id) if link else None
    report = reports_tables.lock_report(ctx.session, report_id)
    if incident is None or report is None or report.state is not State.RECEIVED:
        return False
    if incident.tlp is Tlp.RED or not waiting.is_led(ctx, incident) or incident.state in OVER:
        return False
    looked_at = report.acknowledged_at
    linking.link(ctx, incident, report)
    report.acknowledged_at = looked_at  # nobody has: it came by itself
    return True


@it.command("security link many", help=texts.HELP_LINK_MANY, usage=texts.USAGE_LINK_MANY)
def link_many(ctx: Context, text: str) -> Reply:
    """Make several reports part of an incident; those that are decided stay as they are."""
    line = parse(text)
    incident = access.readable(ctx, codes.named(line))
    ids = sorted({ref.number for ref in line.refs if ref.kind == REPORT})
    if not 0 < len(ids) <= MOST:
        raise Invalid(texts.how_many(MOST))
    found = [reports_access.triaged(ctx, id) for id in ids]
    linked = [one for one in found if one.state in UNDECIDED]
    for report in linked:
        linking.link(ctx, incident, report)
    left = [report_codes.code(one) for one in found if one not in linked]
    return Message(text=texts.linked_many(codes.code(incident), len(linked), left))
