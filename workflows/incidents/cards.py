"""An incident's card: sent to each who may read it, edited at most once in two seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.context import Context
from bot.ui import Message, Reply
from storage import people
from storage.people import Person
from workflows.incidents import (
    access,
    calls,
    card_texts,
    card_views,
    choosing,
    codes,
    keeping,
    tables,
    telling,
)
from workflows.incidents import workflow as it
from workflows.incidents.card_views import Shown
from workflows.incidents.tables import Incident
from workflows.reports.defanging import defang
from workflows.reports.views import with_buttons

#: Changes within so long are shown together.
PACE = timedelta(seconds=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CARD = "card"


def of(ctx: Context, incident: Incident, reader: Person) -> Message:
    """Return the card of an incident for somebody who may read it, with what they can press."""
    return card_views.card(shown(ctx, incident), calls.buttons_for(ctx, incident, reader))


def shown(ctx: Context, incident: Incident) -> Shown:
    """Return an incident as those read it who may."""
    id = incident.id or 0
    lead = incident.lead_id
    return Shown(
        incident=incident,
        code=codes.code(incident),
        title=defang(keeping.title(ctx.sealer, incident)),
        lead=people.by_id(ctx.session, lead, now=ctx.now).name if lead else "",
        reports=[link.report_id for link in tables.links_of(ctx.session, id)],
        engagements=tables.engagements(ctx.session, id),
    )


def with_look(incident: Incident, text: str) -> Message:
    """Return a sentence about an incident, with the button that shows its card."""
    label = card_texts.LOOK.format(code=codes.code(incident))
    button = look.button(label, incident=incident.id or 0)
    return with_buttons(text, [button])


@it.command(
    "security status",
    help=card_texts.HELP_STATUS,
    usage=card_texts.USAGE_STATUS,
)
def status(ctx: Context, text: str) -> Reply:
    """Show an incident to whoever may read it; under an old number, what it is part of now."""
    return _read(ctx, choosing.said(ctx, text))


@it.action("look")
def look(ctx: Context, incident: int) -> Reply:
    """Show an incident to whoever may read it."""
    return _read(ctx, choosing.present(ctx, incident))


def _read(ctx: Context, incident: Incident) -> Message:
    """Return the card; that somebody read it stands in the audit."""
    entity = codes.entity(incident.id or 0)
    ctx.record(entity)
    return of(ctx, incident, ctx.person).carrying(entity)


@calls.incidents_change
def refresh(ctx: Context, incident_id: int) -> None:
    """Have the cards edited soon, together with all else that changes until then."""
    span = (ctx.now + PACE - _EPOCH) // PACE
    at = _EPOCH + span * PACE + PACE / 2
    key = f"{codes.entity(incident_id)}:show:{span}"
    ctx.schedule(show, at, key=key, incident=incident_id)


@it.timer("show")
def show(ctx: Context, incident: int) -> None:
    """Send everybody who may read an incident its card, as it is now.

    It is locked, so that nobody is shut out between the look at who may read it and the sending.
    """
    found = tables.lock_incident(ctx.session, incident)
    if found is None:
        return
    for reader in access.readers(ctx, incident):
        telling.tell(ctx, found, [reader], of(ctx, found, reader), what=CARD)
