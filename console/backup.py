"""`backup` and `restore`: the SQLite file, copied whole; PostgreSQL has tools of its own."""

import hashlib
import os
import shlex
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
import typer

from bot.errors import BotError
from console import rows, terminal
from storage import migrations
from storage.database import engine_url
from storage.sqlite import BUSY_SECONDS, lock

#: Exit code for "use the database's own tool".
ELSEWHERE = 2

File = Annotated[Path, typer.Argument(metavar="FILE")]

_PAGES_AT_ONCE = 1000


class Unfit(BotError):
    """A file that cannot serve as a backup, or a place where none can be put."""


def backup(file: File) -> None:
    """Copy the database to FILE while the bot runs, check the copy, and print its sha256."""
    database = _own_file(f"pg_dump --format=custom --file={shlex.quote(str(file))} {{database}}")
    with rows.in_words(), terminal.waiting("Copying the database") as bar:
        _check_places(database, file)
        part = _beside(file, "part")
        with _removed_on_failure(part):
            _copy(database, part, terminal.follow(bar))
            _check(part)
            part.rename(file)
    terminal.say(f"{_sha256(file)}  {file}")


def restore(file: File) -> None:
    """Put a backup in the database's place; the bot must not run. The old file is kept."""
    options = "--clean --if-exists --single-transaction"
    database = _own_file(f"pg_restore {options} {{database}} {shlex.quote(str(file))}")
    with rows.in_words(), closing(lock(database)):
        kept = _replace(database, file)
        migrations.upgrade(rows.settings().database_url)
    terminal.say(f"The database is now what {file} holds, with version {migrations.newest()}.")
    if kept:
        terminal.say(f"What was there before is kept as {kept}.")


def _own_file(elsewhere: str) -> Path:
    """Return the SQLite file; on PostgreSQL end with the command that does the work."""
    own = rows.settings()
    found = rows.sqlite_file(own)
    if found is None:
        command = elsewhere.replace("{database}", _for_postgres(own.database_url))
        terminal.refuse(
            f"The rows are in PostgreSQL, which has its own tool for this. Run:\n  {command}",
            code=ELSEWHERE,
        )
    return found


def _check_places(database: Path, file: Path) -> None:
    if not database.exists():
        raise Unfit(f"There is no database at {database} yet, so there is nothing to copy.")
    if file.exists():
        raise Unfit(f"{file} is there already. Name a new file; nothing was written.")
    if not file.parent.is_dir():
        raise Unfit(f"There is no folder {file.parent}. Make it first; nothing was written.")


def _for_postgres(url: str) -> str:
    """Return the options that name the database; the password is asked for, never printed."""
    address = engine_url(url)
    named = {
        "host": address.host or address.query.get("host"),
        "port": address.port,
        "username": address.username,
        "dbname": address.database,
    }
    return " ".join(f"--{name}={shlex.quote(str(value))}" for name, value in named.items() if value)


def _replace(database: Path, file: Path) -> Path | None:
    """Put a checked copy of *file* where the database is, and return what is kept of it."""
    if not file.is_file():
        raise Unfit(f"There is no file {file}. Nothing was changed.")
    part = _beside(database, "part")
    with _removed_on_failure(part):
        try:
            _copy(file, part, lambda _done, _total: None)
            _check(part)
        except sqlite3.DatabaseError as error:
            raise Unfit(
                f"{file} is no SQLite file, or it is damaged. Nothing was changed."
            ) from error
        kept = _put_aside(database)
        part.replace(database)
    return kept


def _put_aside(database: Path) -> Path | None:
    """Rename what is there, and return its new name; None when there was no database."""
    if database.exists():
        _close_for_good(database)
    kept = _beside(database, f"before-restore-{rows.now():%Y%m%dT%H%M%S}")
    # A log that was left without its database would be taken for the new one's.
    for ending in ("", "-wal", "-shm"):
        left = database.with_name(database.name + ending)
        if left.exists():
            left.rename(kept.with_name(kept.name + ending))
    return kept if kept.exists() else None


def _close_for_good(database: Path) -> None:
    """Bring everything into the one file, which SQLite refuses while anybody has it open."""
    with _opened(database) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise Unfit(
                "Another program has the database open. Nothing was changed. Stop it, then repeat."
            ) from error


def _copy(source: Path, target: Path, moved: Callable[[int, int], None]) -> None:
    """Copy a database as it is at this moment, whoever writes to it meanwhile."""
    with _opened(source) as origin, _opened(target) as copy:
        target.chmod(0o600)
        # An open snapshot keeps the copy from starting anew at each write of the bot.
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        origin.backup(
            copy,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, total: moved(total - left, total),
        )
        # A copy in one file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _check(copy: Path) -> None:
    """Refuse a copy that is damaged, is not ours, or is newer than this program."""
    with _opened(copy) as connection:
        [(verdict, *_)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if verdict != "ok":
        raise Unfit(f"The copy is damaged ({verdict}). Nothing was changed.")
    version = _version(copy)
    if version is None:
        raise Unfit("The file holds no database of Parley. Nothing was changed.")
    if version > (migrations.newest() or ""):
        raise Unfit(
            f"The file has version {version}, and this program knows versions up to "
            f"{migrations.newest()} only. Install the newer program first. Nothing was changed."
        )


def _version(copy: Path) -> str | None:
    engine = sa.create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            return migrations.current(connection)
    finally:
        engine.dispose()


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=BUSY_SECONDS)) as connection:
        yield connection


@contextmanager
def _removed_on_failure(part: Path) -> Iterator[None]:
    part.unlink(missing_ok=True)
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(f"{file.name}.{ending}")


def _sha256(file: Path) -> str:
    with file.open("rb") as written:
        return hashlib.file_digest(written, "sha256").hexdigest()
