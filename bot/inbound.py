"""What people do, the same on every platform: adapters make these, the engine takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

#: What people call each platform.
TITLES = {"slack": "Slack", "teams": "Microsoft Teams"}


@dataclass(frozen=True, slots=True)
class UserRef:
    """An account on a platform, as the platform's signature vouches for it."""

    platform: str
    tenant: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}:{self.user}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: a channel or chat, perhaps a thread in it.

    With a *viewer* only that user sees what is posted there.
    """

    platform: str
    tenant: str
    channel: str
    thread: str | None = None
    viewer: str | None = None

    def privately(self, user: UserRef) -> Place:
        """Return the same place, visible to *user* alone."""
        return replace(self, viewer=user.user)


#: Where nothing can be posted: the place of timers.
NOWHERE = Place(platform="", tenant="", channel="")


@dataclass(frozen=True, slots=True)
class Room:
    """A named set of places, such as "security-triage": what is sent there reaches each of them."""

    name: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody attached; its content stays with the platform until fetched."""

    id: str
    name: str
    size: int  #: bytes; 0 where the platform does not say
    mime: str
    #: Where it is for a while, when the platform hands it out in this way; no id finds it then.
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class QuotedMessage:
    """The message that a shortcut was used on."""

    id: str
    text: str
    author: str
    link: str | None = None
    sent_at: datetime | None = None
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """Something a person did.

    *id* makes a repeat recognisable: the same act always carries the same one.
    """

    id: str
    user: UserRef
    place: Place
    #: The platform carries the answer back by itself; otherwise the engine sends it as a message.
    inline: bool = True
    #: The place is a chat of this user and the bot alone: an answer there is private anyway.
    #: What is done beside the talk (a slash command) may belong to a chat of two colleagues.
    one_to_one: bool = False
    #: Nobody but Parley reads what was said: it was said in such a chat, or beside all talk.
    confided: bool = False
    #: A form can be opened in answer to this act; otherwise a button is offered that opens it.
    opens_forms: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Inbound):
    """Words for the bot: `/scorecard I-881`, `@Parley feedback I-881`, a direct message.

    What others read as well is a *post* too, in case the words are no command, and so is what
    comes with files: the post has those.
    """

    name: str
    text: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Inbound):
    """A click on one of the bot's buttons; *message* is the post that carries it."""

    route: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Inbound):
    """A form that was filled in and sent."""

    route: str
    state: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Inbound):
    """A shortcut used on a message."""

    route: str
    quoted: QuotedMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Inbound):
    """Somebody wrote in a channel where the bot listens, or sent it files in their own chat.

    *message* is the platform's own name for it; what answers it goes to the thread of that name.
    """

    text: str
    files: tuple[FileRef, ...] = ()
    message: str = ""
    #: The address at which people open it, where the platform says one.
    link: str | None = None

    @property
    def is_reply(self) -> bool:
        """Say whether it answers another message: one that begins a thread has its name."""
        return self.place.thread not in {None, self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query(Inbound):
    """Words in a platform's own search box, sent while they are typed; nothing is ever done."""

    route: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Inbound):
    """Somebody came to a place: *newcomers*, or, when there are none, Parley itself.

    *user* is who brought them, often the newcomer.
    """

    newcomers: tuple[UserRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that another system tells: nobody did it, and nobody waits for an answer.

    *id* makes a repeat recognisable.
    """

    id: str
    source: str  #: which kind of system, such as "ats"
    kind: str  #: what happened, as that system calls it
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def user(self) -> UserRef:
        """Return whose act it counts as: nobody's, on no platform but the system's own."""
        return UserRef(self.source, "", "")
