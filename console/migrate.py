"""`migrate`: bring the tables of the database to what this version needs."""

import sqlalchemy as sa

from console import rows, terminal
from storage import migrations
from storage.database import engine_url


def migrate() -> None:
    """Bring the database up to date; the bot does the same by itself when it starts."""
    url = rows.settings().database_url
    with rows.in_words():
        before = _current(url)
        with terminal.waiting("Changing the tables"):
            migrations.upgrade(url)
    newest = migrations.newest()
    if before == newest:
        terminal.say(f"The database has version {newest} already; nothing was changed.")
        return
    came_from = f"from version {before}" if before else "from nothing"
    terminal.say(f"The database went {came_from} to version {newest}.")


def _current(url: str) -> str | None:
    engine = sa.create_engine(engine_url(url))
    try:
        with engine.connect() as connection:
            return migrations.current(connection)
    finally:
        engine.dispose()
