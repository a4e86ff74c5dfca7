"""How an incident touches hiring: its lead or HR says so, and agendas list it."""

from bot.answers import Answers
from bot.context import Context
from bot.ui import Button, Choice, Form, Message, Option, Reply
from storage.people import Person
from workflows.incidents import access, calls, choosing, codes, reviewing
from workflows.incidents import agenda_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.rules import OVER, AffectsHiring
from workflows.incidents.tables import Incident
from workflows.reports.rules import HR


@it.command("security hiring", help=texts.HELP, usage=texts.USAGE)
def say_hiring(ctx: Context, text: str) -> Reply:
    """Open the form in which the lead or HR says how an incident touches hiring."""
    return hiring.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("hiring")
def hiring(ctx: Context, incident: int) -> Form:
    """Ask how it touches hiring."""
    found = access.shown(ctx, incident)
    ctx.require(_may_say(found, ctx.person), texts.NOT_YOURS)
    options = [Option(value=texts.NONE, label=texts.NOT_AT_ALL)]
    options += [Option(value=how, label=label) for how, label in texts.AFFECTS.items()]
    asked = Choice(
        name="how",
        label=texts.HOW,
        hint=texts.HINT,
        options=tuple(options),
        initial=found.affects_hiring or texts.NONE,
    )
    return Form(title=texts.title(codes.code(found)), inputs=(asked,), submit=texts.SUBMIT)


@hiring.submit
def send_hiring(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Keep how an incident touches hiring, and show it on its card."""
    found = access.readable(ctx, incident)
    ctx.require(_may_say(found, ctx.person), texts.NOT_YOURS)
    said = answers.text("how")
    how = None if said == texts.NONE else AffectsHiring(said)
    ctx.record(codes.entity(incident), before=found.affects_hiring, after=how)
    found.affects_hiring = how
    calls.incident_changed(ctx, incident)
    return Message(text=texts.saved(codes.code(found), how))


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer HR to say so under the card; the lead, whose card is full, says it in words."""
    is_hr = reviewing.acts_for(reader, HR) and incident.lead_id != reader.id
    if incident.state in OVER or not is_hr:
        return []
    return [hiring.button(texts.MARK, incident=incident.id or 0)]


def _may_say(incident: Incident, person: Person) -> bool:
    return incident.lead_id == person.id or reviewing.acts_for(person, HR)
