"""Where a place is among the conversations of Teams."""

from __future__ import annotations

from collections import OrderedDict
from urllib.parse import quote, urlencode

from adapters.teams.inbound import SHARED, THREAD
from bot.inbound import Place
from bot.ui import Block, Buttons, Message

#: Channels have names of their own; group chats end in `@thread.v2`.
CHANNELS = ("@thread.tacv2", "@thread.skype")
#: Where Teams opens a message by its ids.
MESSAGES = "https://teams.microsoft.com/l/message"
IN_A_CHAT = '{"contextType":"chat"}'
POINTERS_KEPT = 1000


def is_shared(place: Place) -> bool:
    """Say whether others than one person read what is posted in *place*."""
    return place.channel.startswith(SHARED)


def is_channel(place: Place) -> bool:
    """Say whether *place* is a channel of a team, where every post begins or joins a thread."""
    return place.channel.endswith(CHANNELS)


def conversation_of(place: Place, *, root: str | None = None) -> str:
    """Return the id of the conversation; *root* is the post itself where it began the thread."""
    thread = (place.thread or root) if is_channel(place) else None
    return f"{place.channel}{THREAD}{thread}" if thread else place.channel


def link_to(place: Place, id: str) -> str | None:
    """Return the address of a post, None in one person's chat: Teams opens none by a bot's id."""
    if not is_shared(place):
        return None
    within = (
        {"parentMessageId": place.thread or id} if is_channel(place) else {"context": IN_A_CHAT}
    )
    asked = urlencode({"tenantId": place.tenant, **within}, quote_via=quote)
    return f"{MESSAGES}/{quote(place.channel, safe='')}/{quote(id, safe='')}?{asked}"


def asked_in(message: Message, place: Place) -> Message:
    """Return *message* for the person's own chat, with buttons that lead back to *place*."""
    name = conversation_of(place)

    def led_back(block: Block) -> Block:
        if not isinstance(block, Buttons):
            return block
        change = {"asked_in": name}
        return Buttons(buttons=tuple(one.model_copy(update=change) for one in block.buttons))

    return message.model_copy(update={"blocks": tuple(map(led_back, message.blocks))})


class Pointers:
    """Remembers for whom a thread was told that they are answered elsewhere."""

    def __init__(self) -> None:
        self._told: OrderedDict[tuple[Place, str], None] = OrderedDict()

    def first(self, place: Place, message: Message) -> bool:
        """Say whether *message* is new for this place and its viewer."""
        told = (place, message.text)
        if told in self._told:
            return False
        self._told[told] = None
        while len(self._told) > POINTERS_KEPT:
            self._told.popitem(last=False)
        return True

    def forget(self, place: Place, message: Message) -> None:
        """Take it that *message* was not read there."""
        self._told.pop((place, message.text), None)
