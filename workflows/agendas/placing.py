"""Where the agenda of a series stands: the channels that its owners name, on every platform."""

from bot.context import Context
from bot.errors import Conflict, NotFound
from bot.text import parse
from bot.ui import Message, Reply
from storage import places
from storage.places import RoomPlace
from workflows.agendas import access, announcing, asked, codes
from workflows.agendas import placing_texts as texts
from workflows.agendas import series as meetings
from workflows.agendas import workflow as it


@it.command("agenda here", help=texts.HELP_HERE, usage=texts.USAGE_HERE)
def here(ctx: Context, text: str) -> Reply:
    """Let the agenda of a series stand in this channel."""
    ctx.require(not ctx.one_to_one, texts.NO_CHANNEL)
    series, place = asked.owned(ctx, parse(text)), _channel(ctx)
    room = access.room_of(series.id).name
    code = codes.series(series.id)
    if place in places.places_of(ctx.session, room):
        raise Conflict(texts.here_already(code))
    places.bind_room(ctx.session, room, place)
    ctx.record(announcing.entity(series), after=place)
    meetings.agendas_changed(ctx, series)
    return Message(text=texts.stands_here(code, series.name))


@it.command("agenda not here", help=texts.HELP_NOT_HERE, usage=texts.USAGE_HERE)
def not_here(ctx: Context, text: str) -> Reply:
    """Let the agenda of a series stand in this channel no more."""
    series, place = asked.owned(ctx, parse(text)), _channel(ctx)
    code = codes.series(series.id)
    if not places.unbind_room(ctx.session, access.room_of(series.id).name, place):
        raise NotFound(texts.not_here(code))
    ctx.record(announcing.entity(series), before=place)
    meetings.agendas_changed(ctx, series)
    return Message(text=texts.stands_no_more(code, series.name))


def _channel(ctx: Context) -> RoomPlace:
    """Return the channel that whoever asks is in, without the thread."""
    return RoomPlace(ctx.place.platform, ctx.place.tenant, ctx.place.channel)
