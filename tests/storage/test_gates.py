"""Rate gates: slots in order, for everybody together."""

import asyncio
from datetime import UTC, datetime, timedelta

from storage import gates
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def reserve(
    database: Database, now: datetime = NOW, patience: timedelta | None = None
) -> datetime:
    return await database.write(
        lambda s: gates.reserve_slot(s, "slack:C1", now=now, interval=SECOND, patience=patience)
    )


async def test_slots_are_spaced_however_many_ask_at_once(database: Database) -> None:
    slots = await asyncio.gather(*(reserve(database) for _ in range(20)))

    assert sorted(slots) == [NOW + SECOND * n for n in range(20)]


async def test_an_idle_gate_saves_nothing_up(database: Database) -> None:
    await reserve(database)

    slots = [await reserve(database, NOW + SECOND * 60) for _ in range(2)]

    assert slots == [NOW + SECOND * 60, NOW + SECOND * 61]


async def test_a_held_gate_gives_no_slot_before_its_time(database: Database) -> None:
    until = NOW + SECOND * 30
    await database.write(lambda s: gates.hold_gate(s, "slack:C1", until))
    await database.write(lambda s: gates.hold_gate(s, "slack:C1", NOW))

    slots = [await reserve(database) for _ in range(2)]

    assert slots == [until, until + SECOND]


async def test_a_slot_too_far_away_is_told_but_not_reserved(database: Database) -> None:
    await database.write(lambda s: gates.hold_gate(s, "slack:C1", NOW + SECOND * 30))

    told = [await reserve(database, patience=SECOND * 5) for _ in range(3)]

    assert told == [NOW + SECOND * 30] * 3
    assert await reserve(database) == NOW + SECOND * 30


async def test_open_gates_are_forgotten(database: Database) -> None:
    await reserve(database)

    assert await database.write(lambda s: gates.prune(s, NOW)) == 0
    assert await database.write(lambda s: gates.prune(s, NOW + SECOND * 2)) == 1
