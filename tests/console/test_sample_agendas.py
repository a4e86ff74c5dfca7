"""The weekly meeting with which the simulated company begins."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

import workflows
from bot.workflow import discover
from console import sample, sample_agendas
from storage import jobs, people
from storage.database import Database
from storage.jobs import State as JobState
from storage.secrets import Sealer
from tests.workflows.engine import KEY, MONDAY
from workflows.agendas.rules import State
from workflows.agendas.tables import Action, Meeting

SEALER = Sealer(KEY)


@pytest.fixture(autouse=True)
async def _company(database: Database) -> None:
    list(discover(workflows))
    await database.write(lambda session: sample.seed(session, MONDAY))


async def test_it_met_last_week_meets_again_and_a_second_start_adds_nothing(
    database: Database,
) -> None:
    for start in (MONDAY, MONDAY + timedelta(days=1)):
        await database.write(partial(sample_agendas.seed, sealer=SEALER, now=start))

    def read(session: Session) -> tuple[list[Meeting], list[Action], set[str]]:
        met = session.exec(select(Meeting).order_by(col(Meeting.id))).all()
        waiting = {job.kind for job in jobs.listing(session, JobState.READY, 100)}
        return list(met), list(session.exec(select(Action)).all()), waiting

    met, to_do, waiting = await database.read(read)
    assert [(one.state, one.starts_at) for one in met] == [
        (State.OVER, datetime(2026, 10, 26, 8, tzinfo=UTC)),
        (State.PLANNED, datetime(2026, 11, 9, 8, tzinfo=UTC)),
    ]
    assert [one.meeting_id for one in to_do] == [met[0].id]
    assert waiting == {"timer"}, "nobody is written to"


async def test_without_somebody_who_comes_there_is_none(database: Database) -> None:
    def leave(session: Session) -> None:
        dev = people.by_email(session, "dev@northwind.example", now=MONDAY)
        assert dev
        people.deactivate(session, dev.id)

    await database.write(leave)

    await database.write(lambda session: sample_agendas.seed(session, SEALER, MONDAY))

    assert await database.read(lambda s: s.exec(select(Meeting)).all()) == []
