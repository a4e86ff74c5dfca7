"""Work on the database of the settings, also while the bot runs on it."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import Session

from bot.clock import Clock
from bot.errors import BotError
from bot.settings import Settings, explain
from console import terminal
from storage import audit, migrations
from storage.crew import Work
from storage.database import AlreadyRunning, Busy, Database, NotCommitted, engine_url
from storage.jobs import NoSuchJob
from storage.migrations import BrokenReferences, NewerSchema
from storage.people import AccountTaken, NoSuchPerson
from storage.secrets import Sealer
from storage.sqlite import path_of

T = TypeVar("T")

now = Clock().now

#: What goes wrong with a full sentence of its own.
_REFUSALS = (
    AccountTaken,
    AlreadyRunning,
    BotError,
    BrokenReferences,
    Busy,
    NewerSchema,
    NoSuchJob,
    NoSuchPerson,
    NotCommitted,
)


class NotReady(BotError):
    """The database is not there, or has not the tables this version needs."""


def settings(**instead: Any) -> Settings:
    """Return the settings, or say what is wrong with them and end.

    *instead* takes the place of what the environment says.
    """
    try:
        return Settings(**instead)
    except ValidationError as error:
        terminal.refuse(explain(error))


def read(work: Work[T]) -> T:
    """Return what *work* finds on a snapshot, or say in words why it cannot, and end."""
    return run(lambda database: database.read(work))


def write(work: Work[T]) -> T:
    """Run *work* in one transaction, or say in words why nothing was changed, and end."""
    return run(lambda database: database.write(work))


def run(task: Callable[[Database], Awaitable[T]]) -> T:
    """Return what *task* makes of the open database, or say in words why it cannot, and end."""
    own = settings()
    with in_words():
        return asyncio.run(_opened(own, task))


def sealer(own: Settings) -> Sealer:
    """Return the sealer under the keys of the house, or say that there are none, and end."""
    keys = secret_keys(own)
    if not keys:
        terminal.refuse(
            "PARLEY_SECRET_KEY is missing, so the audit can be neither read nor written. "
            "Set it to the key that the bot runs with; nothing was changed."
        )
    return Sealer(*keys)


def secret_keys(own: Settings) -> tuple[str, ...]:
    """Return the operator's keys, the newest first, or the one kept for the simulator."""
    if own.secret_key is not None:
        return own.secret_keys()
    kept = kept_key_file(own)
    return (kept.read_text().strip(),) if kept.exists() else ()


def kept_key_file(own: Settings) -> Path:
    """Return where the simulator keeps its key: beside the SQLite file or where it would be."""
    file = sqlite_file(own) or Path("parley.db")
    return file.with_name(f"{file.name}.key")


def note(session: Session, by: Sealer, action: str, entity: str) -> None:
    """Write into the audit what an operator did; call it last in a unit of work."""
    audit.append(session, by, audit.Entry(at=now(), actor=None, action=action, entity=entity))


@contextmanager
def in_words() -> Iterator[None]:
    """End with a sentence when the block fails in a way that an operator can mend."""
    try:
        yield
    except _REFUSALS as error:
        terminal.refuse(str(error))
    except (OverflowError, sa.exc.DataError):  # the first on SQLite, the other on PostgreSQL
        terminal.refuse("Nothing here has a number of that size. Nothing was changed.")
    except (sa.exc.OperationalError, sqlite3.OperationalError) as error:
        terminal.refuse(unreachable(error))


def sqlite_file(own: Settings) -> Path | None:
    """Return the file of an SQLite database; None on PostgreSQL."""
    url = engine_url(own.database_url)
    return path_of(url) if url.get_backend_name() == "sqlite" else None


async def _opened(own: Settings, task: Callable[[Database], Awaitable[T]]) -> T:
    file = sqlite_file(own)
    if file and not file.exists():
        raise NotReady(f"There is no database at {file} yet. Run `python app.py migrate` first.")
    database = Database(own.database_url, threads=2, exclusive=False)
    await database.open()
    try:
        if await database.read(lambda session: migrations.pending(session.connection())):
            raise NotReady(
                "The database has not the tables that this version needs. "
                "Run `python app.py migrate` first; nothing was changed."
            )
        return await task(database)
    finally:
        await database.close()


def unreachable(error: Exception) -> str:
    """Return in words that the database does not answer, without its address or password."""
    kind = type(getattr(error, "orig", None) or error).__name__
    return (
        f"The database does not answer ({kind}). Nothing was changed. "
        "Check that it runs and that PARLEY_DATABASE_URL names it."
    )
