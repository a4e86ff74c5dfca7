"""What follows when somebody is to learn nothing more of an incident."""

from collections.abc import Collection

from bot.context import Context
from workflows.incidents import access, calls, parts, telling, timeline
from workflows.incidents import letting_in_texts as texts
from workflows.incidents.rules import Kind
from workflows.incidents.tables import Incident


def shut_out(ctx: Context, incident: Incident, person_id: int) -> None:
    """Exclude somebody whatever they hold; what they were sent of it is taken back.

    Without a word to them, and the timeline does not say who it is.
    """
    could_read = access.may_read(ctx, incident.id or 0, person_id)
    access.exclude(ctx, incident, person_id)
    access.end(ctx, incident, [person_id])
    if incident.lead_id == person_id:
        incident.lead_id, incident.next_look = None, ""
    if could_read:
        telling.take_back(ctx, incident, [person_id])
        said = texts.SHUT_OUT
        timeline.note(ctx, incident, Kind.ACCESS, said, role=parts.role_of(ctx, incident))
    calls.incident_changed(ctx, incident.id or 0)


def let_go(ctx: Context, incident: Incident, person_ids: Collection[int]) -> None:
    """End what people can read, and take back what they were sent; they can be let in again."""
    if not person_ids:
        return
    access.end(ctx, incident, person_ids)
    telling.take_back(ctx, incident, person_ids)
    said = texts.let_go(len(person_ids))
    timeline.note(ctx, incident, Kind.ACCESS, said, role=parts.role_of(ctx, incident))
