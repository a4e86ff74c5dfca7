"""What the list of people tells other workflows."""

from collections.abc import Callable

from bot.context import Context
from storage.people import Person

Watcher = Callable[[Context, Person], object]
_watchers: list[Watcher] = []
_joining: list[Watcher] = []


def absences_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, when somebody's absences changed."""
    _watchers.append(watcher)
    return watcher


def absences_changed(ctx: Context, someone: Person) -> None:
    """Tell everybody who watches that somebody will be away, or is back."""
    for watcher in _watchers:
        watcher(ctx, someone)


def people_join(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, with the person whom two turned out to be."""
    _joining.append(watcher)
    return watcher


def people_joined(ctx: Context, someone: Person) -> None:
    """Tell everybody who watches that two people turned out to be *someone*."""
    for watcher in _joining:
        watcher(ctx, someone)
