"""What votes tell those who watch them, and what they ask before one is opened."""

from collections.abc import Callable

from bot.context import Context

Watcher = Callable[[Context, int], object]
#: Returns in words why a vote about an application in a stage must wait, "" when it need not.
Condition = Callable[[Context, int, str], str]
_watchers: list[Watcher] = []
_conditions: list[Condition] = []


def votes_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called with a vote's number, in the same transaction, when it changed.

    A ballot is such a change as well: be quick, and tell nobody how it stands before the close.
    """
    _watchers.append(watcher)
    return watcher


def vote_changed(ctx: Context, vote_id: int) -> None:
    """Tell everybody who watches that a vote changed."""
    for watcher in _watchers:
        watcher(ctx, vote_id)


def before_opening(condition: Condition) -> Condition:
    """Have *condition* asked before a vote about an application in a stage is opened."""
    _conditions.append(condition)
    return condition


def must_wait(ctx: Context, application_id: int, stage: str) -> str:
    """Return in words why a vote about an application must wait, "" when it need not."""
    found = (condition(ctx, application_id, stage) for condition in _conditions)
    return next(filter(None, found), "")
