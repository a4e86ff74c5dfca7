"""What votes tell those who watch them, and what they ask before one is opened."""

from bot.context import Context
from bot.hooks import Hook

#: Hears, in the same transaction, that a vote changed, by its number.
#: A ballot is such a change as well: be quick, and tell nobody how it stands before the close.
votes_change = Hook[[Context, int], object]()
#: Returns in words why a vote about an application in a stage must wait, "" when it need not.
before_opening = Hook[[Context, int, str], str]()


def vote_changed(ctx: Context, vote_id: int) -> None:
    """Tell everybody who watches that a vote changed."""
    votes_change.tell(ctx, vote_id)


def must_wait(ctx: Context, application_id: int, stage: str) -> str:
    """Return in words why a vote about an application must wait, "" when it need not."""
    return next(filter(None, before_opening.ask(ctx, application_id, stage)), "")
