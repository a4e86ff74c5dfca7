"""Codes are taken once, tries are counted before they count, and both are forgotten."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from storage import linking, people
from storage.database import Database
from storage.linking import MOST_TRIES, REST
from storage.people import Account

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NIA = Account("teams", "tenant", "nia")
SOON = NOW + timedelta(minutes=10)


async def tries(database: Database, *times: datetime) -> list[bool]:
    """Try at each of *times*, and return which tries must not be looked at."""
    return [
        (await database.write(lambda s, at=at: linking.count_try(s, NIA, now=at))).are_too_many  # type: ignore[misc]  # bound at once
        for at in times
    ]


async def test_within_any_hour_five_tries_are_looked_at(database: Database) -> None:
    late = NOW + timedelta(minutes=50)

    assert await tries(database, *[NOW] * 3, *[late] * 3) == [*[False] * MOST_TRIES, True]
    assert await tries(database, NOW + REST) == [True]
    assert await tries(database, late + REST - timedelta(seconds=1), late + REST) == [True, False]


async def test_who_had_the_right_one_begins_anew(database: Database) -> None:
    await tries(database, *[NOW] * MOST_TRIES)

    await database.write(lambda s: linking.forget_tries(s, NIA))

    assert await tries(database, NOW) == [False]


async def test_what_is_over_is_removed(database: Database) -> None:
    def keep(session: Session) -> None:
        nia = people.add_person(session, "Nia")
        linking.keep_code(session, "digest", nia.id, until=SOON)
        linking.count_try(session, NIA, now=NOW)

    def rows(session: Session) -> list[int | None]:
        counting = (
            sa.select(sa.func.count()).select_from(t) for t in (linking.code, linking.tries)
        )
        return [session.connection().scalar(count) for count in counting]

    await database.write(keep)
    await database.write(lambda s: linking.prune(s, SOON - timedelta(seconds=1)))
    before = await database.read(rows)
    await database.write(lambda s: linking.prune(s, NOW + REST))

    assert before == [1, 1]
    assert await database.read(rows) == [0, 0]


async def test_who_is_set_apart_is_asked_nothing_more(database: Database) -> None:
    first = await database.write(lambda s: linking.ask_once(s, NIA, now=NOW))
    await database.write(lambda s: linking.set_apart(s, NIA, now=NOW))

    assert first
    assert not await database.write(lambda s: linking.ask_once(s, NIA, now=NOW))
    assert await database.read(lambda s: linking.is_closed(s, NIA))
