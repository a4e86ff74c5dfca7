"""Rooms: one name for places on any platform."""

from sqlmodel import Session

from storage import places
from storage.database import Database
from storage.places import RoomPlace

CHANNEL = RoomPlace("slack", "T1", "C1")
THREAD = RoomPlace("slack", "T1", "C1", "170.1")
TEAMS = RoomPlace("teams", "tenant", "19:x")


def bind_all(session: Session) -> None:
    for room, place in [("triage", CHANNEL), ("triage", TEAMS), ("panel", THREAD)]:
        places.bind_room(session, room, place)


async def test_a_room_spans_platforms(database: Database) -> None:
    await database.write(bind_all)

    assert await database.read(lambda s: places.places_of(s, "triage")) == [CHANNEL, TEAMS]
    assert await database.read(lambda s: places.places_of(s, "panel")) == [THREAD]
    assert await database.read(lambda s: places.places_of(s, "nowhere")) == []


async def test_binding_again_changes_nothing(database: Database) -> None:
    await database.write(bind_all)
    await database.write(bind_all)

    assert await database.read(lambda s: places.places_of(s, "triage")) == [CHANNEL, TEAMS]


async def test_a_channel_knows_its_rooms(database: Database) -> None:
    await database.write(bind_all)

    here = await database.read(lambda s: places.rooms_at(s, "slack", "T1", "C1"))
    elsewhere = await database.read(lambda s: places.rooms_at(s, "slack", "T2", "C1"))

    assert here == ["panel", "triage"]
    assert elsewhere == []


async def test_a_place_can_leave_a_room(database: Database) -> None:
    await database.write(bind_all)

    left = [await database.write(lambda s: places.unbind_room(s, "triage", TEAMS)) for _ in "ab"]

    assert left == [True, False]
    assert await database.read(lambda s: places.places_of(s, "triage")) == [CHANNEL]
