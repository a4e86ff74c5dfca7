"""Rooms of an incident for those who wait for news of it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The defaults are for the rooms that are there: all of them are for those who respond.
    purpose = sa.Column("purpose", sa.String(16), nullable=False, server_default="response")
    op.add_column("incidents_room", purpose)
    told = sa.Column("told", sa.JSON, nullable=False, server_default="{}")
    op.add_column("incidents_room", told)
