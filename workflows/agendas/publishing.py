"""The agenda in its channels: each place reads what all who read there may know."""

from collections.abc import Collection
from datetime import timedelta

from bot.asking import SeeReaders
from bot.context import Context
from bot.hooks import Loss
from bot.inbound import Place
from bot.platform import Audience
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
    bound = places_of(ctx, series)
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


def places_of(ctx: Context, series: Series) -> list[Place]:
    """Return where the agendas of a series are posted."""
    rows = places.places_of(ctx.session, access.room_of(series.id).name)
    return [Place(row.platform, row.tenant, row.channel, row.thread) for row in rows]


def reach_of(answer: list[int] | None) -> Reach:
    """Return who reads where only colleagues are, by a platform's answer to who each of them is."""
    if answer is None:
        return Reach.OUTSIDE
    return Reach.COMPANY if not answer or 0 in answer else Reach.KNOWN


@it.timer("see_place")
def seen(
    ctx: Context,
    meeting: int,
    where: list[str],
    thread: str | None,
    audience: Audience = Audience.UNKNOWN,
) -> None:
    """Post the short version where others may read; among colleagues, see who each of them is."""
    place = _place(where, thread)
    if audience is not Audience.COMPANY:
        _post(ctx, meeting, place, Readers(Reach.OUTSIDE))
        return
    key = _key(ctx, meeting, place, "readers")
    ctx.ask(SeeReaders(place), known, key=key, meeting=meeting, where=where, thread=thread)


@it.timer("see_readers")
def known(
    ctx: Context,
    meeting: int,
    where: list[str],
    thread: str | None,
    answer: list[int] | None = None,
) -> None:
    """Post what all who read in a place may know."""
    _post(ctx, meeting, _place(where, thread), _readers(ctx, answer))


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
    where = [place.platform, place.tenant, place.channel]
    key = _key(ctx, meeting.id or 0, place, "place")
    ctx.look(place, seen, key=key, meeting=meeting.id or 0, where=where, thread=place.thread)


def _place(where: list[str], thread: str | None) -> Place:
    platform, tenant, channel = where
    return Place(platform, tenant, channel, thread)


def _key(ctx: Context, meeting: int, place: Place, what: str) -> str:
    return f"{codes.entity(meeting)}:{what}:{ctx.request_id}:{copying.spot_of(place)}"


def _readers(ctx: Context, answer: list[int] | None) -> Readers:
    """Return who reads where only colleagues are, by what the platform says of each."""
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
    if found is None or place not in places_of(ctx, found[1]):
        return
    meeting, series = found
    is_new = copies_tables.copy(ctx.session, id, copying.spot_of(place)) is None
    if meeting.state is State.PUBLISHED or (meeting.state is State.RUNNING and is_new):
        message = _message(ctx, meeting, series, readers)
        copying.put(ctx, meeting, place, message, readers=readers)
