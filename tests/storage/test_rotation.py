"""A new secret key: texts are sealed anew in batches, and a stop at any moment loses none."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import jobs, rotation
from storage.database import Database
from storage.rotation import Batch, Field
from storage.secrets import Mark, Sealer, sealed

OLD_KEY, NEW_KEY = "an old key of at least 32 characters", "a new key of at least 32 characters!"
OLD, NEW, STRANGE = Sealer(OLD_KEY), Sealer(NEW_KEY, OLD_KEY), Sealer("k" * 32)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

case = sa.Table(
    "toy_case",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("report", sa.String, info=sealed()),
)
REPORT = Field(case.c.report, Mark("id", ""))
MESSAGE = Field(jobs.job.c.payload, Mark("key", "message"))


@pytest.fixture
async def cases(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with seven reports under the old key, taken in batches of two."""
    monkeypatch.setattr(rotation, "BATCH", 2)
    await database.write(_open_cases)
    return database


def _open_cases(session: Session) -> None:
    case.create(session.connection())
    for number in range(1, 8):
        _open_case(session, number, OLD)


def _open_case(session: Session, number: int, sealer: Sealer) -> None:
    report = sealer.seal(f"report {number}", at=case.c.report, row=str(number))
    session.connection().execute(sa.insert(case).values(id=number, report=report))


async def reports(database: Database, sealer: Sealer) -> list[str]:
    """Open every report."""
    rows = await database.read(lambda s: s.connection().execute(sa.select(case)).all())
    return [sealer.open(row.report, at=case.c.report, row=str(row.id)) for row in sorted(rows)]


async def rotate(database: Database, field: Field, *, most: int = 100) -> int:
    """Do at most so many batches, and return how many texts were sealed anew."""
    batch, done = Batch(0, None), 0
    for _ in range(most):
        after = batch.last
        batch = await database.write(lambda s: field.reseal(s, NEW, after=after))  # noqa: B023 - awaited at once
        done += batch.resealed
        if batch.last is None:
            break
    return done


async def keys_of(database: Database, field: Field) -> dict[str, int]:
    return dict(await database.read(field.texts_by_key))


ALL = [f"report {number}" for number in range(1, 8)]


async def test_every_text_is_sealed_under_the_newest_key(cases: Database) -> None:
    done = await rotate(cases, REPORT)

    assert done == 7
    assert await keys_of(cases, REPORT) == {NEW.key_ids[0]: 7}
    assert await reports(cases, Sealer(NEW_KEY)) == ALL


@pytest.mark.parametrize("stop", range(5))
async def test_a_stop_after_any_batch_loses_nothing_and_the_next_run_goes_on(
    cases: Database, stop: int
) -> None:
    before = await rotate(cases, REPORT, most=stop)
    readable = await reports(cases, NEW)
    after = await rotate(cases, REPORT)

    assert readable == ALL
    assert (before, before + after) == (min(7, 2 * stop), 7)
    assert await reports(cases, Sealer(NEW_KEY)) == ALL


async def test_a_stop_in_the_middle_of_a_batch_leaves_that_batch_as_it_was(
    cases: Database,
) -> None:
    def interrupted(session: Session) -> None:
        REPORT.reseal(session, NEW, after=None)
        raise KeyError("the machine stops here")

    with pytest.raises(KeyError):
        await cases.write(interrupted)

    assert await keys_of(cases, REPORT) == {OLD.key_ids[0]: 7}
    assert await reports(cases, OLD) == ALL


async def test_what_nobody_can_read_is_passed_over(cases: Database) -> None:
    await cases.write(lambda s: _open_case(s, 8, STRANGE))
    await cases.write(lambda s: _open_case(s, 9, OLD))

    done = await rotate(cases, REPORT)

    assert done == 8
    assert await keys_of(cases, REPORT) == {NEW.key_ids[0]: 8, STRANGE.key_ids[0]: 1}


async def test_what_is_being_changed_just_now_is_not_waited_for(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    await database.write(_open_cases)
    engine = sa.create_engine(database.url)

    with engine.begin() as other:
        other.execute(sa.select(case).where(case.c.id == 3).with_for_update())
        done = await rotate(database, REPORT)
    again = await rotate(database, REPORT)

    assert (done, again) == (6, 1)
    engine.dispose()
    await database.close()


async def test_a_text_inside_of_a_json_value_is_sealed_anew_beside_its_neighbours(
    database: Database,
) -> None:
    def leave(session: Session) -> None:
        message = OLD.seal("Hello.", at=jobs.job.c.payload, row="k1")
        payload = {"place": "C1", "message": message}
        jobs.enqueue(session, "send", "k1", payload, lane=None, run_at=NOW)
        jobs.enqueue(session, "timer", "k2", {"route": "r"}, lane=None, run_at=NOW)

    await database.write(leave)

    done = await rotate(database, MESSAGE)

    [timer, send] = await database.read(lambda s: jobs.listing(s, jobs.State.READY))
    assert done == 1
    assert send.payload["place"] == "C1"
    newest = Sealer(NEW_KEY)
    assert newest.open(send.payload["message"], at=jobs.job.c.payload, row="k1") == "Hello."
    assert timer.payload == {"route": "r"}


async def test_whether_the_last_text_can_be_read_depends_on_the_keys(cases: Database) -> None:
    assert await cases.read(lambda s: REPORT.is_readable(s, NEW))
    assert not await cases.read(lambda s: REPORT.is_readable(s, STRANGE))


async def test_where_nothing_is_sealed_everything_can_be_read(database: Database) -> None:
    assert await database.read(lambda s: MESSAGE.is_readable(s, STRANGE))


def test_the_messages_of_jobs_are_found_by_their_mark() -> None:
    assert MESSAGE in rotation.fields()
