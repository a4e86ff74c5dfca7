"""Erasing what people wrote in an incident when its time is over."""

from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from workflows.incidents import codes, retiring_tables, tables, views
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER
from workflows.incidents.tables import Incident
from workflows.reports import calls as reports
from workflows.reports import tables as reports_tables
from workflows.reports.retention import REAL_KEPT
from workflows.reports.rules import Outcome


@it.timer("retire", every="daily 04:00")
def retire(ctx: Context) -> None:
    """Have the words of old incidents erased, each in a transaction of its own."""
    for id in retiring_tables.with_words(ctx.session, ctx.now - REAL_KEPT):
        found = tables.incident(ctx.session, id)
        if found is not None and _may_go(ctx, found):
            key = f"{codes.entity(id)}:erase:{ctx.now:%Y%m%d}"
            ctx.schedule(erase, ctx.now, key=key, incident=id)


@it.timer("erase")
def erase(ctx: Context, incident: int) -> None:
    """Erase what people wrote in an incident that nobody may keep any longer.

    Its number, its two words, its dates and how it ended stay, and so does the audit.
    """
    found = tables.lock_incident(ctx.session, incident)
    if found is None or not _may_go(ctx, found):
        return
    retiring_tables.erase(ctx.session, found)
    entity = codes.entity(incident)
    ctx.record(f"{entity}:words", after="erased")
    ctx.take_down(views.erased(codes.code(found), found), about=entity)


def is_past(session: Session, incident: Incident, now: datetime) -> bool:
    """Say whether an incident, with what it is part of, is over for longer than it is kept."""
    whole = retiring_tables.whole_of(session, incident)
    if whole.state not in OVER or whole.closed_at is None:
        return False
    return whole.closed_at + REAL_KEPT < now


@reports.keeps
def keeps_report(ctx: Context, report_id: int) -> bool:
    """Say whether a report is kept for its incident.

    While that is open, whatever the report was; for as long as that is kept, if it was real; and
    while Legal holds it.
    """
    link = tables.link_of(ctx.session, report_id)
    report = reports_tables.report(ctx.session, report_id)
    incident = tables.incident(ctx.session, link.incident_id) if link else None
    if incident is None or report is None:
        return False
    if retiring_tables.holds(ctx.session, incident):
        return True
    if retiring_tables.whole_of(ctx.session, incident).state not in OVER:
        return True
    return report.outcome is Outcome.INCIDENT and not is_past(ctx.session, incident, ctx.now)


def _may_go(ctx: Context, incident: Incident) -> bool:
    is_held = bool(retiring_tables.holds(ctx.session, incident))
    return is_past(ctx.session, incident, ctx.now) and not is_held
