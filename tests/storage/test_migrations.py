"""The schema: one history, equal to the models, and changed without losing a row."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import migrations
from storage.database import Database
from storage.migrations import __main__ as generator
from tests import postgres

RENAMED = """
revision = "9999"
down_revision = "{newest}"
import sqlalchemy as sa
from alembic import op
def upgrade():
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("nickname", sa.String, nullable=False, server_default=""))
        person.alter_column("locale", existing_type=sa.String, nullable=True)
"""
BREAKING = """
revision = "9999"
down_revision = "{newest}"
from alembic import op
def upgrade():
    op.execute("DELETE FROM person")
"""


def history(folder: Path, change: str) -> Path:
    """Return the whole history with one more change at its end."""
    longer = folder / "migrations"
    shutil.copytree(migrations.HISTORY, longer)
    newest = change.format(newest=migrations.newest())
    (longer / "versions" / "9999_change.py").write_text(newest)
    return longer


def differences(session: Session) -> list[object]:
    context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
    return list(compare_metadata(context, SQLModel.metadata))


async def test_models_and_migrations_agree(database: Database) -> None:
    migrations.import_models()

    assert await database.read(differences) == []


def test_the_newest_version_is_the_one_that_alembic_would_reach() -> None:
    script = ScriptDirectory(str(migrations.HISTORY))

    assert migrations.newest() == script.get_current_head()


async def test_every_constraint_has_a_name() -> None:
    migrations.import_models()

    nameless = [
        f"{table.name}: {constraint}"
        for table in SQLModel.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]

    assert nameless == []


async def test_a_migrated_database_has_nothing_pending(database: Database) -> None:
    assert not await database.read(lambda session: migrations.pending(session.connection()))


async def test_an_empty_database_has_everything_pending(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/empty.db")

    with engine.connect() as connection:
        assert migrations.pending(connection)
    engine.dispose()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrations.upgrade(database_url)
    migrations.upgrade(database_url)


async def test_a_newer_schema_is_left_as_it_is(database: Database) -> None:
    await database.write(_of_tomorrow)

    with pytest.raises(migrations.NewerSchema, match=r"version 9999, .* Nothing was changed"):
        migrations.upgrade(database.url.render_as_string(hide_password=False))

    assert await database.read(lambda s: migrations.current(s.connection())) == "9999"


def test_two_replicas_may_migrate_at_once(postgres_server: postgres.Server) -> None:
    with postgres_server.database() as url:
        failures: list[BaseException] = []

        def upgrade() -> None:
            try:
                migrations.upgrade(url)
            except Exception as error:  # noqa: BLE001 - shown by the assertion below
                failures.append(error)

        replicas = [threading.Thread(target=upgrade) for _ in range(3)]
        for replica in replicas:
            replica.start()
        for replica in replicas:
            replica.join()

        assert failures == []


def test_the_file_is_copied_before_it_is_changed(sqlite_url: str, tmp_path: Path) -> None:
    _sql(
        tmp_path / "parley.db",
        "INSERT INTO room_place VALUES (1, 'r', 'slack', 'T', 'C', '', NULL)",
    )

    migrations.upgrade(sqlite_url, history(tmp_path, RENAMED))

    copies = list(tmp_path.glob("parley.db.before-*"))
    assert len(copies) == 1
    assert _sql(copies[0], "SELECT room FROM room_place") == [("r",)]


def test_changing_a_parent_table_keeps_its_children(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "parley.db"
    _sql(
        path,
        "INSERT INTO person VALUES (7, 'Ada', NULL, NULL, 'UTC', 'en', '', '', '', 1)",
        "INSERT INTO account (id, person_id, platform, tenant, user) "
        "VALUES (1, 7, 'slack', 'T1', 'U1')",
    )

    migrations.upgrade(sqlite_url, history(tmp_path, RENAMED))

    assert _sql(path, "SELECT user FROM account") == [("U1",)]
    assert _sql(path, "SELECT name, nickname FROM person") == [("Ada", "")]


def test_a_migration_that_breaks_references_is_undone(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "parley.db"
    _sql(
        path,
        "INSERT INTO person VALUES (7, 'Ada', NULL, NULL, 'UTC', 'en', '', '', '', 1)",
        "INSERT INTO account (id, person_id, platform, tenant, user) "
        "VALUES (1, 7, 'slack', 'T1', 'U1')",
    )

    with pytest.raises(migrations.BrokenReferences, match="account"):
        migrations.upgrade(sqlite_url, history(tmp_path, BREAKING))

    assert _sql(path, "SELECT name FROM person") == [("Ada",)]


def test_a_new_migration_is_written_after_the_newest(tmp_path: Path) -> None:
    copied = tmp_path / "migrations"
    shutil.copytree(migrations.HISTORY, copied)

    written = generator.write("Add a thing", copied)

    number = int(migrations.newest() or 0) + 1
    assert written.name == f"{number:04}_add_a_thing.py"
    migrations.upgrade(f"sqlite:///{tmp_path}/fresh.db", copied)


def test_column_types_are_written_in_sqlalchemys_own_words() -> None:
    context = AutogenContext.__new__(AutogenContext)

    assert generator.render("type", UTCDateTime(), context) == "sa.DateTime(timezone=True)"
    assert generator.render("type", sa.String(), context) is False


def _of_tomorrow(session: Session) -> None:
    session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def _sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows
    finally:
        connection.close()
