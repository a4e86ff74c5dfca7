"""What stands in a database before a test begins: put there once, not for every test."""

import asyncio
from collections.abc import Callable

from sqlmodel import Session

from storage.database import Database

Furniture = Callable[[Session], object]


def nothing(_session: Session) -> None:
    """Leave the database as its migrations made it."""


def furnish(url: str, furniture: Furniture) -> None:
    """Put *furniture* into a migrated database."""
    asyncio.run(_furnish(url, furniture))


async def _furnish(url: str, furniture: Furniture) -> None:
    database = Database(url)
    await database.open()
    await database.write(furniture)
    await database.close()
