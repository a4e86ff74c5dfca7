"""How many rows each table has: for the simulator's page, which shows what a step wrote."""

import sqlalchemy as sa
from sqlmodel import Session, SQLModel


def row_counts(session: Session) -> dict[str, int]:
    """Return the number of rows of every table that exists."""
    existing = sa.inspect(session.connection()).get_table_names()
    return {
        name: session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in SQLModel.metadata.tables.items()
        if name in existing
    }
