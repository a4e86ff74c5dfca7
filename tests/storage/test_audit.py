"""The audit: nobody changes, removes or adds an entry unseen."""

import asyncio
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import audit
from storage.audit import Entry
from storage.database import Database
from storage.secrets import Sealer
from workflows.glossary.tables import Term

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
OLD = "an old secret key of thirty-two characters"
NEW = "the newest secret key of thirty-two characters"
SEALER = Sealer("a secret key of at least thirty-two characters")
ENTRY = Entry(at=NOW, actor=7, action="votes.cast", entity="vote:3", after="d1", request_id="r1")

#: What somebody with the database's password, but without our key, might do.
TAMPERING = {
    "change": "UPDATE audit SET action = 'votes.close' WHERE seq = 2",
    "change the time": "UPDATE audit SET at = '2026-03-02 10:00:00.000000' WHERE seq = 2",
    "cut": "UPDATE audit SET previous = 'x' WHERE seq = 2",
    "remove": "DELETE FROM audit WHERE seq = 2",
    "remove the last": "DELETE FROM audit WHERE seq = 3",
    "add": "INSERT INTO audit SELECT 4, at, actor, action, entity, before, after, request_id, "
    "hash, hash FROM audit WHERE seq = 3",
    "move the head": "UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)",
}


def append(session: Session) -> None:
    audit.append(session, SEALER, ENTRY)


async def verdict(database: Database) -> audit.Verdict:
    return await database.read(lambda s: audit.verify(s, SEALER))


async def test_an_empty_chain_is_intact(database: Database) -> None:
    assert await verdict(database) == audit.Verdict(0)


async def test_entries_written_at_once_form_one_chain(database: Database) -> None:
    await asyncio.gather(*(database.write(append) for _ in range(30)))

    assert await verdict(database) == audit.Verdict(30)


async def test_a_unit_that_fails_takes_its_link_with_it(database: Database) -> None:
    def fail(session: Session) -> None:
        append(session)
        raise ValueError("no")

    await asyncio.gather(
        database.write(append),
        database.write(fail),
        database.write(append),
        return_exceptions=True,
    )

    assert await verdict(database) == audit.Verdict(2)


async def test_two_replicas_that_change_one_row_after_their_link_do_not_block_each_other(
    postgresql_url: str,
) -> None:
    here, there = Database(postgresql_url), Database(postgresql_url)
    await here.open()
    await there.open()
    await here.write(lambda s: s.add(Term(label="EDRM", key_norm="edrm")))

    def change(session: Session) -> None:
        append(session)
        session.connection().execute(sa.update(Term).values(label="Endpoint"))

    await asyncio.gather(*(one.write(change) for one in (here, there) for _ in range(20)))

    assert await verdict(here) == audit.Verdict(40)
    await here.close()
    await there.close()


async def test_several_entries_of_one_unit_follow_one_another(database: Database) -> None:
    def twice(session: Session) -> None:
        append(session)
        append(session)

    await database.write(twice)

    assert await verdict(database) == audit.Verdict(2)


@pytest.mark.parametrize("act", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_to_change_the_chain(
    database: Database, act: str
) -> None:
    await database.write(append)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        await database.write(lambda s: s.connection().exec_driver_sql(act))


async def test_postgresql_refuses_to_empty_the_chain(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()

    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        await database.write(lambda s: s.connection().exec_driver_sql("TRUNCATE audit"))

    await database.close()


@pytest.mark.parametrize("act", TAMPERING)
async def test_tampering_is_found_even_without_the_triggers(database: Database, act: str) -> None:
    for _ in range(3):
        await database.write(append)
    await database.write(_drop_triggers)

    await database.write(lambda s: s.connection().exec_driver_sql(TAMPERING[act]))
    if act == "move the head":
        await database.write(
            lambda s: s.connection().exec_driver_sql("DELETE FROM audit WHERE seq = 3")
        )

    found = await verdict(database)
    assert not found.intact
    assert found.broken_at in {2, 3, 4}
    assert found.reason


async def test_another_key_does_not_vouch_for_the_chain(database: Database) -> None:
    await database.write(append)

    found = await database.read(lambda s: audit.verify(s, Sealer(OLD)))

    assert found.broken_at == 1
    assert "Its key is not among ours" in found.reason
    assert not await database.read(lambda s: audit.is_readable(s, Sealer(OLD)))


async def test_the_chain_outlives_a_new_key(database: Database) -> None:
    await database.write(lambda s: audit.append(s, Sealer(OLD), ENTRY))
    rotated = Sealer(NEW, OLD)
    before = await database.read(lambda s: audit.is_readable(s, rotated))
    await database.write(lambda s: audit.append(s, rotated, ENTRY))

    assert before
    assert await database.read(lambda s: audit.verify(s, rotated)) == audit.Verdict(2)
    newest, older = rotated.key_ids
    assert await database.read(audit.entries_by_key) == {older: 1, newest: 1}


async def test_an_empty_chain_can_be_read_with_any_key(database: Database) -> None:
    assert await database.read(lambda s: audit.is_readable(s, Sealer(OLD)))


def _drop_triggers(session: Session) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER audit_refuses_update")
        connection.exec_driver_sql("DROP TRIGGER audit_refuses_delete")
    else:
        connection.exec_driver_sql("DROP TRIGGER audit_refuses_change ON audit")
