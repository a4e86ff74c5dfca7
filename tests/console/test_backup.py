"""`backup` and `restore`: the SQLite file, copied whole while the bot runs."""

import asyncio
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import migrations, people
from storage.database import Database
from storage.sqlite import lock
from tests.console.conftest import CommandLine

Operator = Callable[[str], CommandLine]


def names(parley: CommandLine) -> list[str]:
    return [person["name"] for person in parley.listed("people", "list")]


def database_of(parley: CommandLine) -> Path:
    return Path(parley.url.removeprefix("sqlite:///"))


def test_a_backup_comes_back_as_it_was(on_sqlite: CommandLine, tmp_path: Path) -> None:
    on_sqlite("people", "add", "Ada", "--account", "slack:T1:U1")
    on_sqlite("backup", "ada.db")
    on_sqlite("people", "add", "Ben", "--account", "slack:T1:U2")

    said = on_sqlite("restore", "ada.db")

    assert names(on_sqlite) == ["Ada"]
    assert f"with version {migrations.newest()}" in said
    assert (tmp_path / "ada.db").exists()


def test_what_a_restore_replaces_is_kept(on_sqlite: CommandLine, tmp_path: Path) -> None:
    on_sqlite("backup", "empty.db")
    on_sqlite("people", "add", "Ada", "--account", "slack:T1:U1")

    on_sqlite("restore", "empty.db")
    [kept] = tmp_path.glob("parley.db.before-restore-*")
    on_sqlite("restore", str(kept))

    assert names(on_sqlite) == ["Ada"]


def test_a_backup_prints_its_digest_is_private_and_is_one_file(
    on_sqlite: CommandLine, tmp_path: Path
) -> None:
    said = on_sqlite("backup", "copy.db")

    copy = tmp_path / "copy.db"
    assert said == f"{hashlib.sha256(copy.read_bytes()).hexdigest()}  copy.db\n"
    assert copy.stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_a_backup_is_whole_while_the_bot_writes(on_sqlite: CommandLine, tmp_path: Path) -> None:
    """Each unit adds two people, so that half of one would be an odd number."""

    async def back_up_beside_a_bot() -> None:
        bot = Database(on_sqlite.url)
        await bot.open()
        typed = asyncio.create_task(asyncio.to_thread(on_sqlite, "backup", "copy.db"))
        while not typed.done():
            await bot.write(add_two)
        await typed
        await bot.close()

    def add_two(session: Session) -> None:
        people.add_person(session, "One" * 2000)
        people.add_person(session, "Two" * 2000)

    asyncio.run(back_up_beside_a_bot())

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        [(count,)] = copy.execute("SELECT count(*) FROM person").fetchall()
    assert count % 2 == 0


def test_a_backup_never_overwrites_a_file(on_sqlite: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("precious")

    sentence = on_sqlite.refused("backup", "there.db")

    assert "there.db is there already" in sentence
    assert (tmp_path / "there.db").read_text() == "precious"


def test_a_backup_of_nothing_is_refused(operator: Operator, tmp_path: Path) -> None:
    parley = operator(f"sqlite:///{tmp_path}/none.db")

    sentence = parley.refused("backup", "copy.db")

    assert "so there is nothing to copy" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_backup_into_a_missing_folder_is_refused(on_sqlite: CommandLine) -> None:
    sentence = on_sqlite.refused("backup", "nowhere/copy.db")

    assert "There is no folder nowhere" in sentence


def test_a_restore_waits_for_the_bot_to_stop(on_sqlite: CommandLine) -> None:
    on_sqlite("backup", "copy.db")

    with closing(lock(database_of(on_sqlite))):
        sentence = on_sqlite.refused("restore", "copy.db")

    assert "Another bot is already running" in sentence


def test_a_restore_waits_for_other_programs_to_let_go(
    on_sqlite: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_sqlite("people", "add", "Ada", "--account", "slack:T1:U1")
    on_sqlite("backup", "copy.db")
    monkeypatch.setattr("console.backup.BUSY_SECONDS", 0.1)

    with closing(sqlite3.connect(database_of(on_sqlite))) as other:
        other.execute("SELECT count(*) FROM person").fetchall()
        sentence = on_sqlite.refused("restore", "copy.db")

    assert "Another program has the database open" in sentence
    assert names(on_sqlite) == ["Ada"]


def test_a_database_that_is_gone_is_restored(on_sqlite: CommandLine) -> None:
    on_sqlite("people", "add", "Ada", "--account", "slack:T1:U1")
    on_sqlite("backup", "copy.db")
    database_of(on_sqlite).unlink()
    leftover = database_of(on_sqlite).with_name("parley.db-wal")
    leftover.write_bytes(b"the log of a database that is gone")

    on_sqlite("restore", "copy.db")

    assert names(on_sqlite) == ["Ada"]
    assert list(leftover.parent.glob("parley.db.before-restore-*-wal"))


def test_an_older_backup_is_migrated(on_sqlite: CommandLine, tmp_path: Path) -> None:
    history = tmp_path / "history"
    shutil.copytree(migrations.HISTORY, history)
    for later in sorted(history.glob("versions/*.py"))[1:]:
        later.unlink()
    migrations.upgrade(f"sqlite:///{tmp_path}/older.db", history)

    on_sqlite("restore", "older.db")

    assert on_sqlite("export", "glossary").startswith("term,")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not a database at all" * 100, "is no SQLite file, or it is damaged"),
        (b"", "holds no database of Parley"),
    ],
)
def test_a_file_that_is_no_backup_is_refused(
    on_sqlite: CommandLine, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "wrong.db").write_bytes(content)

    sentence = on_sqlite.refused("restore", "wrong.db")

    assert reason in sentence
    assert names(on_sqlite) == []
    assert not list(tmp_path.glob("*.part"))


def test_a_damaged_backup_is_refused(on_sqlite: CommandLine, tmp_path: Path) -> None:
    on_sqlite("seed")
    on_sqlite("backup", "copy.db")
    copy = tmp_path / "copy.db"
    content = bytearray(copy.read_bytes())
    content[8192:40960] = bytes(40960 - 8192)
    copy.write_bytes(content)

    sentence = on_sqlite.refused("restore", "copy.db")

    assert "damaged" in sentence
    assert len(names(on_sqlite)) > 0


def test_a_backup_of_a_newer_program_is_refused(on_sqlite: CommandLine, tmp_path: Path) -> None:
    on_sqlite("backup", "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")

    sentence = on_sqlite.refused("restore", "copy.db")

    assert "The file has version 9999" in sentence
    assert "Install the newer program first." in sentence


def test_a_missing_backup_is_named(on_sqlite: CommandLine) -> None:
    assert "There is no file nowhere.db" in on_sqlite.refused("restore", "nowhere.db")


def test_postgresql_is_left_to_its_own_tools(operator: Operator) -> None:
    parley = operator("postgresql+psycopg://bot:hunter2@db.example:5433/parley")

    kept = parley.refused("backup", "my copy", code=2)
    restored = parley.refused("restore", "my copy", code=2)

    where = "--host=db.example --port=5433 --username=bot --dbname=parley"
    assert f"  pg_dump --format=custom --file='my copy' {where}\n" in kept
    assert f"--single-transaction {where} 'my copy'\n" in restored
    assert "hunter2" not in kept + restored
