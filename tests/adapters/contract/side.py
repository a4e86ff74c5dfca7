"""One platform with its people and its adapter, as the contract plays it."""

from __future__ import annotations

from abc import abstractmethod
from enum import StrEnum

from bot.inbound import FileRef, Place
from storage import places
from storage.database import Database
from storage.places import RoomPlace
from tests.adapters.house import Mounted
from tests.adapters.toy import ROOM, Toy
from tests.clients.client import Client


class Trouble(StrEnum):
    """What can go wrong with a post."""

    LIMITED = "limited"
    UNANSWERED = "unanswered"  #: it was posted, and the connection was cut
    DOWN = "down"
    GARBAGE = "garbage"


class Side(Client):
    """What people do on a platform, and what the core asks of its adapter."""

    #: The platform keeps a mark beside each post, and lets a bot look for it.
    can_find: bool
    #: Bots make channels here.
    makes_channels: bool
    platform: Mounted
    database: Database
    toy: Toy

    @property
    @abstractmethod
    def place(self) -> Place:
        """Return a channel that Ada and Ben read, with the bot in it."""

    @property
    @abstractmethod
    def closed(self) -> Place:
        """Return a channel that the bot is not in."""

    @property
    @abstractmethod
    def nowhere(self) -> Place:
        """Return a channel that does not exist."""

    @abstractmethod
    async def chat(self, handle: str, words: str, *, copies: int = 1) -> None:
        """Write to others in the channel; the platform tells the bot so many times."""

    @abstractmethod
    def lose(self, handle: str, words: str) -> None:
        """Let the platform lose what the bot said with *words* in somebody's own chat with it."""

    @abstractmethod
    def obeyed(self) -> list[str]:
        """Return what in the bot's words for all the platform takes for more than words."""

    @abstractmethod
    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        """Let the next post in a channel go wrong."""

    @abstractmethod
    def attach(self, content: bytes) -> FileRef:
        """Let Ada attach a file with *content*, and return what the bot is told of it."""

    async def watch(self) -> None:
        """Let the toy listen in the channel."""
        place = RoomPlace(self.place.platform, self.place.tenant, self.place.channel, None)
        await self.database.write(lambda session: places.bind_room(session, ROOM, place))
