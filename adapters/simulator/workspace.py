"""The memory of the simulated Slack: people, channels, messages, views, files."""

import mimetypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from adapters.simulator.blocks import problems_in_message
from adapters.simulator.channels import Channel, Kind
from adapters.simulator.errors import Refusal
from adapters.simulator.messages import Message
from adapters.simulator.people import SLACKBOT, Member, People, Standing
from adapters.simulator.tickets import ResponseAddresses, StoredFile, Triggers
from adapters.simulator.views import Views, with_ids

Json = dict[str, Any]
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """What a workspace starts with."""

    team_name: str
    bot: Member
    members: tuple[Member, ...]
    channels: tuple[Channel, ...] = ()
    team_id: str = "T0PARLEY"
    app_id: str = "A0PARLEY"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has its place: who writes it, with what."""

    user: str
    text: str = ""
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    files: tuple[Json, ...] = ()
    only_for: str | None = None


class SlackWorkspace:
    """One workspace with one installed bot. Nothing here knows of HTTP."""

    def __init__(self, sample: Sample, *, now: Now = utc_now, wire_now: Now = utc_now) -> None:
        self.sample = sample
        self.now = now
        self.team_id = sample.team_id
        self.bot = sample.bot
        slackbot = Member(SLACKBOT, "Slackbot", "slackbot", standing=Standing.BOT)
        self.people = People({m.id: m for m in (*sample.members, sample.bot, slackbot)})
        self.channels = {
            channel.id: replace(channel, members=set(channel.members), messages={}, ephemerals={})
            for channel in sample.channels
        }
        self.views = Views()
        self.triggers = Triggers(wire_now)
        self.responses = ResponseAddresses(wire_now)
        self.files: dict[str, StoredFile] = {}
        self._last_ts = 0

    def channel(self, channel_id: str) -> Channel:
        """Return the channel with this id or refuse as Slack does."""
        channel = self.channels.get(channel_id)
        if channel is None:
            raise Refusal("channel_not_found")
        return channel

    def channel_called(self, name: str) -> Channel | None:
        """Return the channel with this name."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name and c.name == wanted), None)

    def direct(self, one: str, other: str) -> Channel:
        """Return the direct message between two members; it begins when first asked for."""
        pair = {one, other}
        for channel in self.channels.values():
            if channel.kind is Kind.DM and channel.members == pair:
                return channel
        first, second = sorted(pair) if len(pair) > 1 else (one, one)
        channel = Channel(f"D0{first[2:]}{second[2:]}", "", Kind.DM, pair)
        self.channels[channel.id] = channel
        return channel

    def open_directs_of(self, other: "SlackWorkspace") -> None:
        """Begin the direct messages that *other* has."""
        for channel in list(other.channels.values()):
            if channel.kind is Kind.DM:
                one, *others = channel.members
                self.direct(one, *others or [one])

    def write(self, channel: Channel, draft: Draft) -> Message:
        """Put a new message into *channel* and return it.

        Raises:
            Refusal: the channel is archived, the thread is not there, or Slack would refuse the
                text or the blocks.
        """
        if channel.is_archived:
            raise Refusal("is_archived")
        self._check_thread(channel, draft.thread_ts)
        author = self.people.get(draft.user)
        message = Message(
            ts=self.next_ts(),
            channel=channel.id,
            user=draft.user,
            text=draft.text,
            blocks=checked_blocks(draft.text, draft.blocks),
            thread_ts=draft.thread_ts,
            bot_id=author.bot_id if author.is_bot else None,
            only_for=draft.only_for,
            metadata=draft.metadata,
            files=draft.files,
        )
        return channel.put(message)

    def rewrite(self, channel: Channel, message: Message, changes: Mapping[str, Any]) -> Message:
        """Edit *message* in place: `text`, `blocks` or `metadata`."""
        if "blocks" in changes or "text" in changes:
            blocks = checked_blocks(
                changes.get("text", message.text), changes.get("blocks", message.blocks)
            )
            changes = {**changes, "blocks": blocks}
        return channel.put(replace(message, **changes, edited_ts=self.next_ts()))

    def slackbot_says(self, channel: Channel, member_id: str, text: str) -> Message:
        """Let Slackbot tell one person something."""
        return self.write(channel, Draft(SLACKBOT, text, only_for=member_id))

    def next_ts(self) -> str:
        """Return a message id: the time in microseconds, and never one twice."""
        present = int(self.now().timestamp() * 1_000_000)
        self._last_ts = max(present, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def store_file(self, user: str, name: str, content: bytes = b"") -> StoredFile:
        """Keep a file's bytes under a new id."""
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = StoredFile(f"F{len(self.files) + 1:07d}", name, kind, user, content)
        self.files[file.id] = file
        return file

    def file(self, file_id: str) -> StoredFile:
        """Return the file with this id or refuse as Slack does."""
        found = self.files.get(file_id)
        if found is None:
            raise Refusal("file_not_found")
        return found

    def memberships(self, member_id: str) -> Iterable[Channel]:
        """Yield the conversations this member is in."""
        return (channel for channel in self.channels.values() if member_id in channel.members)

    def _check_thread(self, channel: Channel, thread_ts: str | None) -> None:
        if thread_ts is None:
            return
        parent = channel.messages.get(thread_ts)
        if parent is None or parent.is_reply:
            raise Refusal("cannot_reply_to_message")


def checked_blocks(text: str, blocks: Iterable[Json]) -> tuple[Json, ...]:
    """Return *blocks* with ids where none were given, or refuse them as Slack does."""
    listed = list(blocks)
    problems = problems_in_message({"text": text, "blocks": listed})
    if any(problem.startswith("text:") for problem in problems):
        raise Refusal("msg_too_long", problems)
    if problems:
        raise Refusal("invalid_blocks", problems)
    if not text and not listed:
        raise Refusal("no_text")
    return tuple(with_ids(listed))
