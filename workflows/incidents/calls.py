"""What incidents tell those who watch them, and what others add to them."""

from collections.abc import Callable, Sequence

from bot.context import Context
from bot.ui import Button
from storage.people import Person
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
