"""Stepping back from a vote: by oneself, or because hiring keeps somebody out."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.text import Ref, parse
from bot.ui import Form, Message, Reply
from workflows.hiring import calls as hiring
from workflows.votes import access, calls, casting_tables, keeping, refusing, tables
from workflows.votes import casting_texts as texts
from workflows.votes import casting_views as views
from workflows.votes import workflow as it
from workflows.votes.rules import LONGEST_REASON, SHORTEST_REASON, Mode, code_of
from workflows.votes.tables import Elector, Recusal, Vote


@it.form("recuse")
def recuse(ctx: Context, vote: int) -> Form:
    """Ask why somebody steps back."""
    found = refusing.known(ctx, tables.vote(ctx.session, vote))
    _check(ctx, found)
    question = keeping.question(ctx.sealer, tables.terms(ctx.session, found))
    title = texts.RECUSE_TITLE.format(code=code_of(vote))
    return views.reasons(title, question, texts.RECUSE_HINT, texts.RECUSE)


@recuse.submit
def recused(ctx: Context, answers: Answers, vote: int) -> Reply:
    """Let somebody step back, as the form says."""
    return _step_back(ctx, vote, answers.text(views.REASON))


@it.command("vote recuse", help=texts.HELP_RECUSE, usage=texts.USAGE_RECUSE)
def typed(ctx: Context, text: str) -> Reply:
    """Let somebody step back with a typed reason, or open the form that asks for it."""
    line = parse(text)
    vote = refusing.named(line)
    words = [word for word in line.words if Ref.parse(word) is None]
    reason = " ".join(filter(None, (*words, line.rest)))
    if not reason:
        return recuse.open(ctx, vote=vote)
    refusing.known(ctx, tables.vote(ctx.session, vote))
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(texts.wrong_length(SHORTEST_REASON, LONGEST_REASON, len(reason)))
    return _step_back(ctx, vote, reason)


@hiring.recusals_change
def keep_out(ctx: Context, application_id: int, person_id: int) -> None:
    """Let whoever is kept out of an application vote about it no more.

    A secret ballot that is in the urn stays there: nobody can find it.
    """
    for vote in casting_tables.open_votes_of(ctx.session, application_id, person_id):
        is_lost = vote.mode is Mode.SECRET and casting_tables.has_voted(
            ctx.session, vote, person_id
        )
        if not is_lost:
            _leave(ctx, vote, person_id)


def leave_out_barred(ctx: Context, vote: Vote) -> None:
    """Let whoever was kept out after a secret ballot have no part in a new version."""
    for elector in tables.electors_of(ctx.session, vote.id or 0):
        if not elector.is_recused and access.is_barred(ctx, vote, elector.person_id):
            _leave(ctx, vote, elector.person_id)


def _step_back(ctx: Context, id: int, reason: str) -> Reply:
    vote = refusing.known(ctx, tables.lock_vote(ctx.session, id))
    _check(ctx, vote)
    recusal = Recusal(vote_id=id, person_id=ctx.person.id, at=ctx.now)
    keeping.seal_recusal(ctx, recusal, reason)
    _leave(ctx, vote, ctx.person.id)
    return Message(text=texts.stepped_back(code_of(id)))


def _check(ctx: Context, vote: Vote) -> None:
    refusing.check_elector(ctx, vote)
    if vote.mode is Mode.SECRET and casting_tables.has_voted(ctx.session, vote, ctx.person.id):
        raise Conflict(texts.cannot_recuse(vote.code))


def _leave(ctx: Context, vote: Vote, person_id: int) -> None:
    ctx.session.get_one(Elector, (vote.id, person_id)).is_recused = True
    ctx.record(f"vote:{vote.id}", after=f"recused {person_id}")
    ctx.session.flush()
    calls.vote_changed(ctx, vote.id or 0)
