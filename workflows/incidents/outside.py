"""What is told beyond the platforms of the worst incidents: number, severity and state.

Of what is TLP:RED, or what somebody is kept out of, nothing is told: nobody knows who reads there.
"""

from bot.context import Context
from bot.signals import Signal
from workflows.incidents import calls, codes, tables
from workflows.incidents.rules import Kind, Tlp
from workflows.incidents.tables import Incident
from workflows.reports.rules import Severity

DECLARED, CHANGED = "incident.declared", "incident.changed"


@calls.events_happen
def tell(ctx: Context, event_id: int) -> None:
    """Tell that an incident of the worst severity was declared, or stands otherwise now."""
    event = tables.event(ctx.session, event_id)
    if event is None or event.kind not in {Kind.DECLARED, Kind.STATE}:
        return
    incident = tables.incident(ctx.session, event.incident_id)
    if incident is not None and incident.severity is Severity.S1:
        what = DECLARED if event.kind is Kind.DECLARED else CHANGED
        _signal(ctx, incident, what, event_id)


def tell_severity(ctx: Context, incident: Incident, before: Severity, *, event_id: int) -> None:
    """Tell that an incident is of the worst severity now, or is not any more."""
    if Severity.S1 in {before, incident.severity}:
        _signal(ctx, incident, CHANGED, event_id)


def _signal(ctx: Context, incident: Incident, what: str, event_id: int) -> None:
    code, id = codes.code(incident), incident.id or 0
    if incident.tlp is Tlp.RED or tables.excluded(ctx.session, id):
        return
    signal = Signal(what, code, incident.severity.name, incident.state.value)
    ctx.signal(signal, key=f"incident:{id}:outside:{event_id}", about=codes.entity(id))
