"""As what somebody acts in an incident: the timeline names that, and never a person."""

from bot.context import Context
from bot.roles import Role
from workflows.incidents import texts
from workflows.incidents.tables import Incident
from workflows.incidents.timeline import LEAD, PARLEY
from workflows.reports.rules import SECURITY

TRIAGE = "triage"


def role_of(ctx: Context, incident: Incident | None = None) -> str:
    """Return as what whoever asks acts."""
    if not ctx.person.id:
        return PARLEY
    if incident is not None and incident.lead_id == ctx.person.id:
        return LEAD
    if ctx.person.holds(Role.TRIAGE, SECURITY):
        return TRIAGE
    return ctx.person.department or SECURITY


def title_of(role: str) -> str:
    """Return what a role, or a department's part, is called."""
    return texts.ROLES.get(role, role.capitalize())
