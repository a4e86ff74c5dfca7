"""Meetings come due while bots are killed: each goes its way once, for each day."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from bot.context import Context, unasked
from storage import people
from storage.audit import audit
from storage.database import Database
from storage.secrets import Sealer
from tests.faults.bots import Bots, Revived
from tests.faults.conftest import KEY
from tests.faults.rows import Rows
from tests.faults.traffic import eventually
from workflows.agendas import clock
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Member, Series

pytestmark = pytest.mark.slow

PROCESSES = 2
SERIES = 40
#: Between the publications of two meetings; bots are killed all the while.
APART = timedelta(seconds=0.2)
FIRST_IN = timedelta(seconds=2)
LEAD = timedelta(minutes=1)
KILLS = 12


@pytest.fixture
async def database(rows: Rows) -> AsyncIterator[Database]:
    """The database of the bots, beside them."""
    opened = Database(rows.url, threads=2, exclusive=False)
    await opened.open()
    yield opened
    await opened.close()


async def test_each_meeting_is_drafted_and_published_once_while_bots_are_killed(
    bots: Bots, rows: Rows, database: Database
) -> None:
    whole = replace(bots.orders, packages=("workflows",))
    revived = [
        Revived(bots, await bots.start(whole), whole)
        for _ in range(1 if rows.is_sqlite else PROCESSES)
    ]
    await database.write(hold_meetings)

    for number in range(KILLS):
        await asyncio.sleep(random.uniform(0.1, 0.6))  # noqa: S311 - no secret, a moment
        await revived[number % len(revived)].kill()
    await eventually(lambda: set(states(rows)) == {State.PUBLISHED})
    for one in revived:
        await one.end()

    entities = {f"meeting:{number}" for number in range(1, SERIES + 1)}
    assert moves(rows, State.PUBLISHED) == Counter(dict.fromkeys(entities, 1))
    assert set(moves(rows, State.DRAFT).values()) <= {1}
    assert coming(rows) == Counter(range(1, SERIES + 1))


def hold_meetings(session: Session) -> None:
    """Let meetings be published soon, one shortly after the other."""
    ctx = context(session)
    owner = people.add_person(session, "Owner").id
    for number in range(SERIES):
        series = Series(
            name=f"Meeting {number}",
            rule="daily 09:00",
            timezone="UTC",
            minutes=60,
            draft_minutes=60,
            publish_minutes=LEAD // timedelta(minutes=1),
            active_from=date(2100, 1, 1),
            created_at=ctx.now,
        )
        session.add(series)
        session.flush()
        session.add(Member(series_id=series.id or 0, person_id=owner, is_owner=True))
        starts_at = ctx.now + FIRST_IN + LEAD + number * APART
        meeting = Meeting(
            series_id=series.id or 0,
            slot_on=starts_at.date(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            is_moved=True,
        )
        session.add(meeting)
        session.flush()
        clock.set_timer(ctx, meeting)


def states(rows: Rows) -> list[State]:
    """Return how the meetings of today stand."""
    with rows.connection() as connection:
        today = col(Meeting.is_moved)
        return list(connection.scalars(sa.select(col(Meeting.state)).where(today)))


def coming(rows: Rows) -> Counter[int]:
    """Return how many meetings of each series are planned."""
    with rows.connection() as connection:
        planned = col(Meeting.state) == State.PLANNED
        return Counter(connection.scalars(sa.select(col(Meeting.series_id)).where(planned)))


def moves(rows: Rows, state: State) -> Counter[str]:
    """Return how often each meeting came to stand so, by the audit."""
    digest = Sealer(KEY).digest(repr(state), purpose="audit")
    with rows.connection() as connection:
        return Counter(connection.scalars(sa.select(audit.c.entity).where(audit.c.after == digest)))


def context(session: Session) -> Context:
    return unasked(session, Sealer(KEY), datetime.now(UTC))
