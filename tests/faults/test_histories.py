"""Generated histories: events repeated, out of order, and in several engines at once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.clock import Clock
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, UserRef
from bot.workflow import discover
from storage.database import Database
from storage.jobs import job
from storage.secrets import Sealer
from tests.faults import toys
from tests.faults.conftest import KEY
from tests.faults.rows import Rows
from tests.faults.toys.tally.handlers import mark

pytestmark = pytest.mark.slow

ENGINES = 3
#: On each of the two databases.
HISTORIES = 2_000
ADA = UserRef("slack", "T1", "UADA")
HALL = Place("slack", "T1", "CHALL")

_numbers = count(step=100)
#: Copies that are under way together: which event goes to which engine.
_copies = st.lists(st.tuples(st.integers(0, 2), st.integers(0, ENGINES - 1)), max_size=6)


@pytest.fixture
async def engines(rows: Rows) -> AsyncIterator[list[Engine]]:
    """Engines on one database; on SQLite they share its one process."""
    databases = [Database(rows.url, threads=2) for _ in range(1 if rows.is_sqlite else ENGINES)]
    for database in databases:
        await database.open()
    yield [
        Engine(databases[n % len(databases)], discover(toys), clock=Clock(), sealer=Sealer(KEY))
        for n in range(ENGINES)
    ]
    for database in databases:
        await database.close()


@settings(
    max_examples=HISTORIES,
    deadline=None,
    database=None,
    # The databases are shared by all histories: each has numbers of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=st.lists(_copies, min_size=1, max_size=2))
async def test_every_event_of_every_history_has_one_visible_effect(
    engines: list[Engine], history: list[list[tuple[int, int]]]
) -> None:
    first = next(_numbers)

    for together in history:
        copies = [(engines[engine], event(first + number)) for number, engine in together]
        await asyncio.gather(*(engine.handle(inbound) for engine, inbound in copies))

    happened = {str(first + number) for together in history for number, _ in together}
    marks, sends = await engines[0]._database.write(taken_effects)
    assert marks == Counter(happened)
    assert sends == len(happened)


def event(number: int) -> Inbound:
    """Return one act; the same number is the same act."""
    if number % 2:
        payload = {"number": number}
        return Press(id=f"{number}", user=ADA, place=HALL, route="tally.press", payload=payload)
    return Command(id=f"{number}", user=ADA, place=HALL, name="mark", text=f"{number}")


def taken_effects(session: Session) -> tuple[Counter[str], int]:
    """Return the marks and the number of posts to be made, and clear the table for the next."""
    connection = session.connection()
    marks = connection.scalars(sa.delete(mark).returning(mark.c.act))
    sends = connection.scalars(sa.delete(job).returning(job.c.kind))
    return Counter(marks), len(sends.all())
