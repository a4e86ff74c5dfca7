"""A way to somebody that is closed: the timeline of the incident that it was about says so."""

from bot.context import Context
from bot.hooks import Loss
from workflows.incidents import losing_texts, tables, timeline
from workflows.incidents import workflow as it
from workflows.incidents.rules import Kind
from workflows.incidents.tables import Incident

#: What shows the timeline in its rooms: a line about a line that did not arrive would not either.
_EVENT, _ROOM = ":event:", ":room"


@it.missing
def note_loss(ctx: Context, loss: Loss) -> None:
    """Note that something about an incident, or one of its reports, did not arrive as it should."""
    if _EVENT in loss.key or loss.key.endswith(_ROOM):
        return
    incident = _incident_of(ctx, loss.about)
    if incident is not None:
        timeline.note(ctx, incident, Kind.DELIVERY, losing_texts.lost(loss.code))


def _incident_of(ctx: Context, about: str) -> Incident | None:
    kind, _, number = about.partition(":")
    if not number.isdecimal():
        return None
    if kind == "report" and (link := tables.link_of(ctx.session, int(number))) is not None:
        return tables.incident(ctx.session, link.incident_id)
    return tables.incident(ctx.session, int(number)) if kind == "incident" else None
