"""What incidents tell those who watch them."""

from collections.abc import Callable

from bot.context import Context

Watcher = Callable[[Context, int], object]
_changed: list[Watcher] = []
_happened: list[Watcher] = []


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
