"""Many series whose next meeting is planned, as planning would leave them."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from storage import jobs, people
from storage.jobs import job
from storage.places import room_place
from workflows.agendas import access, clock, codes
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Member, Series

ZONE, RULE = "Europe/London", "mon 09:00"
LENGTH, LEAD = timedelta(minutes=45), timedelta(hours=2)
_MINUTE = timedelta(minutes=1)


def channel(number: int) -> str:
    """Return the channel of a series, one for each."""
    return f"C{number}"


def add_series(session: Session, count: int, publish_at: datetime, *, tenant: str) -> None:
    """Add *count* series of two owners; the drafts are out, the agendas due at *publish_at*."""
    owners = [people.add_person(session, f"Owner {number}").id for number in (1, 2)]
    numbers = range(1, count + 1)
    session.execute(sa.insert(Series), [_series(number, publish_at) for number in numbers])
    session.execute(sa.insert(Meeting), [_meeting(number, publish_at) for number in numbers])
    session.execute(
        sa.insert(Member),
        [
            {"series_id": number, "person_id": owner, "is_owner": True}
            for number in numbers
            for owner in owners
        ],
    )
    session.execute(sa.insert(room_place), [_place(number, tenant) for number in numbers])
    session.execute(sa.insert(job), [_timer(number, publish_at) for number in numbers])


def _series(number: int, publish_at: datetime) -> dict[str, object]:
    return {
        "name": f"Meeting {number}",
        "rule": RULE,
        "timezone": ZONE,
        "minutes": LENGTH // _MINUTE,
        "draft_minutes": 24 * 60,
        "publish_minutes": LEAD // _MINUTE,
        "active_from": publish_at.date(),
        "created_at": publish_at,
    }


def _meeting(number: int, publish_at: datetime) -> dict[str, object]:
    starts_at = publish_at + LEAD
    return {
        "series_id": number,
        "slot_on": starts_at.date(),
        "starts_at": starts_at,
        "ends_at": starts_at + LENGTH,
        "state": State.DRAFT,
        # It is due when the measurement wants it, not when its rhythm has it.
        "is_moved": True,
        "next_look": _look(number, publish_at),
    }


def _timer(number: int, publish_at: datetime) -> dict[str, object]:
    look = _look(number, publish_at)
    return {
        "kind": "timer",
        "key": look,
        "lane": look,
        "priority": jobs.NORMAL,
        "payload": {"route": clock.advance.id, "payload": {"meeting": number, "look": look}},
        "state": jobs.State.READY,
        "run_at": publish_at,
        "attempts": 0,
    }


def _place(number: int, tenant: str) -> dict[str, object]:
    room = access.room_of(number).name
    return {"room": room, "platform": "slack", "tenant": tenant, "channel": channel(number)}


def _look(number: int, publish_at: datetime) -> str:
    return f"{codes.entity(number)}:{clock.advance.id}:{codes.moment(publish_at)}"
