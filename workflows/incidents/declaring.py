"""Declaring an incident: from a report, or from what somebody knows."""

from dataclasses import dataclass

from bot.context import Context
from workflows.incidents import (
    access,
    calls,
    codes,
    engaging,
    keeping,
    linking,
    parts,
    tasks,
    timeline,
)
from workflows.incidents import declaring_texts as texts
from workflows.incidents.codenames import new_codename
from workflows.incidents.rules import Kind, Reason, State, Tlp, first_tlp
from workflows.incidents.tables import Incident
from workflows.reports import access as reports_access
from workflows.reports import tables as reports_tables
from workflows.reports.rules import Category, Severity
from workflows.reports.tables import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What an incident is declared with; *report* is locked, and becomes its first."""

    title: str
    category: Category
    severity: Severity
    reason: str = ""  #: why it is that severe
    report: Report | None = None


def declare(ctx: Context, wanted: Declaration) -> Incident:
    """Store an incident, let in who declares it, and set going all that follows.

    What only named people may read stays with them: the incident is TLP:RED, and they are let in.

    Raises:
        Conflict: the report is decided already.
    """
    incident = _stored(ctx, wanted)
    if ctx.person.id:
        access.let_in(ctx, incident, [ctx.person.id], Reason.DECLARED)
    ctx.record(codes.entity(incident.id or 0), after=incident.state)
    said = texts.declared(wanted.category, wanted.severity)
    timeline.note(ctx, incident, Kind.DECLARED, said, role=parts.role_of(ctx))
    if wanted.report is not None:
        linking.link(ctx, incident, wanted.report, told=texts.HELPED)
    if incident.tlp is Tlp.RED:
        access.let_in(ctx, incident, _named_readers(ctx, wanted), Reason.INVITED)
    engaging.engage(ctx, incident)
    tasks.begin(ctx, incident)
    calls.incident_changed(ctx, incident.id or 0)
    return incident


def _stored(ctx: Context, wanted: Declaration) -> Incident:
    is_restricted = wanted.report is not None and wanted.report.is_restricted
    incident = Incident(
        codename=new_codename(ctx),
        category=wanted.category,
        severity=wanted.severity,
        tlp=Tlp.RED if is_restricted else first_tlp(wanted.category),
        state=State.DECLARED,
        declared_at=ctx.now,
        touched_at=ctx.now,
    )
    keeping.seal_title(ctx, incident, wanted.title)
    if wanted.reason:
        keeping.seal_severity_reason(ctx, incident, wanted.reason)
    return incident


def _named_readers(ctx: Context, wanted: Declaration) -> list[int]:
    """Return who alone reads what is restricted: as its report has it, or as its kind does."""
    if wanted.report is None or not wanted.report.is_restricted:
        return [one.id for one in reports_access.first_readers(ctx, wanted.category, ())]
    parties = reports_tables.parties(ctx.session, wanted.report.id or 0)
    return [one.person_id for one in parties if not one.is_kept_out]
