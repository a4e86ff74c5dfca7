"""A ballot as it is typed: counted where nobody else reads it, and offered privately elsewhere."""

from bot.context import Context
from bot.text import Ref, parse
from bot.ui import Reply
from workflows.votes import casting, reading, refusing, status, tables
from workflows.votes import casting_texts as texts
from workflows.votes import workflow as it
from workflows.votes.casting_tables import Wording
from workflows.votes.rules import chosen_in


@it.command("vote", help=texts.HELP, usage=texts.USAGE)
def typed(ctx: Context, text: str) -> Reply:
    """Count what was typed with its reason; without one, open the form whatever was chosen.

    Without a vote, show those that wait for whoever asks.
    """
    if not text.strip():
        return status.overview(ctx)
    line = parse(text)
    found = refusing.voter(ctx, refusing.named(line))
    said = [word for word in line.words if Ref.parse(word) is None]
    if not said:
        return casting.paper(ctx, found)
    if not ctx.confided:
        return casting.paper(ctx, found, texts.NOT_HERE)
    options = reading.options_of(tables.terms(ctx.session, found))
    choice, rest = chosen_in(said, casting.offered(options))
    reason = " ".join(filter(None, (*rest, line.rest))) or None
    return casting.take(ctx, Wording(found.id or 0, found.version), choice, reason=reason)
