"""What is to be sent, as job rows in the transaction of the request that sends it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

import structlog
from sqlmodel import Session

from bot.inbound import Place, Room, UserRef
from bot.ui import Message
from storage import jobs, places
from storage.people import Person
from storage.secrets import Sealer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a send says about itself; *key* ties later edits to the first post."""

    key: str
    about: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """A send job, read back: one message for one person, one account or one place."""

    envelope: Envelope
    message: Message
    person: int | None = None
    user: UserRef | None = None
    place: Place | None = None


def queue(
    session: Session,
    sealer: Sealer,
    message: Message,
    *,
    to: Person | UserRef | Place | Room,
    envelope: Envelope,
    now: datetime,
    once: str | None = None,
    priority: int = jobs.NORMAL,
) -> None:
    """Enqueue *message* for everywhere that *to* stands for.

    With *once* a second call with the same name does nothing, however much later it comes.
    """
    addresses = list(_addresses(session, to))
    if not addresses:
        log.warning("room_has_no_place", kind=type(to).__name__)
    for address, lane in addresses:
        # The job's key travels in the platform's message metadata: it must say nothing.
        name = f"{once}:{lane}" if once else uuid.uuid4().hex
        key = f"send:{sealer.digest(name, purpose='send')[:32]}"
        sealed = sealer.seal(message.model_dump_json(), at=jobs.job.c.payload, row=key)
        payload = {**address, **_fields(envelope), "message": sealed}
        jobs.enqueue(session, "send", key, payload, lane=lane, run_at=now, priority=priority)


def unpack(sealer: Sealer, key: str, payload: Mapping[str, Any]) -> Parcel:
    """Read a send job's payload; *key* is the job's."""
    text = sealer.open(payload["message"], at=jobs.job.c.payload, row=key)
    place, user = payload.get("place"), payload.get("user")
    return Parcel(
        envelope=Envelope(payload["key"], payload["about"], payload["sensitive"]),
        message=Message.model_validate_json(text),
        person=payload.get("person"),
        user=UserRef(**user) if user else None,
        place=Place(**place) if place else None,
    )


def _addresses(
    session: Session, to: Person | UserRef | Place | Room
) -> Iterable[tuple[dict[str, Any], str]]:
    """Yield each address with its lane: one lane for each conversation keeps its order."""
    match to:
        case Person():
            yield {"person": to.id}, f"person:{to.id}"
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


def _fields(value: Envelope | UserRef | Place) -> dict[str, Any]:
    # Flat values: `asdict` would copy every field of theirs deeply, for ten times as long.
    return {name: getattr(value, name) for name in value.__match_args__}
