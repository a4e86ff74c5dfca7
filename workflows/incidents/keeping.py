"""How what people write in an incident is kept: sealed, each text to its own row."""

from bot.context import Context
from storage.secrets import Sealer
from workflows.incidents import tables
from workflows.incidents.tables import Event, Incident
from workflows.incidents.texts import ERASED
from workflows.reports.keeping import opened

TITLE = tables.Incident.__table__.c.title  # type: ignore[attr-defined]  # SQLModel does not declare it
WHY = tables.Incident.__table__.c.severity_reason  # type: ignore[attr-defined]  # SQLModel does not declare it
EVENT = tables.Event.__table__.c.text  # type: ignore[attr-defined]  # SQLModel does not declare it


def title(sealer: Sealer, incident: Incident) -> str:
    """Return what an incident is called among those who may read it; or that it was erased."""
    return opened(sealer, incident.title, at=TITLE, row=incident.id, without=ERASED)


def seal_title(ctx: Context, incident: Incident, title: str) -> None:
    """Store an incident with its title."""
    ctx.session.add(incident)
    ctx.session.flush()
    incident.title = ctx.sealer.seal(title, at=TITLE, row=str(incident.id))


def severity_reason(sealer: Sealer, incident: Incident) -> str:
    """Return why an incident has its severity, "" when nobody said."""
    return opened(sealer, incident.severity_reason, at=WHY, row=incident.id)


def seal_severity_reason(ctx: Context, incident: Incident, reason: str) -> None:
    """Keep why an incident has its severity."""
    incident.severity_reason = ctx.sealer.seal(reason, at=WHY, row=str(incident.id))


def event(sealer: Sealer, event: Event) -> str:
    """Return what a line of the timeline says; or that it was erased."""
    return opened(sealer, event.text, at=EVENT, row=event.id, without=ERASED)


def seal_event(ctx: Context, event: Event, text: str) -> None:
    """Store a line of the timeline."""
    ctx.session.add(event)
    ctx.session.flush()
    event.text = ctx.sealer.seal(text, at=EVENT, row=str(event.id))
