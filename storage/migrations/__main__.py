"""Write a migration from the difference between the models and the newest version.

Run as ``python -m storage.migrations "add the glossary"``.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any, Literal, cast

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.script import Script

from storage import migrations
from storage.migrations.running import config_for


def render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write column types in SQLAlchemy's own words."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def write(name: str, history: Path = migrations.HISTORY) -> Path:
    """Write the next migration and return its file."""
    migrations.import_models()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/newest.db"
        migrations.upgrade(url, history)
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            config = config_for(connection, history, render_item=render)
            number = f"{int(migrations.newest(history) or 0) + 1:04}"
            script = command.revision(config, name, autogenerate=True, rev_id=number)
        engine.dispose()
    return Path(cast("Script", script).path)


if __name__ == "__main__":
    sys.stdout.write(f"Wrote {write(' '.join(sys.argv[1:]) or 'change')}; read it before use.\n")
