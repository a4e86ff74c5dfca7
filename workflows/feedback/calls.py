"""What feedback tells those who watch it."""

from collections.abc import Callable

from bot.context import Context
from workflows.feedback.tables import Scorecard

Watcher = Callable[[Context, Scorecard], object]
_watchers: list[Watcher] = []


def cards_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, when a scorecard was given or given up.

    What it is given is as it is now; a version that stands already is told of as well.
    """
    _watchers.append(watcher)
    return watcher


def card_changed(ctx: Context, card: Scorecard) -> None:
    """Tell everybody who watches that a scorecard changed."""
    ctx.session.flush()
    for watcher in _watchers:
        watcher(ctx, card)
