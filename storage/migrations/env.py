"""What alembic runs for every command: one history, batch changes on SQLite."""

from alembic import context
from sqlmodel import SQLModel

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    # SQLite's schema changes do take part in a transaction; alembic assumes they do not.
    transactional_ddl=True,
    compare_type=True,
    render_item=context.config.attributes.get("render_item", lambda *_: False),
)
with context.begin_transaction():
    context.run_migrations()
