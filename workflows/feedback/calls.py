"""What feedback tells those who watch it."""

from bot.context import Context
from bot.hooks import Hook
from workflows.feedback.tables import Scorecard

#: Hears, in the same transaction, that a scorecard was given or given up.
#: It is told as it is now; a version that stands already is told of as well.
cards_change = Hook[[Context, Scorecard], object]()


def card_changed(ctx: Context, card: Scorecard) -> None:
    """Tell everybody who watches that a scorecard changed."""
    ctx.session.flush()
    cards_change.tell(ctx, card)
