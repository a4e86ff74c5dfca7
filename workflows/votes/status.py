"""Where a vote stands, for one reader: the votes that wait for them, and those they may know of."""

from bot.context import Context
from bot.ui import Block, Message, Reply
from workflows.votes import access, casting, reading, record, status_texts, status_views, tables
from workflows.votes import workflow as it
from workflows.votes.reading import Asked, known, named
from workflows.votes.rules import ABSTAINED, OVER, Mode, State
from workflows.votes.status_views import Waiting
from workflows.votes.tables import Elector, Vote

#: So many votes stand on Home, and so many in the list, each with its buttons.
ON_HOME, IN_LIST = 3, 8


@it.command("vote status", help=status_texts.HELP_STATUS, usage=status_texts.USAGE, read_only=True)
def status_named(ctx: Context, text: str) -> Reply:
    """Show where a vote stands, to whoever may know of it."""
    return _told(ctx, named(ctx, text))


@it.action("status", read_only=True)
def status(ctx: Context, vote: int) -> Reply:
    """Show where a vote stands."""
    return _told(ctx, known(ctx, vote))


@it.command("vote list", help=status_texts.HELP_LIST, example="vote list", read_only=True)
def list_votes(ctx: Context, text: str) -> Reply:
    """Show the votes that wait for the reader, and all others that they may know of."""
    return overview(ctx)


@it.home
def on_home(ctx: Context) -> tuple[Block, ...]:
    """Show the votes that wait for the reader."""
    return status_views.on_home(_waiting(ctx), at_most=ON_HOME)


def overview(ctx: Context) -> Message:
    """Return the votes that wait for the reader, then the others that they may know of."""
    waiting = _waiting(ctx)
    theirs = {one.asked.id for one in waiting}
    going_on = tables.votes_in(ctx.session, [state for state in State if state not in OVER])
    # What nobody decided stands first until somebody does; the rest stays in order.
    going_on.sort(key=lambda vote: vote.state is not State.ON_HOLD)
    others = [
        reading.read(ctx, vote)
        for vote in going_on
        if vote.id not in theirs and access.may_know(ctx, vote)
    ]
    return status_views.overview(waiting, others, at_most=IN_LIST)


def _told(ctx: Context, vote: Vote) -> Message:
    asked = reading.read(ctx, vote)
    elector = tables.elector(ctx.session, asked.id, ctx.person.id)
    is_marked = ctx.person.id in tables.voted(ctx.session, vote)
    own = [] if elector is None else _own(ctx, vote, asked, elector, is_marked=is_marked)
    buttons = []
    if vote.state is State.OPEN and elector and not elector.is_recused:
        is_final = is_marked and vote.mode is Mode.SECRET
        buttons = [] if is_final else casting.buttons(vote, asked.options)
    elif vote.state is not State.OPEN:
        buttons = [record.show.button(status_texts.RECORD, vote=asked.id)]
    return status_views.status(asked, own, buttons)


def _own(ctx: Context, vote: Vote, asked: Asked, elector: Elector, *, is_marked: bool) -> list[str]:
    """Say to an elector alone what they did in a vote."""
    is_open = vote.state is State.OPEN
    if elector.is_recused:
        return [status_texts.RECUSED]
    weights = tables.terms(ctx.session, vote).weights
    aside = [] if weights.get(elector.department) else [status_texts.NO_WEIGHT]
    if not is_marked:
        return [status_texts.TO_DO if is_open else status_texts.DID_NOT, *aside]
    if vote.mode is Mode.SECRET:
        return [status_texts.DID_SECRETLY, *aside]
    cast = tables.last_ballots(ctx.session, asked.id, vote.version)
    mine = next((one.choice for one in cast if one.person_id == ctx.person.id), "")
    label = reading.label_of((*asked.options, ABSTAINED), mine)
    return [status_texts.chose(label, is_open=is_open), *aside]


def _waiting(ctx: Context) -> list[Waiting]:
    found = []
    for vote in tables.waiting_for(ctx.session, ctx.person.id):
        if access.may_know(ctx, vote):
            asked = reading.read(ctx, vote)
            look = status.button(status_texts.status_of(asked.code), vote=asked.id)
            found.append(Waiting(asked, (*casting.buttons(vote, asked.options), look)))
    return found
