"""The agenda in its channels: each place reads what all who read there may know."""

from collections.abc import Collection
from datetime import timedelta

from bot.asking import SeeColleagues
from bot.context import Context
from bot.hooks import Loss
from bot.inbound import Place
from bot.ui import Message
from storage import people, places
from workflows.agendas import (
    access,
    building,
    codes,
    copies_tables,
    copies_texts,
    copies_views,
    copying,
    moving,
)
from workflows.agendas import workflow as it
from workflows.agendas.building import Readers
from workflows.agendas.copies_tables import Copy
from workflows.agendas.rules import Reach, State
from workflows.agendas.tables import Meeting, Series

#: So often a platform is asked who reads in a place where nothing else changes.
SEEN = timedelta(minutes=30)


def show(ctx: Context, meeting: Meeting, series: Series) -> None:
    """Look who reads in each place that lacks an agenda, or shows an old one, then post it there.

    Once the meeting has begun nothing is edited any more, but where it stands no longer a line
    says so even then.
    """
    bound = places_of(ctx, meeting.series_id)
    gone = copies_texts.gone(series.name, codes.series(series.id), len(bound))
    _take_back(ctx, meeting, gone, without=bound)
    for place in bound:
        copy = copies_tables.copy(ctx.session, meeting.id or 0, copying.spot_of(place))
        if copy is None or (
            meeting.state is State.PUBLISHED and _is_old(ctx, meeting, series, copy)
        ):
            _look(ctx, meeting, place)


def take_back(ctx: Context, meeting: Meeting, said: str) -> None:
    """Have every place that shows an agenda say *said* instead."""
    _take_back(ctx, meeting, said)


def places_of(ctx: Context, series_id: int) -> list[Place]:
    """Return where the agendas of a series are posted."""
    rows = places.places_of(ctx.session, access.room_of(series_id).name)
    return [Place(row.platform, row.tenant, row.channel, row.thread) for row in rows]


def reach_of(answer: list[int] | None) -> Reach:
    """Return who reads in a place, by a platform's answer to which colleagues do."""
    if answer is None:
        return Reach.OUTSIDE
    return Reach.COMPANY if not answer or 0 in answer else Reach.KNOWN


@it.timer("see_place")
def seen(ctx: Context, meeting: int, at: str, answer: list[int] | None = None) -> None:
    """Post what all who read in a place may know."""
    _post(ctx, meeting, copying.place_at(at), _readers(ctx, answer))


def _take_back(
    ctx: Context, meeting: Meeting, said: str, *, without: Collection[Place] = ()
) -> None:
    for copy in copies_tables.copies(ctx.session, meeting.id or 0):
        place = copying.place_of(copy)
        if place is not None and place not in without:
            message = Message(text=said)
            copying.put(ctx, meeting, place, message, readers=Readers(Reach.OUTSIDE))


@it.missing
def shorten(ctx: Context, loss: Loss) -> None:
    """Post the short version where nothing else may stand: others joined after the look."""
    id = codes.meeting_of(loss.about)
    if id is None or loss.place is None or not loss.is_final or loss.key != codes.agenda(id):
        return
    copy = copies_tables.copy(ctx.session, id, copying.spot_of(loss.place))
    if copy is not None and copy.reach is not Reach.OUTSIDE:
        ctx.session.delete(copy)
        ctx.session.flush()
        _post(ctx, id, loss.place, Readers(Reach.OUTSIDE))


def _look(ctx: Context, meeting: Meeting, place: Place) -> None:
    at = copying.spot_of(place)
    key = f"{codes.entity(meeting.id)}:place:{ctx.request_id}:{at}"
    ctx.ask(SeeColleagues(place), seen, key=key, meeting=meeting.id, at=at)


def _readers(ctx: Context, answer: list[int] | None) -> Readers:
    """Return who reads in a place, by what its platform says of each."""
    reach = reach_of(answer)
    ids = answer or [] if reach is Reach.KNOWN else []
    return Readers(reach, tuple(people.by_id(ctx.session, id, now=ctx.now) for id in ids))


def _is_old(ctx: Context, meeting: Meeting, series: Series, copy: Copy) -> bool:
    """Say whether a copy would say something else now, or others may read it by now."""
    if ctx.now - copy.seen_at >= SEEN:
        return True
    readers = tuple(people.by_id(ctx.session, id, now=ctx.now) for id in copy.readers)
    if not all(one.active for one in readers):
        return True
    return copy.digest != ctx.digest_of(
        _message(ctx, meeting, series, Readers(copy.reach, readers))
    )


def _message(ctx: Context, meeting: Meeting, series: Series, readers: Readers) -> Message:
    return copies_views.published(building.sheet(ctx, meeting, series, readers))


def _post(ctx: Context, id: int, place: Place, readers: Readers) -> None:
    """Post an agenda, or edit it, if it still belongs there."""
    found = moving.locked(ctx, id)
    if found is None or place not in places_of(ctx, found[0].series_id):
        return
    meeting, series = found
    is_new = copies_tables.copy(ctx.session, id, copying.spot_of(place)) is None
    if meeting.state is State.PUBLISHED or (meeting.state is State.RUNNING and is_new):
        message = _message(ctx, meeting, series, readers)
        copying.put(ctx, meeting, place, message, readers=readers)
