"""Meetings come due while bots are killed: each goes its way, and is posted, once for each day."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from adapters.simulator.simulator import SlackSimulator
from bot.context import Context, unasked
from storage import people, places, posts
from storage.audit import audit
from storage.database import Database
from storage.places import RoomPlace
from storage.secrets import Sealer
from tests.faults.bots import Bots, Revived
from tests.faults.conftest import KEY
from tests.faults.rows import Rows
from tests.faults.traffic import CHANNELS, eventually
from tests.faults.traffic import posts as posts_in
from workflows.agendas import access, clock
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
HEADING = re.compile(r"Meeting \d+: agenda \((AG-\d+)\)")


@pytest.fixture
async def database(rows: Rows) -> AsyncIterator[Database]:
    """The database of the bots, beside them."""
    opened = Database(rows.url, threads=2, exclusive=False)
    await opened.open()
    yield opened
    await opened.close()


async def test_each_meeting_is_drafted_and_posted_once_while_bots_are_killed(
    bots: Bots, rows: Rows, database: Database, slack: SlackSimulator
) -> None:
    whole = replace(bots.orders, packages=("workflows",))
    revived = [
        Revived(bots, await bots.start(whole), whole)
        for _ in range(1 if rows.is_sqlite else PROCESSES)
    ]
    await database.write(partial(hold_meetings, slack=slack))

    for number in range(KILLS):
        await asyncio.sleep(random.uniform(0.1, 0.6))  # noqa: S311 - no secret, a moment
        await revived[number % len(revived)].kill()
    numbers = [number for number in range(1, SERIES + 1) for _ in places_of(number)]
    await eventually(lambda: noted(rows) == len(numbers) and rows.all_is_done())
    for one in revived:
        await one.end()

    entities = {f"meeting:{number}" for number in range(1, SERIES + 1)}
    assert moves(rows, State.PUBLISHED) == Counter(dict.fromkeys(entities, 1))
    assert set(moves(rows, State.DRAFT).values()) <= {1}
    assert coming(rows) == Counter(range(1, SERIES + 1))
    assert agendas_in(slack) == Counter(f"AG-{number}" for number in numbers)


def places_of(number: int) -> list[str]:
    """Return the channels in which the agenda of a series stands: every other one has two."""
    return [CHANNELS[(number + more) % len(CHANNELS)] for more in range(1 + number % 2)]


def agendas_in(slack: SlackSimulator) -> Counter[str]:
    """Return how often an agenda was posted, by the series that its heading names."""
    heads = (HEADING.match(text) for name in CHANNELS for text in posts_in(slack, name))
    return Counter(head[1] for head in heads if head)


def hold_meetings(session: Session, *, slack: SlackSimulator) -> None:
    """Let meetings be published soon, one shortly after the other."""
    ctx = context(session)
    owner = people.add_person(session, "Owner").id
    people.link_account(session, owner, "slack", slack.team_id, slack.person("ada").id)
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
        for name in places_of(series.id or 0):
            place = RoomPlace("slack", slack.team_id, slack.channel(name).id)
            places.bind_room(session, access.room_of(series.id).name, place)
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


def noted(rows: Rows) -> int:
    """Return how many agendas stand in channels, by the ledger."""
    is_agenda = posts.post.c.key.like("meeting:%:agenda")
    with rows.connection() as connection:
        count = sa.select(sa.func.count()).select_from(posts.post).where(is_agenda)
        return connection.scalar(count) or 0


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
