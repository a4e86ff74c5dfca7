"""What the core asks of a platform: a few verbs, so that a third platform is one folder."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.inbound import FileRef, Place, QuotedMessage, UserRef
from bot.ui import Message
from storage import people

if TYPE_CHECKING:
    from bot.engine import Engine


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One post on a platform; *id* is the platform's own name for it within the place."""

    place: Place
    id: str
    #: The address at which people open it, https, where the platform says one.
    link: str | None = field(default=None, compare=False)


class Standing(StrEnum):
    """How an account belongs to the company: whoever is no member counts as a stranger."""

    MEMBER = people.MEMBER
    GUEST = "guest"  #: let into some channels of the company
    FOREIGN = "foreign"  #: another company's
    GONE = "gone"  #: closed
    UNKNOWN = "unknown"  #: the platform has not said, or not lately


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform says of an account: how it belongs, its address, its name, and when."""

    standing: Standing
    email: str = ""
    name: str = ""
    said_at: datetime | None = None

    def vouched(self) -> Profile:
        """Return the profile with the address only where the company's own directory gives it.

        Beyond ASCII, letters that are not the same may fold into one, so such an address is none.
        """
        counts = (
            self.standing is Standing.MEMBER
            and "@" in self.email
            and self.email.isascii()
            and self.email.isprintable()
        )
        return replace(self, email=self.email.casefold() if counts else "")


#: Of an account of which nobody has said anything lately.
UNTOLD = Profile(Standing.UNKNOWN)


class Audience(StrEnum):
    """Who reads in a place."""

    COMPANY = "company"  #: members of the company and nobody else
    OUTSIDERS = "outsiders"  #: guests, or people of other companies, beside them
    UNKNOWN = "unknown"  #: the platform does not say, or too many are there to look at each


#: The code of a refusal: a bot cannot ask this platform for such a thing at all.
NOT_HANDED_OUT = "not_handed_out"
#: The code of a refusal: it has more bytes than were asked for.
TOO_LARGE = "file_too_large"
#: How many messages before one are looked at.
BEFORE = 5
#: The code of a refusal that by itself says that others read along.
SHARED = "shared_with_another_company"


class Platform(Protocol):
    """A messenger. Every verb but `close` raises `DeliveryError` when the platform refuses."""

    name: str
    #: How far apart posts and edits in one conversation are kept, a little more than is asked for.
    spacing: timedelta
    #: How many may all the same follow each other at once after a silence.
    burst: int

    async def start(self, engine: Engine) -> None:
        """Begin to take traffic and hand it to *engine*."""

    async def post(self, place: Place, message: Message, *, key: str) -> MessageRef:
        """Post *message*, marked with *key* so that `find` can recognise it."""

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace what the post says."""

    async def direct(self, user: UserRef) -> Place:
        """Return the one-to-one chat with *user*."""

    async def find(self, place: Place, key: str, since: datetime) -> MessageRef | None:
        """Return the post marked *key* if it arrived after *since*: was it posted after all?"""

    async def profile(self, user: UserRef) -> Profile:
        """Return what is known of *user*; asking costs a call each time."""

    async def readers(self, place: Place) -> Sequence[UserRef]:
        """Return everybody who is in *place*; only members of the company come in by themselves.

        Parley itself does not count. It refuses for good where another company reads along, and
        where too many are.
        """

    async def before(self, place: Place, message: str) -> Sequence[QuotedMessage]:
        """Return what people read above *message*: what it answers, and the last few, in order."""

    async def download(self, file: FileRef, *, most: int) -> bytes:
        """Return what is in *file*; it refuses for good what has more bytes than *most*."""

    async def make_channel(self, name: str) -> Place:
        """Make a channel that nobody finds who is not in it, with Parley alone in it.

        A name that is taken gets a number. It refuses for good where bots make no channels.
        """

    async def gather(self, place: Place, users: Collection[UserRef]) -> Collection[UserRef]:
        """Have exactly *users* in a channel that Parley made; return who could not be let in.

        Whoever else is there is removed first; where that cannot be, nobody is let in.
        """

    async def archive(self, place: Place) -> None:
        """Close a channel that Parley made; what was said there can still be read by its people."""

    async def close(self) -> None:
        """Stop taking traffic and finish what is under way."""
