"""What is read about rooms."""

from collections.abc import Mapping, Sequence

from bot.inbound import TITLES, Place
from bot.ui import Facts, Message
from storage.places import RoomPlace
from workflows.rooms import texts


def listing(rooms: Mapping[str, Sequence[RoomPlace]], here: Place) -> Message:
    """Return every room with its places; whoever asks recognises the one they are in."""
    facts = tuple(
        (room, ", ".join(_named(place, here) for place in places)) for room, places in rooms.items()
    )
    return Message(
        text=" ".join(f"{room}: {where}." for room, where in facts), blocks=(Facts(facts=facts),)
    )


def _named(place: RoomPlace, here: Place) -> str:
    is_here = (place.platform, place.channel) == (here.platform, here.channel)
    where = (
        texts.HERE
        if is_here
        else texts.channel(TITLES.get(place.platform, place.platform), place.channel)
    )
    return f"{where} ({texts.THREAD})" if place.thread else where
