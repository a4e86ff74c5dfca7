"""Why somebody cannot vote now: in words that differ, and that tell nobody what is not theirs."""

from bot.context import Context
from bot.errors import Conflict, Invalid, NotAllowed, NotFound
from bot.text import Line
from bot.workflow import NO_SUCH_THING
from workflows.votes import access, casting_tables, tables
from workflows.votes import casting_texts as texts
from workflows.votes.rules import VOTE, Mode, State, code_of
from workflows.votes.tables import Vote


def named(line: Line) -> int:
    """Return the number of the vote that somebody named.

    Raises:
        Invalid: they named none.
    """
    found = next((ref.number for ref in line.refs if ref.kind == VOTE), None)
    if found is None:
        raise Invalid(texts.WHICH)
    return found


def known(ctx: Context, vote: Vote | None) -> Vote:
    """Return a vote of which whoever asks may know.

    Raises:
        NotFound: there is none, or it is not for them to know of.
    """
    if vote is None or not access.may_know(ctx, vote):
        raise NotFound(NO_SUCH_THING)
    return vote


def check_elector(ctx: Context, vote: Vote) -> None:
    """Refuse who may know of a vote and does not vote in it, or not any more.

    Raises:
        NotAllowed: they are no elector, or are recused.
        Conflict: it is closed, or late.
    """
    elector = tables.elector(ctx.session, vote.id or 0, ctx.person.id)
    code = vote.code
    if elector is None:
        raise NotAllowed(texts.not_an_elector(code))
    if elector.is_recused:
        raise NotAllowed(texts.recused(code))
    if vote.state is not State.OPEN or ctx.now >= vote.closes_at:
        raise Conflict(texts.stopped(code))


def voter(ctx: Context, id: int) -> Vote:
    """Return a vote in which whoever asks can cast a ballot now.

    Raises:
        NotFound: there is none, or it is not for them to know of.
        NotAllowed: they are no elector, or are recused.
        Conflict: it is closed, late, or secret and they have voted.
    """
    vote = known(ctx, tables.vote(ctx.session, id))
    check_elector(ctx, vote)
    if vote.mode is Mode.SECRET and casting_tables.has_voted(ctx.session, vote, ctx.person.id):
        raise Conflict(texts.voted_already(code_of(id)))
    return vote
