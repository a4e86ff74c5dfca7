"""The open incidents that somebody may read, the newest first."""

from bot.context import Context
from bot.ui import Block, Reply
from workflows.incidents import listing_texts as texts
from workflows.incidents import listing_views, tables
from workflows.incidents import workflow as it
from workflows.incidents.tables import Incident

#: What fits on a page, and on somebody's Home.
PAGE, AT_HOME = 20, 5


@it.command("security list", help=texts.HELP, read_only=True)
def open_ones(ctx: Context, text: str) -> Reply:
    """Show the newest open incidents that whoever asks may read."""
    found = _newest(ctx, PAGE + 1)
    return listing_views.page(found[:PAGE], has_more=len(found) > PAGE)


@it.home
def section(ctx: Context) -> tuple[Block, ...]:
    """Show on somebody's Home the incidents that they may read."""
    return listing_views.section(_newest(ctx, AT_HOME))


def _newest(ctx: Context, limit: int) -> list[Incident]:
    return tables.open_for(ctx.session, ctx.person.id, now=ctx.now, limit=limit)
