"""What incidents tell those who watch them, and what others add to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.context import Context
from bot.ui import Button
from storage.people import Person
from workflows.incidents import codes, review_keeping, review_tables, tables
from workflows.incidents.rules import Tlp
from workflows.incidents.tables import Incident

Watcher = Callable[[Context, int], object]
#: Returns what somebody who may read an incident can press under its card now.
Offer = Callable[[Context, Incident, Person], Sequence[Button]]
#: Says in words why an incident cannot be resolved yet; "" when nothing stands in the way.
Obstacle = Callable[[Context, Incident], str]
_changed: list[Watcher] = []
_happened: list[Watcher] = []
_offers: list[Offer] = []
_obstacles: list[Obstacle] = []


def incidents_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called with an incident's number, in the same transaction, when it changed."""
    _changed.append(watcher)
    return watcher


def incident_changed(ctx: Context, incident_id: int) -> None:
    """Tell everybody who watches that an incident changed."""
    for watcher in _changed:
        watcher(ctx, incident_id)


def events_happen(watcher: Watcher) -> Watcher:
    """Have *watcher* called with the number of each new line of a timeline."""
    _happened.append(watcher)
    return watcher


def event_happened(ctx: Context, event_id: int) -> None:
    """Tell everybody who watches that a timeline has a new line."""
    for watcher in _happened:
        watcher(ctx, event_id)


def card_buttons(offer: Offer) -> Offer:
    """Have the buttons that *offer* returns under an incident's card."""
    _offers.append(offer)
    return offer


def buttons_for(ctx: Context, incident: Incident, reader: Person) -> list[Button]:
    """Return what somebody who may read an incident can press under its card."""
    return [button for offer in _offers for button in offer(ctx, incident, reader)]


def blocks_resolving(obstacle: Obstacle) -> Obstacle:
    """Have *obstacle* asked what has to be done before an incident is resolved."""
    _obstacles.append(obstacle)
    return obstacle


def why_not_resolved(ctx: Context, incident: Incident) -> str:
    """Say in words why an incident cannot be resolved yet; "" when nothing stands in the way."""
    return next(filter(None, (obstacle(ctx, incident) for obstacle in _obstacles)), "")


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
