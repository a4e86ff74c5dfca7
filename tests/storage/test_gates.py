"""Rate gates: slots in order, for everybody together."""

import asyncio
from datetime import UTC, datetime, timedelta

from storage import gates
from storage.database import Database
from storage.gates import Rate

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
EACH_SECOND, IN_THREES = Rate(SECOND), Rate(SECOND, burst=3)


async def reserve(
    database: Database,
    now: datetime = NOW,
    patience: timedelta | None = None,
    rate: Rate = EACH_SECOND,
) -> datetime:
    return await database.write(
        lambda s: gates.reserve_slot(s, "slack:C1", rate, now=now, patience=patience)
    )


async def hold(database: Database, until: datetime, rate: Rate = EACH_SECOND) -> None:
    await database.write(lambda s: gates.hold_gate(s, "slack:C1", rate, until))


async def test_slots_are_spaced_however_many_ask_at_once(database: Database) -> None:
    slots = await asyncio.gather(*(reserve(database) for _ in range(20)))

    assert sorted(slots) == [NOW + SECOND * n for n in range(20)]


async def test_an_idle_gate_saves_nothing_up(database: Database) -> None:
    await reserve(database)

    slots = [await reserve(database, NOW + SECOND * 60) for _ in range(2)]

    assert slots == [NOW + SECOND * 60, NOW + SECOND * 61]


async def test_after_a_silence_a_few_pass_at_once_and_the_next_in_their_turn(
    database: Database,
) -> None:
    slots = [await reserve(database, rate=IN_THREES) for _ in range(5)]
    later = [await reserve(database, NOW + SECOND * 60, rate=IN_THREES) for _ in range(4)]

    assert slots == [NOW, NOW, NOW, NOW + SECOND, NOW + SECOND * 2]
    assert later == [NOW + SECOND * 60] * 3 + [NOW + SECOND * 61]


async def test_a_burst_comes_back_little_by_little(database: Database) -> None:
    for _ in range(3):
        await reserve(database, rate=IN_THREES)

    slots = [await reserve(database, NOW + SECOND * 2, rate=IN_THREES) for _ in range(3)]

    assert slots == [NOW + SECOND * 2, NOW + SECOND * 2, NOW + SECOND * 3]


async def test_a_held_gate_gives_no_burst_when_it_opens(database: Database) -> None:
    until = NOW + SECOND * 30
    await hold(database, until, IN_THREES)

    told = await reserve(database, patience=SECOND * 5, rate=IN_THREES)
    slots = [await reserve(database, rate=IN_THREES) for _ in range(2)]

    assert told == until
    assert slots == [until, until + SECOND]


async def test_a_held_gate_gives_no_slot_before_its_time(database: Database) -> None:
    until = NOW + SECOND * 30
    await hold(database, until)
    await hold(database, NOW)

    slots = [await reserve(database) for _ in range(2)]

    assert slots == [until, until + SECOND]


async def test_a_slot_too_far_away_is_told_but_not_reserved(database: Database) -> None:
    await hold(database, NOW + SECOND * 30)

    told = [await reserve(database, patience=SECOND * 5) for _ in range(3)]

    assert told == [NOW + SECOND * 30] * 3
    assert await reserve(database) == NOW + SECOND * 30


async def test_open_gates_are_forgotten(database: Database) -> None:
    await reserve(database)

    assert await database.write(lambda s: gates.prune(s, NOW)) == 0
    assert await database.write(lambda s: gates.prune(s, NOW + SECOND * 2)) == 1
