"""What incidents tell those who watch them, and what others add to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.context import Context
from bot.hooks import Hook
from bot.ui import Button
from storage.people import Person
from workflows.incidents import codes, review_keeping, review_tables, tables
from workflows.incidents.rules import Tlp
from workflows.incidents.tables import Incident

#: Hears, in the same transaction, that an incident changed, by its number.
incidents_change = Hook[[Context, int], object]()
#: Hears of each new line of a timeline, by its number.
events_happen = Hook[[Context, int], object]()
#: Returns what somebody who may read an incident can press under its card now.
card_buttons = Hook[[Context, Incident, Person], Sequence[Button]]()
#: Says in words why an incident cannot be resolved yet; "" when nothing stands in the way.
blocks_resolving = Hook[[Context, Incident], str]()


def incident_changed(ctx: Context, incident_id: int) -> None:
    """Tell everybody who watches that an incident changed."""
    incidents_change.tell(ctx, incident_id)


def event_happened(ctx: Context, event_id: int) -> None:
    """Tell everybody who watches that a timeline has a new line."""
    events_happen.tell(ctx, event_id)


def buttons_for(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Return what somebody who may read an incident can press under its card."""
    return [button for buttons in card_buttons.ask(ctx, incident, reader) for button in buttons]


def why_not_resolved(ctx: Context, incident: Incident) -> str:
    """Say in words why an incident cannot be resolved yet; "" when nothing stands in the way."""
    return next(filter(None, blocks_resolving.ask(ctx, incident)), "")


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Something that is still to be done after an incident; *what* is "" where that is not told."""

    code: str  #: such as RA-3
    incident: str  #: such as SI-42
    department: str
    owner_id: int | None
    due_on: date | None
    what: str


def open_actions(ctx: Context, may_be_told: Callable[[Incident], bool]) -> list[OpenAction]:
    """Return what is still to be done after incidents that may be told of, the first due first.

    What exactly is to be done is told from TLP:GREEN on.
    """
    found = []
    actions = review_tables.undone(ctx.session)
    incidents = {
        id: tables.incident(ctx.session, id) for id in {one.incident_id for one in actions}
    }
    told = {id: one for id, one in incidents.items() if one is not None and may_be_told(one)}
    for one in actions:
        incident = told.get(one.incident_id)
        if incident is None:
            continue
        is_open = incident.tlp in {Tlp.GREEN, Tlp.CLEAR}
        what = review_keeping.action(ctx.sealer, one) if is_open else ""
        code, of = codes.action(one.id or 0), codes.code(incident)
        found.append(OpenAction(code, of, one.department, one.owner_id, one.due_on, what))
    return found
