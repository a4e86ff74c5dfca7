"""What is read about rooms."""

from collections.abc import Mapping, Sequence

from bot.inbound import TITLES, Place
from bot.ui import Block, Facts, Message, Note
from storage.places import RoomPlace
from workflows.rooms import texts
from workflows.rooms.tables import Listed


def listing(rooms: Mapping[str, Sequence[Listed]], here: Place) -> Message:
    """Return every room with its places; whoever asks recognises the one they are in."""
    facts = tuple(
        (room, ", ".join(_named(one, here) for one in listed)) for room, listed in rooms.items()
    )
    seen = {one.audience for listed in rooms.values() for one in listed}
    notes = [note for audience, note in texts.AUDIENCE_NOTES.items() if audience in seen]
    blocks: list[Block] = [Facts(facts=facts), *(Note(text=note) for note in notes)]
    told = [f"{room}: {where}." for room, where in facts]
    return Message(text=" ".join((*told, *notes)), blocks=tuple(blocks))


def _named(listed: Listed, here: Place) -> str:
    remarks = [texts.THREAD] if listed.place.thread else []
    if remark := texts.AUDIENCES.get(listed.audience):
        remarks.append(remark)
    where = _where(listed.place, here)
    return f"{where} ({', '.join(remarks)})" if remarks else where


def _where(place: RoomPlace, here: Place) -> str:
    if (place.platform, place.channel) == (here.platform, here.channel):
        return texts.HERE
    return texts.channel(TITLES.get(place.platform, place.platform), place.channel)
