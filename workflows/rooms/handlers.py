"""Saying which channels make up a room, and who reads in them."""

from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.inbound import Place
from bot.platform import Audience
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from storage import people, places
from storage.places import RoomPlace
from workflows.rooms import rules, tables, texts, views
from workflows.rooms import workflow as it

#: When nobody works, so that the platforms' limits are free.
LOOK_AGAIN = "daily 03:00"


@it.command("room", help=texts.HELP_LIST, allow=Role.ADMIN, read_only=True)
def rooms_here(ctx: Context, text: str) -> Reply:
    """List the rooms."""
    return _list(ctx)


@it.command("room list", help=texts.HELP_LIST, allow=Role.ADMIN, read_only=True)
def list_rooms(ctx: Context, text: str) -> Reply:
    """List the rooms."""
    return _list(ctx)


@it.command("room add", help=texts.HELP_ADD, usage=texts.USAGE_ADD, allow=Role.ADMIN)
def add(ctx: Context, text: str) -> Reply:
    """Make this channel part of a room; who reads there is looked at, then everybody is told."""
    ctx.require(not ctx.one_to_one, texts.NOT_A_ROOM)
    line = parse(text)
    room = rules.room_name(" ".join(line.words))
    place = rules.place_of(ctx.place, thread="thread" in line.flags)
    if place in places.places_of(ctx.session, room):
        raise Conflict(texts.there_already(room))
    places.bind_room(ctx.session, room, place)
    ctx.record(f"room:{room}", after=place)
    _look(ctx, room, place, by=ctx.person.id)
    return Message(text=texts.added(room, len(places.places_of(ctx.session, room))))


@it.command("room remove", help=texts.HELP_REMOVE, usage=texts.USAGE_REMOVE, allow=Role.ADMIN)
def remove(ctx: Context, text: str) -> Reply:
    """Take this channel, and threads in it, out of a room."""
    room = _meant(ctx, " ".join(parse(text).words))
    for place in places.places_of(ctx.session, room):
        if _is_here(place, ctx.place):
            places.unbind_room(ctx.session, room, place)
            ctx.record(f"room:{room}", before=place)
            _announce(ctx, room, place, texts.ended(room, ctx.person.name))
    return Message(text=texts.removed(room, len(places.places_of(ctx.session, room))))


@it.timer("seen")
def seen(
    ctx: Context,
    room: str,
    where: list[str],
    thread: str | None,
    by: int = 0,
    audience: Audience = Audience.UNKNOWN,
) -> None:
    """Keep who reads in a place; of a new one, *by* whom it was added, everybody is told."""
    platform, tenant, channel = where
    place = RoomPlace(platform, tenant, channel, thread)
    if place not in places.places_of(ctx.session, room):
        return
    places.note_audience(ctx.session, place, audience)
    if by:
        who = people.by_id(ctx.session, by, now=ctx.now).name
        _announce(ctx, room, place, texts.announced(room, who, audience))


@it.timer("look_again", every=LOOK_AGAIN)
def look_again(ctx: Context) -> None:
    """See every day who reads in the places of all rooms: a guest may have come."""
    for room, listed in tables.everything(ctx.session).items():
        for one in listed:
            _look(ctx, room, one.place)


def _look(ctx: Context, room: str, place: RoomPlace, *, by: int = 0) -> None:
    where = [place.platform, place.tenant, place.channel]
    to = Place(place.platform, place.tenant, place.channel, place.thread)
    key = ":".join(("room", ctx.request_id, room, *where, place.thread or ""))
    ctx.look(to, seen, key=key, room=room, where=where, thread=place.thread, by=by)


def _meant(ctx: Context, given: str) -> str:
    """Return the room that is to be left; without a name, the only one."""
    where = ctx.place
    here = places.rooms_at(ctx.session, where.platform, where.tenant, where.channel)
    if not here:
        raise NotFound(texts.IN_NO_ROOM)
    if not given:
        if len(here) > 1:
            raise Invalid(texts.which(here))
        return here[0]
    room = rules.room_name(given)
    if room not in here:
        raise NotFound(texts.not_here(room, here))
    return room


def _is_here(place: RoomPlace, here: Place) -> bool:
    there = (place.platform, place.tenant, place.channel)
    return there == (here.platform, here.tenant, here.channel)


def _announce(ctx: Context, room: str, place: RoomPlace, text: str) -> None:
    """Say in a channel what it is part of."""
    to = Place(place.platform, place.tenant, place.channel, place.thread)
    ctx.send(to, Message(text=text), about=f"room:{room}")


def _list(ctx: Context) -> Message:
    rooms = tables.everything(ctx.session)
    return views.listing(rooms, ctx.place) if rooms else Message(text=texts.NO_ROOMS)
