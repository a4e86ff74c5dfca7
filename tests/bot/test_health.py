"""Whether Parley is ready: what is looked at, and how often at most."""

import asyncio
import math
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from sqlmodel import Session

from bot import health as module
from bot.clock import Clock
from bot.health import Health
from storage.database import Database
from storage.secrets import Sealer
from tests.bot.house import House

loose_ends: list[str] = []


async def found() -> list[str]:
    return loose_ends


@pytest.fixture
def health(house: House) -> Health:
    loose_ends.clear()
    return Health(house.database, house.clock, house.sealer, found)


class TestWhatIsLookedAt:
    async def test_an_empty_house_is_well(self, health: Health) -> None:
        assert await health.problems() == []
        assert REGISTRY.get_sample_value("parley_jobs_ready") == 0

    async def test_a_house_at_work_is_well(self, health: Health, house: House) -> None:
        await house.says("toy tell A new bear.")

        assert await health.problems() == []
        assert REGISTRY.get_sample_value("parley_jobs_ready") == 1

    async def test_a_job_that_nobody_takes_says_that_the_worker_stands_still(
        self, health: Health, house: House
    ) -> None:
        await house.says("toy tell A new bear.")
        house.clock.advance(timedelta(minutes=7))

        [problem] = await health.problems()

        assert "waited for 7 minutes" in problem
        assert REGISTRY.get_sample_value("parley_jobs_oldest_seconds") == 420

    async def test_a_database_that_is_away_is_a_problem(self, health: Health, house: House) -> None:
        await house.database.close()

        [problem] = await health.problems()

        await house.database.open()
        assert problem == "The database does not take writes."

    async def test_a_database_that_cannot_be_read_is_a_problem(
        self, health: Health, house: House
    ) -> None:
        await house.write(_lose_the_head)

        [problem] = await health.problems()

        assert problem == "The database does not answer as it should."

    async def test_a_database_that_another_program_has_changed_is_a_problem(
        self, health: Health, house: House
    ) -> None:
        await house.write(_of_tomorrow)

        [problem] = await health.problems()

        assert problem == "The database has another version than this program."

    async def test_an_audit_under_a_key_that_is_not_ours_is_a_problem(
        self, health: Health, house: House
    ) -> None:
        await house.says("toy add Bear")
        other, key = Sealer("k" * 32), "a key for tests that is long enough"
        rotated = Sealer("k" * 32, key)

        [problem] = await Health(house.database, house.clock, other, found).problems()
        afterwards = await Health(house.database, house.clock, rotated, found).problems()

        assert "under a key that is not in the settings" in problem
        assert afterwards == []

    async def test_a_message_that_nobody_can_read_is_a_problem(
        self, health: Health, house: House
    ) -> None:
        await house.says("toy tell A new bear.")
        await house.write(_change_messages)

        [problem] = await health.problems()

        assert "under a key that is not in the settings" in problem

    async def test_what_would_not_go_on_by_itself_is_a_problem(self, health: Health) -> None:
        loose_ends.append("Without a timer: 1.")

        assert await health.problems() == ["Without a timer: 1."]


class TestHowOften:
    @pytest.fixture(autouse=True)
    def _a_slow_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "FRESH_SECONDS", 3600)

    async def test_all_who_ask_within_a_second_share_one_look(
        self, health: Health, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes = _counted(house.database, monkeypatch)

        at_once = await asyncio.gather(*(health.problems() for _ in range(100)))
        for _ in range(100):
            await health.problems()

        assert at_once == [[]] * 100
        assert len(writes) == 1

    async def test_after_that_it_looks_again(self, health: Health) -> None:
        before = await health.problems()
        loose_ends.append("Without a timer: 1.")
        still = await health.problems()
        health._looked = -math.inf
        after = await health.problems()

        assert (before, still, after) == ([], [], loose_ends)


@pytest.fixture
async def one_writer(sqlite_url: str) -> AsyncIterator[Database]:
    """A database with a single thread for writes, which a test may hold up."""
    database = Database(sqlite_url)
    await database.open()
    yield database
    await database.close()


async def test_a_database_that_hangs_is_said_in_time(
    one_writer: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    goes_on = threading.Event()
    holding = asyncio.create_task(one_writer.write(lambda _: goes_on.wait(30)))
    health = Health(one_writer, Clock(), sealer, found)
    loose_ends.clear()

    hanging = await health.problems()
    goes_on.set()
    await holding
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 30)
    afterwards = await health.problems()

    assert hanging == ["The database has not answered for 0 seconds."]
    assert afterwards == []


def _counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[Callable[..., object]]:
    """Return a list that grows with every write."""
    writes: list[Callable[..., object]] = []
    write = database.write

    async def counting(work: Callable[[Session], object]) -> object:
        writes.append(work)
        return await write(work)

    monkeypatch.setattr(database, "write", counting)
    return writes


def _of_tomorrow(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def _lose_the_head(session: Session) -> None:
    session.connection().exec_driver_sql("ALTER TABLE audit_head RENAME TO lost")


def _change_messages(session: Session) -> None:
    session.connection().exec_driver_sql(
        "UPDATE job SET payload = '{\"message\": \"v1.00000000.AAAA\"}' WHERE kind = 'send'"
    )
