"""The facts of an incident, which its lead writes once for every department."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.ui import Button, Form, Message, Reply
from storage.people import Person
from workflows.incidents import (
    access,
    audience,
    calls,
    choosing,
    codes,
    parts,
    sheet_keeping,
    sheet_tables,
    sheets_views,
    timeline,
)
from workflows.incidents import facts as rules
from workflows.incidents import sheets_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.facts import Facts
from workflows.incidents.rules import OVER, Kind
from workflows.incidents.sheet_tables import Sheet
from workflows.incidents.tables import Incident
from workflows.reports.defanging import defang


@it.command("security sheet", help=texts.HELP, usage=texts.USAGE)
def say_sheet(ctx: Context, text: str) -> Reply:
    """Open the form for the lead; show the facts to all others who may read the incident."""
    incident = choosing.said(ctx, text)
    if access.leads(ctx, incident):
        return write.open(ctx, incident=incident.id or 0)
    sheet = sheet_tables.sheet(ctx.session, incident.id or 0)
    if sheet is None:
        raise NotFound(texts.NO_SHEET)
    entity = codes.entity(incident.id or 0)
    ctx.record(entity)
    known = sheet_keeping.facts(ctx.sealer, sheet)
    return sheets_views.facts(codes.code(incident), known).carrying(entity)


@it.form("sheet")
def write(ctx: Context, incident: int) -> Form:
    """Ask the lead for the facts."""
    found = access.shown(ctx, incident)
    _check(ctx, found)
    sheet = sheet_tables.sheet(ctx.session, incident)
    known = sheet_keeping.facts(ctx.sealer, sheet) if sheet and sheet.content else None
    return sheets_views.facts_form(codes.code(found), known)


@write.submit
def send_facts(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Keep the facts, and give each department a draft of its words."""
    found = access.readable(ctx, incident)
    _check(ctx, found)
    sheet = sheet_tables.sheet(ctx.session, incident) or Sheet(incident_id=incident, at=ctx.now)
    sheet.edition, sheet.at = sheet.edition + 1, ctx.now
    told = Facts(**{name: defang(answers.text(name)) for name in rules.LONGEST})
    sheet_keeping.seal_facts(ctx, sheet, told)
    role = parts.role_of(ctx, found)
    timeline.note(ctx, found, Kind.UPDATE, texts.new_facts(sheet.edition), role=role)
    ctx.record(codes.entity(incident), after=told)
    calls.incident_changed(ctx, incident)
    return _drafted(ctx, found)


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead to write the facts."""
    if incident.state in OVER or incident.lead_id != reader.id:
        return []
    return [write.button(texts.BUTTON, incident=incident.id or 0)]


def _drafted(ctx: Context, incident: Incident) -> Message:
    words = sheet_tables.all_words(ctx.session, incident.id or 0)
    text = texts.drafted(codes.code(incident), [parts.title_of(one.department) for one in words])
    terms = audience.unexplained(ctx, incident)
    buttons = audience.explaining(incident, terms)
    return sheets_views.drafted(text, [one.label for one in terms], buttons)


def _check(ctx: Context, incident: Incident) -> None:
    """Refuse who does not lead it, and what is over."""
    choosing.check_lead(ctx, incident)
    if incident.state in OVER:
        raise Conflict(texts.is_over(codes.code(incident), incident.state))
