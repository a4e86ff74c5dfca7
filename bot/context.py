"""What a handler works with: one request, one transaction, one `now`."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlmodel import Session

from bot import asking, fetching, outbox, signals
from bot.asking import Question
from bot.errors import NotAllowed
from bot.fetching import Wanted
from bot.inbound import NOWHERE, Place, Post, Room, UserRef
from bot.memory import Forgotten, Memory
from bot.platform import UNTOLD, Profile
from bot.roles import STRANGER
from bot.signals import Signal
from bot.ui import Message
from storage import audit, jobs
from storage.people import Person
from storage.secrets import Sealer

if TYPE_CHECKING:
    from bot.workflow import Route

T = TypeVar("T")

#: Who acts when nobody asked: when a timer runs, or another system tells something.
PARLEY = replace(STRANGER, name="Parley")
NOBODY = UserRef(platform="", tenant="", user="")


@dataclass(frozen=True, slots=True)
class Record:
    """One line for the audit: what changed, as digests, never the text itself."""

    entity: str  #: such as "sense:12"
    before: str = ""
    after: str = ""


class Waiting(Protocol):
    """A row that goes on by itself: it waits for one timer at a time."""

    next_look: str  #: that timer's key, "" while it waits for none


@dataclass
class Context:
    """One request of one person, inside one transaction.

    Reads and writes go through `session`; it is committed after the handler returned and
    rolled back when it raised. *now* is the only time there is, aware and in UTC.
    """

    opened: Session | None  #: None while a quick route is tried from memory
    person: Person
    place: Place
    now: datetime
    user: UserRef
    request_id: str
    sealer: Sealer
    profile: Profile = UNTOLD  #: what the platform says of *user*, at most a day old
    platforms: frozenset[str] = frozenset()  #: those that are on
    public_url: str = ""  #: where Parley is reached from outside, as far as somebody has said so
    one_to_one: bool = False  #: the place is a chat of the person and Parley alone
    confided: bool = False  #: nobody but Parley reads what was said, wherever it was said
    #: The platform carries the answer back; otherwise it waits in a row, with the account.
    inline: bool = True
    act: str = ""  #: what a repeat of the same act has as well; never stored as it is
    post: Post | None = None  #: a command as the message that it was, with what came with it
    memory: Memory | None = None  #: None for a request that writes: it needs the truth
    records: list[Record] = field(default_factory=list)
    #: What `once` has read.
    known: dict[tuple[Callable[[Session, int], Any], int], Any] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """Return the transaction.

        Raises:
            Forgotten: a quick route was tried from memory and needs the database after all;
                the engine goes on with one.
        """
        if self.opened is None:
            raise Forgotten
        return self.opened

    def recall(self, load: Callable[[Session], T]) -> T:
        """Return what *load* reads, or what it read at most a second ago in this process."""
        if self.memory is None:
            return load(self.session)
        return self.memory.get(load, load, self.opened)

    def once(self, load: Callable[[Session, int], T], id: int) -> T:
        """Return what *load* reads of *id*, read once: for what nothing in a request changes.

        A form's builder and the handler of its answers ask for the same.
        """
        if (load, id) not in self.known:
            self.known[load, id] = load(self.session, id)
        found: T = self.known[load, id]
        return found

    def address_of(self, page: str, token: str) -> str:
        """Return where programs fetch what a page has under *token*; "" where they cannot."""
        return f"{self.public_url.rstrip('/')}/pages/{page}/{token}" if self.public_url else ""

    def take_time(self) -> None:
        """Go on beside the event loop: what follows may take longer than a millisecond."""
        if self.opened is None:
            raise Forgotten

    def send(
        self,
        to: Person | UserRef | Place | Room,
        message: Message,
        *,
        key: str | None = None,
        about: str = "",
        sensitive: bool = False,
        otherwise: Sequence[Person | UserRef | Place | Room] = (),
        under: str = "",
        outside: Signal | None = None,
    ) -> None:
        """Post *message* after the commit; the same *key* again edits the earlier posts.

        *about* names the entity and *sensitive* marks candidate or incident data: both are
        kept in the post ledger, so that posts can be found, redacted and erased. What is
        sensitive goes only where nobody but members of the company reads.

        When nothing reaches whom it is for, it goes to the first of *otherwise* whom something
        reaches, and to nobody else: name a room there only if all in it may read this.

        With *under*, the key of an earlier send to the same channel, it answers that in a thread.
        When it reaches nobody at all, *outside* is told beyond the platforms.
        """
        envelope = outbox.Envelope(
            key or uuid.uuid4().hex,
            about,
            sensitive,
            otherwise=tuple(otherwise),
            under=under,
            outside=outside,
        )
        outbox.queue(
            self.session,
            self.sealer,
            message,
            to=to,
            envelope=envelope,
            now=self.now,
        )

    def take_down(self, message: Message, *, about: str) -> None:
        """Leave *message* alone of every sensitive post about an entity, where it still stands.

        What cannot be edited stays as it is; nothing is posted anew, and dead letters are dropped.
        """
        outbox.take_down(self.session, self.sealer, message, about=about, now=self.now)

    def signal(self, signal: Signal, *, key: str, about: str) -> None:
        """Tell *signal* beyond the platforms after the commit, where that is on; once a *key*."""
        signals.queue(self.session, signal, key=key, about=about, now=self.now)

    def stop_sending(self, to: Person, *, about: str) -> set[str]:
        """Send somebody nothing more that waits and is *about* an entity: they may not read it now.

        Return the keys of what is on its way already; a send under each edits it once it is there.
        """
        return outbox.stop(self.session, to.id, about=about)

    def schedule(self, timer: Route[...], at: datetime, *, key: str, **payload: Any) -> None:
        """Call *timer* at *at*. Once for each *key*: moving a deadline takes a new key.

        Nothing is ever cancelled: the handler reads the row again and decides by what is true then.
        """
        work = {"route": timer.id, "payload": timer.payload(**payload)}
        jobs.enqueue(self.session, "timer", key, work, lane=key, run_at=at, wakes=at <= self.now)

    def wait(
        self, row: Waiting, timer: Route[...], at: datetime, *, key: str, **payload: Any
    ) -> None:
        """Let *row* wait for *timer*, to be called at *at*, and for no other any more.

        The timer is told its own key as `look`: it acts only while the row's `next_look` is that.
        """
        row.next_look = key
        self.schedule(timer, at, key=key, **payload, look=key)

    def look(self, place: Place, then: Route[...], *, key: str, **payload: Any) -> None:
        """See who reads in *place*, then call *then* with that as its `audience`.

        The platform is asked after the commit. Where it does not answer, that is the answer.
        """
        work = {"route": then.id, "payload": then.payload(**payload), "look": asdict(place)}
        jobs.enqueue(self.session, "timer", key, work, lane=key, run_at=self.now)

    def fetch(self, wanted: Wanted, then: Route[...], *, key: str, **payload: Any) -> None:
        """Fetch what only a platform has, then call *then* with it as its `fetched`.

        The platform is asked after the commit. That it refuses, or does not answer, is an answer.
        """
        sealed = fetching.sealed(self.sealer, wanted, key=key)
        work = {"route": then.id, "payload": then.payload(**payload), "message": sealed}
        jobs.enqueue(self.session, "timer", key, work, lane=key, run_at=self.now)

    def ask(self, question: Question, then: Route[...], *, key: str, **payload: Any) -> None:
        """Have a platform do or say something, then call *then* with its `answer`.

        The platform is asked after the commit, once for each *key*; in the end its refusal is an
        answer as well, see `bot/asking.py`. Questions about one place keep their order.
        """
        place = getattr(question, "place", None)
        lane = key if place is None else f"ask:{place.platform}:{place.channel}"
        work = {"route": then.id, "payload": then.payload(**payload)}
        work["ask"] = asking.written(question)
        jobs.enqueue(self.session, "timer", key, work, lane=lane, run_at=self.now)

    def require(self, allowed: bool, refusal: str) -> None:
        """Refuse the request in words unless *allowed*.

        Raises:
            NotAllowed: with *refusal* as its text.
        """
        if not allowed:
            raise NotAllowed(refusal)

    def record(self, entity: str, *, before: object = None, after: object = None) -> None:
        """Note for the audit that *entity* changed; only keyed digests of both states are kept."""
        self.records.append(Record(entity, self.digest_of(before), self.digest_of(after)))

    def digest_of(self, state: object) -> str:
        """Return what the audit keeps of a state: a keyed digest, "" of none."""
        return "" if state is None else self.sealer.digest(repr(state), purpose="audit")


def unasked(
    session: Session,
    sealer: Sealer,
    now: datetime,
    *,
    person: Person = PARLEY,
    user: UserRef = NOBODY,
    platforms: frozenset[str] = frozenset(),
) -> Context:
    """Return the context of what nobody asked for in a chat."""
    return Context(
        opened=session,
        person=person,
        place=NOWHERE,
        now=now,
        user=user,
        request_id=secrets.token_hex(4),
        sealer=sealer,
        platforms=platforms,
    )


def write_audit(ctx: Context, action: str) -> None:
    """Write what was recorded into the audit, at least one line; call it last in a transaction."""
    for record in ctx.records or [Record(entity="")]:
        audit.append(
            ctx.session,
            ctx.sealer,
            audit.Entry(
                at=ctx.now,
                actor=ctx.person.id or None,
                action=action,
                entity=record.entity,
                before=record.before,
                after=record.after,
                request_id=ctx.request_id,
            ),
        )
