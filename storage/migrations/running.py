"""Alembic itself, imported only when there is something to migrate."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def config_for(connection: sa.Connection, history: Path, **attributes: object) -> Config:
    """Return alembic's configuration for commands on this connection."""
    config = Config(attributes={"connection": connection, **attributes})
    config.set_main_option("script_location", str(history).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def upgrade(connection: sa.Connection, history: Path) -> None:
    """Run what is missing up to the newest version."""
    command.upgrade(config_for(connection, history), "head")
