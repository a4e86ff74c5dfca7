"""Giving feedback: what waits, the form, one typed line, and the shortcut on messages."""

import re

from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.inbound import QuotedMessage
from bot.text import Line, parse
from bot.ui import Block, Reply
from bot.workflow import NO_SUCH_THING
from workflows.feedback import cards, handing_in, keeping, typed
from workflows.feedback import giving_texts as texts
from workflows.feedback import giving_views as views
from workflows.feedback import workflow as it
from workflows.feedback.filling import give, is_in, opens
from workflows.feedback.passing_on import decline, reassign, snooze
from workflows.hiring import calls as hiring

__all__ = ["decline", "give", "reassign", "snooze"]

#: A code within a sentence.
_CODE = re.compile(r"\b[IC]-[0-9]{1,9}\b", re.IGNORECASE)
QUOTED_CODES_READ = 20


@it.command("feedback", help=texts.HELP, usage=texts.USAGE, example="feedback", read_only=True)
def feedback(ctx: Context, text: str) -> Reply:
    """Show what waits for the person, or open the scorecard that they name."""
    line = parse(text)
    if not line.text:
        return views.pending(cards.pending(ctx), opens, now=ctx.now)
    if not line.refs:
        raise Invalid(texts.WHICH)
    return _form_named(ctx, line)


@it.command("feedback revise", help=texts.HELP_REVISE, usage=texts.USAGE_REVISE, read_only=True)
def revise(ctx: Context, text: str) -> Reply:
    """Open what the person gave before."""
    return give.open(ctx, card=cards.named(ctx, parse(text)).id)


@it.command("feedback quick", help=texts.HELP_QUICK, usage=texts.USAGE_QUICK)
def quick(ctx: Context, text: str) -> Reply:
    """Hand in a scorecard that was typed in one go, on top of what was begun."""
    line = typed.line_of(text)
    asked = cards.lock(ctx, cards.named(ctx, line).id)
    criteria = cards.criteria(ctx, asked)
    keys = [criterion.key for criterion in criteria]
    said = typed.judgement(line, keys)
    judgement = keeping.begun(ctx, asked.card).changed_by(said)
    handed = handing_in.hand_in(ctx, asked, keys, judgement, keeps_words="keep" in line.flags)
    if handed.problems is None:
        return is_in(asked, handed.said)
    lacking = views.unfinished(asked, criteria, handed.problems, opens(asked, texts.OPEN_FORM))
    return lacking.carrying(hiring.entity_of(asked.meeting.candidate))


@it.shortcut("give_quoted", title=texts.GIVE, help=texts.HELP_GIVE, read_only=True)
def give_quoted(ctx: Context, quoted: QuotedMessage) -> Reply:
    """Open the scorecard that a message names, else show what waits."""
    for code in _CODE.findall(quoted.text)[:QUOTED_CODES_READ]:
        try:
            return _form_named(ctx, parse(code))
        except NotFound:
            continue
    return views.pending(cards.pending(ctx), opens, now=ctx.now)


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Say how many scorecards wait."""
    return views.waiting(len(cards.pending(ctx)))


def _form_named(ctx: Context, line: Line) -> Reply:
    candidate = cards.candidate_in(line)
    if not candidate:
        return give.open(ctx, card=cards.named(ctx, line).id)
    mine = cards.with_candidate(ctx, candidate, line)
    if not mine:
        raise NotFound(NO_SUCH_THING)
    if len(mine) == 1:
        return give.open(ctx, card=mine[0].id)
    return views.several(mine, opens)
