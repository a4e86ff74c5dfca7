"""What stands in the rooms of an incident: the same cards on every platform."""

from datetime import datetime

from bot.ui import Block, Button, Buttons, Message, Note, Strong, Text, When
from workflows.incidents import codes, parts, rooms_texts
from workflows.incidents.tables import Event, Incident


def root(incident: Incident, look: Button) -> Message:
    """Return how a room begins; the title of the incident stands in none of its cards."""
    code = codes.code(incident)
    told = rooms_texts.room_of(code, incident.codename)
    note = Note(text=rooms_texts.how_to_note(code))
    return Message(text=told, blocks=(Text(text=told), note, Buttons(buttons=(look,))))


def stakeholders_root(incident: Incident, look: Button) -> Message:
    """Return how a room for stakeholders begins."""
    told = rooms_texts.stakeholders_of(codes.code(incident), incident.codename)
    note = Note(text=rooms_texts.STAKEHOLDERS_NOTE)
    return Message(text=told, blocks=(Text(text=told), note, Buttons(buttons=(look,))))


def line(
    event: Event, text: str, *, is_corrected: bool = False, buttons: tuple[Button, ...] = ()
) -> Message:
    """Return a line of the timeline."""
    code, kind = codes.code_of(event.incident_id), rooms_texts.KINDS[event.kind]
    role = parts.title_of(event.actor_role)
    blocks: list[Block] = [
        Text(text=(Strong(text=f"{code}: {kind}"), f", {role}, ", When(at=event.occurred_at))),
        Text(text=text),
    ]
    if is_corrected:
        blocks.append(Note(text=rooms_texts.CORRECTED))
    if buttons:
        blocks.append(Buttons(buttons=buttons))
    told = f"{code}: {kind}, {role}. {text}"
    return Message(
        text=f"{told} {rooms_texts.CORRECTED}" if is_corrected else told, blocks=tuple(blocks)
    )


def archived_soon(incident: Incident, at: datetime, keep: Button) -> Message:
    """Return when a room ends, and the button by which it does not."""
    told = rooms_texts.archived_soon(codes.code(incident))
    return Message(
        text=f"{told}{at:%Y-%m-%d}.",
        blocks=(Text(text=(told, When(at=at), ".")), Buttons(buttons=(keep,))),
    )


def kept(incident: Incident) -> Message:
    """Return that a room does not end."""
    return Message(text=rooms_texts.kept(codes.code(incident)))
