"""Handing out all of an incident: to its lead and to Legal, under TLP:RED only when both agree."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.context import Context
from bot.errors import Conflict
from bot.shown import pieces
from bot.text import parse
from bot.ui import Message, Quote, Reply, Text
from storage import people
from storage.people import Person
from workflows.incidents import access, choosing, codes, document, document_views, telling
from workflows.incidents import export_tables as tables
from workflows.incidents import export_texts as texts
from workflows.incidents import tables as incidents
from workflows.incidents import workflow as it
from workflows.incidents.export_tables import Consent, Kept, Side
from workflows.incidents.rules import Tlp
from workflows.incidents.tables import Incident
from workflows.reports.codes import stamp
from workflows.reports.views import with_buttons

CONTENT = tables.Kept.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
#: For so long somebody has agreed.
_AGREED = timedelta(days=1)
#: In characters, and how many of them a chat shows.
_PART, _PARTS = 2_500, 5
_JSON = "json"


@it.command("security export", help=texts.HELP, usage=texts.USAGE)
def export(ctx: Context, text: str) -> Reply:
    """Hand out all of an incident, or agree that it is."""
    incident = choosing.said(ctx, text)
    is_json = parse(text).flags.get("format", "").lower() == _JSON
    return _handed_out(ctx, incident, as_json=is_json)


@it.action("agree_export")
def agree(ctx: Context, incident: int) -> Reply:
    """Agree that an incident is exported."""
    found = access.readable(ctx, incident)
    side = _side(ctx, found)
    if not _agree(ctx, found, side):
        return _ask(ctx, found, side)
    return Message(text=texts.agreed(codes.code(found)))


def check_file(session: Session, incident: Incident, now: datetime) -> None:
    """Refuse to write an incident into a file that not all have agreed to hand out.

    Raises:
        Conflict: with what they have to do.
    """
    if incident.tlp is Tlp.RED and not _agree_both(session, incident, now):
        raise Conflict(texts.needs_both(codes.code(incident)))


def keep(ctx: Context, incident: Incident) -> None:
    """Keep all of an incident as it is now, before its rooms end."""
    kept = Kept(incident_id=incident.id or 0, at=ctx.now)
    ctx.session.add(kept)
    ctx.session.flush()
    written = document.as_json(document.of(ctx, incident))
    kept.content = ctx.sealer.seal(written, at=CONTENT, row=str(kept.id))
    ctx.record(f"{codes.entity(incident.id or 0)}:export", after=written)


def _handed_out(ctx: Context, incident: Incident, *, as_json: bool) -> Message:
    side = _side(ctx, incident)
    if incident.tlp is Tlp.RED and not _agree(ctx, incident, side):
        return _ask(ctx, incident, side)
    found = document.of(ctx, incident)
    written = document.as_json(found) if as_json else document_views.markdown(found)
    ctx.record(f"{codes.entity(incident.id or 0)}:export", after=written)
    code, parts = codes.code(incident), pieces(written, _PART)
    if len(parts) > _PARTS:
        return Message(text=texts.too_long(code))
    said = texts.export(code)
    blocks = (Text(text=said), *(Quote(text=part) for part in parts))
    return Message(text=said, blocks=blocks).carrying(codes.entity(incident.id or 0))


def _side(ctx: Context, incident: Incident) -> Side:
    """Return as what whoever asks may have an incident exported.

    Raises:
        NotAllowed: as nothing.
    """
    if access.leads(ctx, incident):
        return Side.LEAD
    ctx.require(access.is_legal(ctx.person), texts.NOT_YOURS)
    return Side.LEGAL


def _agree(ctx: Context, incident: Incident, side: Side) -> bool:
    """Note that a side agrees, and say whether both do."""
    consent = Consent(incident_id=incident.id or 0, side=side, by=ctx.person.id or None, at=ctx.now)
    ctx.session.merge(consent)
    ctx.session.flush()
    ctx.record(f"{codes.entity(incident.id or 0)}:export", after=f"{side} agrees")
    return _agree_both(ctx.session, incident, ctx.now)


def _agree_both(session: Session, incident: Incident, now: datetime) -> bool:
    """Say whether two people, one for each side, agree at this moment."""
    found = tables.consents(session, incident.id or 0)
    valid = {one.side: one.by for one in found if _holds(session, incident, one, now)}
    return set(valid) == set(Side) and len(set(valid.values())) == len(Side)


def _holds(session: Session, incident: Incident, consent: Consent, now: datetime) -> bool:
    """Say whether a consent is young enough, and whose it is still reads or leads the incident."""
    if consent.at + _AGREED <= now or consent.by is None:
        return False
    if consent.side is Side.LEAD and consent.by != incident.lead_id:
        return False
    own = incidents.pass_of(session, consent.incident_id, consent.by)
    out = incidents.is_excluded(session, consent.incident_id, consent.by)
    return access.is_valid(own, is_excluded=out, now=now)


def _ask(ctx: Context, incident: Incident, side: Side) -> Message:
    id, code = incident.id or 0, codes.code(incident)
    message = with_buttons(texts.asked(code), [agree.button(texts.AGREE, incident=id)])
    what = f"export:{stamp(ctx)}"
    telling.tell(ctx, incident, _others(ctx, incident, side), message, what=what)
    other = "Legal" if side is Side.LEAD else "its lead"
    return Message(text=texts.one_more(code, other))


def _others(ctx: Context, incident: Incident, side: Side) -> list[Person]:
    if side is Side.LEGAL:
        lead = incident.lead_id
        return [people.by_id(ctx.session, lead, now=ctx.now)] if lead else []
    readers = access.readers(ctx, incident.id or 0)
    return [one for one in readers if one.id != ctx.person.id and access.is_legal(one)]
