"""The panel with which the simulated company begins."""

from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import Session, col, select

import workflows
from bot.workflow import discover
from console import sample, sample_hiring
from storage import jobs, people
from storage.database import Database
from storage.jobs import State
from storage.secrets import Sealer
from tests.workflows.engine import KEY, MONDAY
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.tables import Scorecard, Submission
from workflows.hiring.tables import Interview

SEALER = Sealer(KEY)


@pytest.fixture(autouse=True)
async def _company(database: Database) -> None:
    list(discover(workflows))
    await database.write(lambda session: sample.seed(session, MONDAY))


async def test_two_disagree_the_third_is_waited_for_and_a_second_start_adds_nothing(
    database: Database,
) -> None:
    for start in (MONDAY, MONDAY + timedelta(days=1)):
        await database.write(partial(sample_hiring.seed, sealer=SEALER, now=start))

    def read(session: Session) -> tuple[list[CardState], list[Overall], set[str]]:
        cards = session.exec(select(Scorecard).order_by(col(Scorecard.id))).all()
        given = session.exec(select(Submission).order_by(col(Submission.id))).all()
        waiting = {job.kind for job in jobs.listing(session, State.READY, 100)}
        return [card.state for card in cards], [one.overall for one in given], waiting

    states, overalls, waiting = await database.read(read)
    assert states == [CardState.SUBMITTED, CardState.SUBMITTED, CardState.REQUESTED]
    assert overalls == [Overall.STRONG_YES, Overall.STRONG_NO]
    assert waiting == {"timer"}


async def test_without_somebody_of_the_panel_there_is_none(database: Database) -> None:
    def leave(session: Session) -> None:
        dev = people.by_email(session, "dev@northwind.example", now=MONDAY)
        assert dev
        people.deactivate(session, dev.id)

    await database.write(leave)

    await database.write(lambda session: sample_hiring.seed(session, SEALER, MONDAY))

    assert await database.read(lambda s: s.exec(select(Interview)).all()) == []
