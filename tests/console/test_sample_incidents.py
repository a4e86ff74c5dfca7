"""The past with which the simulated company begins."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

import workflows
from bot.context import unasked
from bot.workflow import discover
from console import sample, sample_incidents
from storage import audit, jobs, people
from storage.database import Database
from storage.jobs import State
from storage.secrets import Sealer
from tests.workflows.engine import KEY, MONDAY
from workflows.incidents import access, calls, measuring
from workflows.incidents.measures import Metric, Spans
from workflows.incidents.tables import Incident
from workflows.reports.rules import UNDECIDED
from workflows.reports.tables import Report

SEALER = Sealer(KEY)


@pytest.fixture(autouse=True)
async def _company(database: Database) -> None:
    list(discover(workflows))
    await database.write(partial(sample.seed, now=MONDAY))


async def test_two_incidents_are_over_one_action_is_due_and_nobody_is_told_anything(
    database: Database,
) -> None:
    for start in (MONDAY, MONDAY + timedelta(days=1)):
        await database.write(partial(sample_incidents.seed, sealer=SEALER, now=start))

    def read(session: Session) -> None:
        ctx = unasked(session, SEALER, MONDAY)
        [action] = calls.open_actions(ctx, lambda _: True)
        assert (action.code, action.incident) == ("RA-3", "SI-2")
        assert action.what == "Print the number for calling back on every badge."
        assert action.due_on == (MONDAY + timedelta(days=3)).date()
        assert [one.id for one in session.exec(select(Incident)).all()] == [1, 2]
        assert [one.kind for one in jobs.listing(session, State.READY)] == ["timer"]
        assert not session.exec(select(Report).where(col(Report.state).in_(UNDECIDED))).all()
        assert audit.verify(session, SEALER).intact

    await database.read(read)


async def test_there_is_enough_for_a_figure_and_those_who_acted_may_read(
    database: Database,
) -> None:
    await database.write(partial(sample_incidents.seed, sealer=SEALER, now=MONDAY))

    def read(session: Session) -> tuple[int, set[str], set[str]]:
        ctx = unasked(session, SEALER, MONDAY)
        found = measuring.figures(ctx, MONDAY - timedelta(days=60))
        first = next(one for one in found if one.metric is Metric.ACKNOWLEDGED)
        assert isinstance(first, Spans)
        one, other = (
            {someone.name.split()[0] for someone in access.readers(ctx, id)} for id in (1, 2)
        )
        return len(first.values), one, other

    assert await database.read(read) == (
        5,
        {"Chiara", "Dev", "Farid", "Elena"},
        {"Farid", "Chiara", "Dev", "Ben"},
    )


async def test_without_somebody_of_the_company_there_is_no_past(database: Database) -> None:
    def leave(session: Session) -> None:
        dev = people.by_email(session, "dev@northwind.example", now=MONDAY)
        assert dev
        people.deactivate(session, dev.id)

    await database.write(leave)

    await database.write(partial(sample_incidents.seed, sealer=SEALER, now=MONDAY))

    assert await database.read(lambda session: session.exec(select(Incident)).all()) == []
