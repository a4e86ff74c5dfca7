"""A vote's card: one text in all its places, edited at most once in two seconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.context import Context
from bot.inbound import Place
from bot.ui import Button, Message
from workflows.hiring import calls as hiring
from workflows.votes import calls, casting, reading, record, status, status_texts, tables, views
from workflows.votes import workflow as it
from workflows.votes.reading import Asked
from workflows.votes.rules import OVER, State
from workflows.votes.tables import Vote
from workflows.votes.threads import key_of, threads_of

#: Changes within so long are shown together.
PACE = timedelta(seconds=2)
#: A change that was stored later than it was made is shown by the look after the next few.
_LATECOMERS = 5 * PACE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def show(ctx: Context, vote: Vote) -> None:
    """Post the card in all places of a new vote; soon it says how each is reached."""
    _send(ctx, vote)
    if len(vote.places) > 1:
        _wait_for_links(ctx, vote.id or 0, after=PACE, linked=0)


def _send(ctx: Context, vote: Vote) -> None:
    """Post the card in all places of a vote, or edit it there, as the vote is now."""
    asked = reading.read(ctx, vote)
    card = views.card(asked, buttons_of(vote, asked))
    _post(ctx, vote, card)


def _post(ctx: Context, vote: Vote, card: Message) -> None:
    for place in vote.places:
        ctx.send(
            Place(**place),
            card,
            key=key_of(vote.id or 0),
            about=f"vote:{vote.id}",
            sensitive=True,
        )


def buttons_of(vote: Vote, asked: Asked) -> list[Button]:
    """Return what everybody can press under a card now."""
    look = status.status.button(status_texts.STATUS, vote=asked.id)
    if asked.state is State.OPEN:
        return [*casting.buttons(vote, asked.options), look]
    if asked.state in OVER:
        return [look, record.show.button(status_texts.RECORD, vote=asked.id)]
    return [look]


@hiring.recusals_change
def take_down(ctx: Context, application_id: int, _person_id: int) -> None:
    """Leave nothing of a vote where somebody may read who is to learn nothing more of it."""
    for vote in sorted(
        tables.votes_about(ctx.session, application_id), key=lambda one: one.id or 0
    ):
        tables.lock_vote(ctx.session, vote.id or 0)
        _post(ctx, vote, views.taken_down(vote.id or 0))
        vote.places = []


@calls.votes_change
def refresh(ctx: Context, vote_id: int) -> None:
    """Have the card edited soon, together with all else that changes until then."""
    _look(ctx, vote_id, after=PACE, shown="")


@it.timer("show")
def show_again(ctx: Context, vote: int, shown: str) -> None:
    """Edit the card; once more when it has changed since *shown*, the digest of the last edit."""
    found = tables.vote(ctx.session, vote)
    if found is None:
        return
    now_shown = ctx.digest_of(reading.read(ctx, found))
    if shown == now_shown:
        return
    _send(ctx, found)
    if found.state not in OVER:
        _look(ctx, vote, after=_LATECOMERS, shown=now_shown)


@it.timer("link")
def link_threads(ctx: Context, vote: int, linked: int) -> None:
    """Edit the card once more of its threads can be linked than *linked*; look on until all can.

    Only who has posted it knows its address, and nobody tells: each look waits for longer.
    """
    found = tables.vote(ctx.session, vote)
    if found is None or found.state in OVER:
        return
    known = [thread for thread in threads_of(ctx, found) if thread.link]
    if len(known) > linked:
        refresh(ctx, vote)
    if len(known) < len(found.places):
        age = ctx.now - found.opened_at
        _wait_for_links(ctx, vote, after=max(_LATECOMERS, age), linked=len(known))


def _wait_for_links(ctx: Context, vote: int, *, after: timedelta, linked: int) -> None:
    at = ctx.now + after
    ctx.schedule(
        link_threads, at, key=f"vote:{vote}:link:{(at - _EPOCH) // PACE}", vote=vote, linked=linked
    )


def _look(ctx: Context, vote: int, *, after: timedelta, shown: str) -> None:
    """Look at the end of one of the spans of time that all changes within share."""
    span = (ctx.now + after - _EPOCH) // PACE
    at = _EPOCH + span * PACE + PACE / 2
    key = f"vote:{vote}:show:{span}"
    ctx.schedule(show_again, at, key=key, vote=vote, shown=shown)
