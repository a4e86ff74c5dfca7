"""What is to be sent, as job rows in the transaction of the request that sends it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, assert_never

import structlog
from sqlmodel import Session

from bot import signals
from bot.inbound import Place, Room, UserRef
from bot.signals import Signal
from bot.standing import account_of
from bot.ui import Message
from storage import accounts, jobs, places, posts
from storage.jobs import Job
from storage.people import Person
from storage.secrets import Sealer

log = structlog.get_logger()

#: What of a message is sent; the results of a search stay where they can be chosen.
_SAID = set(Message.model_fields)


#: For whom or where a message is; a job row keeps the person's number alone.
To = Person | int | UserRef | Place | Room


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a send says about itself; *key* ties later edits to the first post."""

    key: str
    about: str = ""
    sensitive: bool = False
    otherwise: tuple[To, ...] = ()  #: who gets it when nothing reaches those before, in order
    instead_of: int | None = None  #: the job that did not reach anybody
    asker: UserRef | None = None  #: who asked for it, when it is an answer
    of: int | None = None  #: the person that *asker* was when it was first sent
    under: str = ""  #: the key of the send in whose thread it is posted
    outside: Signal | None = None  #: what is told beyond the platforms when it reaches nobody
    amends: bool = False  #: it edits what stands there, and is never posted anew

    @property
    def has_detour(self) -> bool:
        """Say whether the sender named more than one addressee."""
        return bool(self.otherwise) or self.instead_of is not None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A send job, read back: one message for one person, one account or one place."""

    envelope: Envelope
    message: Message
    person: int | None = None
    user: UserRef | None = None
    place: Place | None = None
    of: int | None = None  #: the person whose account it was for when it was sent

    @property
    def reader(self) -> UserRef | None:
        """Return the one account that it is for."""
        return self.user or _viewer(self.place) or self.envelope.asker


def queue(
    session: Session,
    sealer: Sealer,
    message: Message,
    *,
    to: To,
    envelope: Envelope,
    now: datetime,
    once: str | None = None,
    priority: int = jobs.NORMAL,
) -> bool:
    """Enqueue *message* for everywhere that *to* stands for; False when that is nowhere.

    With *once* a second call with the same name does nothing, however much later it comes.
    """
    addresses, after = _first_stop(session, (to, *envelope.otherwise))
    for address, lane in addresses:
        # The job's key travels in the platform's message metadata: it must say nothing.
        name = f"{once}:{lane}" if once else uuid.uuid4().hex
        key = f"send:{sealer.digest(name, purpose='send')[:32]}"
        text = message.model_dump_json(include=_SAID)
        sealed = sealer.seal(text, at=jobs.job.c.payload, row=key)
        payload = {**address, **_said(envelope, after), "message": sealed}
        if (whose := envelope.of or _whose(session, address, envelope.asker)) is not None:
            payload["of"] = whose
        jobs.enqueue(session, "send", key, payload, lane=lane, run_at=now, priority=priority)
    if not addresses and envelope.outside is not None:
        signals.queue(session, envelope.outside, key=envelope.key, about=envelope.about, now=now)
    return bool(addresses)


def pass_on(session: Session, sealer: Sealer, job: Job, parcel: Parcel, *, now: datetime) -> bool:
    """Enqueue what nothing brought to its addressee for the next one; False without a next."""
    if not parcel.envelope.otherwise:
        return False
    to, *after = parcel.envelope.otherwise
    # An answer stays the asker's on every way, and a stranger's stays a stranger's.
    of = parcel.of if parcel.envelope.asker else None
    envelope = replace(parcel.envelope, otherwise=tuple(after), instead_of=job.id, of=of)
    return queue(
        session,
        sealer,
        parcel.message,
        to=to,
        envelope=envelope,
        now=now,
        priority=job.priority,
    )


def stop(session: Session, person_id: int, *, about: str) -> set[str]:
    """Send somebody nothing that still waits and is about *about*, be it a dead letter.

    Return the keys of what a worker already has in its hands.
    """
    on_their_way = set()
    for job in jobs.unfinished_in(session, lane_of(person_id)):
        is_meant = job.kind == "send" and job.payload["about"] == about
        if is_meant and not jobs.discard(session, job.id):
            on_their_way.add(job.payload["key"])
    return on_their_way


def take_down(
    session: Session, sealer: Sealer, message: Message, *, about: str, now: datetime
) -> None:
    """Enqueue the edit of every sensitive post about an entity, and drop its dead letters."""
    jobs.discard_dead(session, about=about)
    for posted in posts.about(session, about):
        if posted.sensitive and not posted.dead:
            at = Place(posted.platform, posted.tenant, posted.channel, posted.thread)
            envelope = Envelope(posted.key, about, amends=True)
            queue(session, sealer, message, to=at, envelope=envelope, now=now)


def lane_of(person_id: int) -> str:
    """Return the lane of all that is sent to somebody."""
    return f"person:{person_id}"


def unpack(sealer: Sealer, key: str, payload: Mapping[str, Any]) -> Parcel:
    """Read a send job's payload; *key* is the job's."""
    text = sealer.open(payload["message"], at=jobs.job.c.payload, row=key)
    place, user, asker = (payload.get(name) for name in ("place", "user", "asker"))
    envelope = Envelope(
        payload["key"],
        payload["about"],
        payload["sensitive"],
        otherwise=tuple(map(_read, payload.get("otherwise", ()))),
        instead_of=payload.get("instead_of"),
        asker=UserRef(**asker) if asker else None,
        under=payload.get("under", ""),
        outside=Signal(**payload["outside"]) if "outside" in payload else None,
        amends="amends" in payload,
    )
    return Parcel(
        envelope=envelope,
        message=Message.model_validate_json(text),
        person=payload.get("person"),
        user=UserRef(**user) if user else None,
        place=Place(**place) if place else None,
        of=payload.get("of"),
    )


def _first_stop(
    session: Session, stops: Sequence[To]
) -> tuple[list[tuple[dict[str, Any], str]], Sequence[To]]:
    """Return the addresses of the first of *stops* that has any, and the stops after it."""
    for number, stop in enumerate(stops, start=1):
        addresses = list(_addresses(session, stop))
        if addresses:
            return addresses, stops[number:]
        log.warning("room_has_no_place", kind=type(stop).__name__)
    return [], ()


def _whose(session: Session, address: Mapping[str, Any], asker: UserRef | None) -> int | None:
    """Return whom a message for one account is for: it waits for nobody else behind that account.

    Somebody who left asks as a stranger, and gets a stranger's answer.
    """
    reader = asker or _reader(address)
    if reader is None:
        return None
    owner = accounts.owner(session, account_of(reader))
    return owner.person if owner and (owner.is_active or not asker) else None


def _reader(address: Mapping[str, Any]) -> UserRef | None:
    """Return the one account that an address means."""
    if "user" in address:
        return UserRef(**address["user"])
    return _viewer(Place(**address["place"])) if "place" in address else None


def _viewer(place: Place | None) -> UserRef | None:
    if place is None or place.viewer is None:
        return None
    return UserRef(place.platform, place.tenant, place.viewer)


def _addresses(session: Session, to: To) -> Iterable[tuple[dict[str, Any], str]]:
    """Yield each address with its lane: one lane for each conversation keeps its order."""
    match to:
        case Person():
            yield from _addresses(session, to.id)
        case int():
            yield {"person": to}, lane_of(to)
        case UserRef():
            yield {"user": _fields(to)}, f"user:{to}"
        case Place():
            yield {"place": _fields(to)}, f"{to.platform}:{to.tenant}:{to.channel}"
        case Room():
            for row in places.places_of(session, to.name):
                at = Place(row.platform, row.tenant, row.channel, row.thread)
                yield from _addresses(session, at)
        case _:
            assert_never(to)


def _said(envelope: Envelope, after: Sequence[To]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "key": envelope.key,
        "about": envelope.about,
        "sensitive": envelope.sensitive,
    }
    if after:
        said["otherwise"] = [_written(stop) for stop in after]
    if envelope.instead_of is not None:
        said["instead_of"] = envelope.instead_of
    if envelope.asker is not None:
        said["asker"] = _fields(envelope.asker)
    if envelope.under:
        said["under"] = envelope.under
    if envelope.outside is not None:
        said["outside"] = asdict(envelope.outside)
    if envelope.amends:
        said["amends"] = True
    return said


def _written(stop: To) -> dict[str, Any]:
    match stop:
        case Person():
            return {"person": stop.id}
        case int():
            return {"person": stop}
        case UserRef():
            return {"user": _fields(stop)}
        case Place():
            return {"place": _fields(stop)}
        case Room():
            return {"room": stop.name}
        case _:
            assert_never(stop)


def _read(written: Mapping[str, Any]) -> To:
    [(kind, value)] = written.items()
    match kind:
        case "person":
            return int(value)
        case "user":
            return UserRef(**value)
        case "place":
            return Place(**value)
        case _:
            return Room(value)


def _fields(value: UserRef | Place) -> dict[str, Any]:
    # Flat values: `asdict` would copy every field of theirs deeply, for ten times as long.
    return {name: getattr(value, name) for name in value.__match_args__}
