"""Pure decisions about rooms: what one may be called, and where somebody is."""

import re

from bot.errors import Invalid
from bot.inbound import Place
from storage.places import RoomPlace
from workflows.rooms import texts

LONGEST_NAME = 40
_NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}")


def room_name(text: str) -> str:
    """Return *text* as the name of a room.

    Raises:
        Invalid: it cannot be typed as one word.
    """
    name = text.strip().removeprefix("#").casefold()
    if not _NAME.fullmatch(name):
        raise Invalid(texts.bad_name(LONGEST_NAME))
    return name


def place_of(place: Place, *, thread: bool) -> RoomPlace:
    """Return the channel of *place*, or, with *thread*, the thread in it."""
    return RoomPlace(place.platform, place.tenant, place.channel, place.thread if thread else None)
