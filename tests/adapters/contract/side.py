"""One platform with its people, as the contract plays it: the same gestures on each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import StrEnum

from bot.inbound import Place, UserRef
from storage import places
from storage.database import Database
from storage.places import RoomPlace
from tests.adapters.house import PATIENCE_SECONDS, Mounted
from tests.adapters.toy import ROOM, Toy


class Trouble(StrEnum):
    """What can go wrong with a post."""

    LIMITED = "limited"
    UNANSWERED = "unanswered"  #: it was posted, and the connection was cut
    DOWN = "down"
    GARBAGE = "garbage"


class Side(ABC):
    """A platform whose people write in one channel and in their own chats with the bot."""

    #: The platform keeps a mark beside each post, and lets a bot look for it.
    can_find: bool
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
    def user(self, handle: str) -> UserRef:
        """Return somebody's account."""

    @abstractmethod
    async def mention(self, handle: str, words: str) -> None:
        """Write to the bot by name in the channel."""

    @abstractmethod
    async def whisper(self, handle: str, words: str) -> None:
        """Write to the bot in one's own chat with it."""

    @abstractmethod
    async def chat(self, handle: str, words: str, *, copies: int = 1) -> None:
        """Write to others in the channel; the platform tells the bot so many times."""

    @abstractmethod
    async def press(self, handle: str, label: str) -> None:
        """Press a button on the newest message of the bot that the person sees."""

    @abstractmethod
    async def fill(self, handle: str, words: str) -> dict[str, str]:
        """Answer the one question of the form that is open; return what is wrong with it."""

    @abstractmethod
    async def explain(self, handle: str, words: str) -> None:
        """Use the shortcut on a message of these words."""

    @abstractmethod
    def form_of(self, handle: str) -> str:
        """Return the words of the form or window that is before the person."""

    @abstractmethod
    def public(self) -> list[str]:
        """Return what the bot says in the channel to all."""

    @abstractmethod
    def told(self, handle: str) -> list[str]:
        """Return what the bot says to this person alone, wherever and however."""

    @abstractmethod
    def obeyed(self) -> list[str]:
        """Return what in the bot's words for all the platform takes for more than words."""

    @abstractmethod
    def fail(self, trouble: Trouble, *, seconds: float = 1) -> None:
        """Let the next post in a channel go wrong."""

    @abstractmethod
    async def wait_for(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        """Wait until *claim* holds."""

    async def until(self, claim: Callable[[], object]) -> None:
        """Wait until *claim* holds; what a loaded machine takes is no matter."""
        await self.wait_for(claim, PATIENCE_SECONDS)

    async def is_told(self, handle: str, words: str) -> None:
        """Wait until the person alone is told *words*."""
        await self.until(lambda: any(words in said for said in self.told(handle)))

    async def is_said(self, words: str) -> None:
        """Wait until all are told *words*."""
        await self.until(lambda: any(words in said for said in self.public()))

    async def watch(self) -> None:
        """Let the toy listen in the channel."""
        place = RoomPlace(self.place.platform, self.place.tenant, self.place.channel, None)
        await self.database.write(lambda session: places.bind_room(session, ROOM, place))
