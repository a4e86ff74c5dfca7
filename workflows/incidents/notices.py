"""What everybody in the company hears of an incident that is TLP:GREEN: no names, no number."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.inbound import Room
from bot.ui import Block, Button, Form, LongText, Message, Note, Reply, Text, TextStyle
from storage import places
from storage.people import Person
from workflows import glossary
from workflows.incidents import (
    access,
    calls,
    choosing,
    codes,
    naming,
    parts,
    timeline,
)
from workflows.incidents import notices_texts as texts
from workflows.incidents import workflow as it
from workflows.incidents.audience import MOST_EXPLAINED
from workflows.incidents.rules import Kind, State, Tlp
from workflows.incidents.sheets_texts import explanation
from workflows.incidents.tables import Incident
from workflows.reports.codes import stamp
from workflows.reports.defanging import defang

#: The room that an admin makes of the channels that everybody reads.
STAFF_ROOM = "all-staff"
_TELLABLE = frozenset({Tlp.GREEN, Tlp.CLEAR})


@it.command("security notice", help=texts.HELP, usage=texts.USAGE)
def say_notice(ctx: Context, text: str) -> Reply:
    """Open the form in which the lead tells everybody."""
    return write.open(ctx, incident=choosing.said(ctx, text).id or 0)


@it.form("notice")
def write(ctx: Context, incident: int) -> Form:
    """Ask the lead what everybody should know."""
    found = access.shown(ctx, incident)
    _check(ctx, found)
    what = LongText(name="what", label=texts.WHAT, hint=texts.HINT, max_length=texts.LONGEST)
    return Form(title=texts.form(codes.code(found)), inputs=(what,), submit=texts.SUBMIT)


@write.submit
def post(ctx: Context, answers: Answers, incident: int) -> Reply:
    """Post a notice without names where everybody reads."""
    found = access.readable(ctx, incident)
    _check(ctx, found)
    text = answers.text("what")
    if named := naming.named(ctx, text):
        raise Invalid(fields={"what": texts.names(named)})
    key = f"{codes.entity(incident)}:notice:{stamp(ctx)}"
    notice = _notice(ctx, defang(text))
    ctx.send(Room(STAFF_ROOM), notice, key=key, about=codes.entity(incident), sensitive=True)
    timeline.note(ctx, found, Kind.UPDATE, texts.noted(), role=parts.role_of(ctx, found))
    ctx.record(codes.entity(incident), after=text)
    calls.incident_changed(ctx, incident)
    return Message(text=texts.posted(codes.code(found)))


@calls.card_buttons
def buttons(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Offer the lead to tell everybody what may be told."""
    if incident.lead_id != reader.id or incident.tlp not in _TELLABLE:
        return []
    if incident.state is State.MERGED:
        return []
    return [write.button(texts.BUTTON, incident=incident.id or 0)]


def _notice(ctx: Context, text: str) -> Message:
    terms = glossary.explain(ctx.session, text, None)[:MOST_EXPLAINED]
    meanings = [explanation(one.label, one.plain) for one in terms]
    blocks: tuple[Block, ...] = (
        Text(text=texts.HEADING, style=TextStyle.HEADING),
        *(Text(text=line) for line in text.splitlines() if line.strip()),
        *(Note(text=meaning) for meaning in meanings),
        Note(text=texts.ASK_FURTHER),
    )
    plain = "\n".join((texts.HEADING, text, *meanings, texts.ASK_FURTHER))
    return Message(text=plain, blocks=blocks)


def _check(ctx: Context, incident: Incident) -> None:
    """Refuse who does not lead it, what may not be told, and a notice that nobody would read."""
    choosing.check_lead(ctx, incident)
    code = codes.code(incident)
    if incident.state is State.MERGED:
        raise Conflict(texts.is_over(code, incident.state))
    if incident.tlp not in _TELLABLE:
        raise Conflict(texts.not_green(code))
    if not places.places_of(ctx.session, STAFF_ROOM):
        raise Conflict(texts.NO_ROOM)
