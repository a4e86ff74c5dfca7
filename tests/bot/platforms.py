"""A messenger that lives in memory: it keeps what it is told, and fails as scripted."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.engine import Engine
from bot.errors import DeliveryError
from bot.inbound import FileRef, Place, QuotedMessage, UserRef
from bot.platform import NOT_HANDED_OUT, MessageRef, Profile, Standing
from bot.standing import Standings
from bot.ui import Message

LOST = DeliveryError("answer_lost", unknown=True)
GONE = DeliveryError("message_not_found", permanent=True)
CLOSED = DeliveryError("channel_archived", permanent=True)
DOWN = DeliveryError("unavailable")


async def all_told(standings: Standings) -> None:
    """Wait until platforms have said all that they are asked."""
    await asyncio.gather(*(question.answer for question in standings._questions.values()))


@dataclass
class Posted:
    """One message as it stands now."""

    place: Place
    key: str
    message: Message
    edits: int = 0

    @property
    def text(self) -> str:
        """Return what is read aloud of it."""
        return self.message.text


@dataclass
class MemoryPlatform:
    """Takes posts in order; *script* holds what the next calls of a verb fail with."""

    name: str = "slack"
    spacing: timedelta = timedelta(milliseconds=1)
    burst: int = 1
    posts: list[Posted] = field(default_factory=list)
    searches: list[tuple[str, datetime]] = field(default_factory=list)
    #: How accounts belong; everybody who is not named here is a member.
    standings: dict[UserRef, Standing] = field(default_factory=dict)
    emails: dict[UserRef, str] = field(default_factory=dict)
    asked: list[UserRef] = field(default_factory=list)
    #: While it is not set, nobody is told how an account belongs.
    answers: asyncio.Event = field(default_factory=asyncio.Event)
    #: Who is in a channel, where a test cares.
    members: dict[str, list[UserRef]] = field(default_factory=dict)
    #: What was said before any message, and what is in the files, by their ids.
    earlier: list[QuotedMessage] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    makes_channels: bool = True
    #: The names of the channels that were made, and those that are archived.
    made: dict[str, str] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    #: Whom no channel takes.
    uninvited: set[UserRef] = field(default_factory=set)
    script: defaultdict[str, deque[DeliveryError]] = field(
        default_factory=lambda: defaultdict(deque)
    )

    def __post_init__(self) -> None:
        self.answers.set()

    @property
    def texts(self) -> list[str]:
        """Return what can be read now, the oldest first."""
        return [post.text for post in self.posts]

    def fail(self, verb: str, *errors: DeliveryError) -> None:
        """Let the next calls of *verb* fail, one with each error."""
        self.script[verb].extend(errors)

    async def start(self, engine: Engine) -> None:
        """Take no traffic: tests hand it to the engine themselves."""

    async def post(self, place: Place, message: Message, *, key: str) -> MessageRef:
        """Post; an unknown outcome is one that arrived."""
        error = self._next("post")
        if error and not error.unknown:
            raise error
        self.posts.append(Posted(place, key, message))
        if error:
            raise error
        return self._ref(place, len(self.posts) - 1)

    async def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace the text."""
        self._perhaps_fail("edit")
        post = self.posts[int(ref.id)]
        post.message = message
        post.edits += 1

    async def direct(self, user: UserRef) -> Place:
        """Return a chat named after the user."""
        self._perhaps_fail("direct")
        return Place(user.platform, user.tenant, f"D{user.user}")

    async def find(self, place: Place, key: str, since: datetime) -> MessageRef | None:
        """Look through the posts of that place."""
        self._perhaps_fail("find")
        self.searches.append((key, since))
        found = (
            index for index, post in enumerate(self.posts) if (post.place, post.key) == (place, key)
        )
        index = next(found, None)
        return None if index is None else self._ref(place, index)

    async def profile(self, user: UserRef) -> Profile:
        """Say whose an account is."""
        self.asked.append(user)
        await self.answers.wait()
        self._perhaps_fail("profile")
        standing = self.standings.get(user, Standing.MEMBER)
        return Profile(standing, self.emails.get(user, ""), user.user)

    async def readers(self, place: Place) -> list[UserRef]:
        """Say who is in a channel."""
        self._perhaps_fail("readers")
        return self.members.get(place.channel, [])

    async def before(self, place: Place, message: str) -> list[QuotedMessage]:
        """Return what was said before."""
        self._perhaps_fail("before")
        return self.earlier

    async def download(self, file: FileRef, *, most: int) -> bytes:
        """Return what is in the file."""
        self._perhaps_fail("download")
        if file.id not in self.files:
            raise DeliveryError(NOT_HANDED_OUT, permanent=True)
        return self.files[file.id]

    async def make_channel(self, name: str) -> Place:
        """Make a channel with nobody in it."""
        self._perhaps_fail("make_channel")
        if not self.makes_channels:
            raise DeliveryError("bots_make_no_channels", permanent=True)
        channel = f"CMADE{len(self.made) + 1}"
        self.made[channel], self.members[channel] = name, []
        return Place(self.name, "T1", channel)

    async def gather(self, place: Place, users: Collection[UserRef]) -> Collection[UserRef]:
        """Have exactly these users there."""
        self._perhaps_fail("gather")
        self.members[place.channel] = [one for one in users if one not in self.uninvited]
        return [one for one in users if one in self.uninvited]

    async def archive(self, place: Place) -> None:
        """Archive a channel."""
        self._perhaps_fail("archive")
        self.archived.add(place.channel)

    async def close(self) -> None:
        """Stop nothing."""

    def _ref(self, place: Place, index: int) -> MessageRef:
        return MessageRef(place, str(index), f"https://{self.name}.example/{index}")

    def _perhaps_fail(self, verb: str) -> None:
        if error := self._next(verb):
            raise error

    def _next(self, verb: str) -> DeliveryError | None:
        return self.script[verb].popleft() if self.script[verb] else None
