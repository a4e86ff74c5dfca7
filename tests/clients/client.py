"""Somebody's screen on a platform, as tests play it: the same gestures and sights on each."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from bot.inbound import UserRef
from tests.adapters.house import PATIENCE_SECONDS

#: What the bot says where it can open no form by itself.
OFFER = "opens in a window of its own"
#: With what Ben begins a thread.
THREAD = "We read the panel's scorecards, and still disagree."
#: An input's label → what somebody puts into it.
Filled = Mapping[str, str]


class Client(ABC):
    """A platform whose people write in one channel and in their own chats with the bot."""

    #: How the names of smaller circles begin: what the bot says there counts as said to each.
    beside: tuple[str, ...] = ()
    #: What this platform alone says around an answer, such as where it went.
    around_answers: frozenset[str]

    @abstractmethod
    def user(self, handle: str) -> UserRef:
        """Return somebody's account."""

    @abstractmethod
    async def ask(self, handle: str, words: str) -> None:
        """Say *words* to the bot in the channel, in the way that people here are used to."""

    @abstractmethod
    async def ask_for_form(self, handle: str, words: str) -> None:
        """Say *words* that lead to a form, and open it."""

    @abstractmethod
    async def mention(self, handle: str, words: str) -> None:
        """Write to the bot by name in the channel."""

    @abstractmethod
    async def reply(self, handle: str, words: str, *, below: str = "") -> None:
        """Write to the bot by name in a thread that Ben begins, or *below* what the bot said."""

    @abstractmethod
    async def post(self, handle: str, words: str, *, copies: int = 1) -> None:
        """Write in the channel without naming the bot; it may hear of that several times."""

    @abstractmethod
    async def take_back(self, handle: str) -> None:
        """Delete one's own newest message in the channel."""

    @abstractmethod
    async def open_offered(self, handle: str) -> None:
        """Open the form that the bot offered last, where it could open none by itself."""

    @abstractmethod
    async def whisper(self, handle: str, words: str) -> None:
        """Write to the bot in one's own chat with it."""

    @abstractmethod
    async def send_file(self, handle: str, name: str, content: bytes) -> None:
        """Send the bot a file in one's own chat with it, without a word."""

    @abstractmethod
    async def open_home(self, handle: str) -> None:
        """Look at what the bot has for this person."""

    @abstractmethod
    async def press(self, handle: str, label: str, *, on: str = "") -> None:
        """Press a button in the window, or else on the newest message with it that says *on*."""

    @abstractmethod
    async def fill(self, handle: str, answers: Filled) -> dict[str, str]:
        """Fill in the form that is open; return what is wrong, by the label of the input."""

    @abstractmethod
    async def use_on(self, handle: str, shortcut: str, words: str, *, below: str = "") -> None:
        """Use the shortcut on a message of Ben's, perhaps *below* what the bot said."""

    @abstractmethod
    def window_of(self, handle: str) -> str:
        """Return the words of the form or window before the person, and what is filled in."""

    @abstractmethod
    def where(self, channel: str) -> str:
        """Return what people call the channel with this id; a chat with the bot, its person."""

    @abstractmethod
    def public(self) -> list[str]:
        """Return what the bot says in the channel to all."""

    def publics(self) -> list[list[str]]:
        """Return what the bot says to all, on each platform by itself."""
        return [self.public()]

    @abstractmethod
    def told(self, handle: str) -> list[str]:
        """Return what the bot says to this person alone, or in a circle of theirs."""

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
