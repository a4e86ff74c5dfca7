"""Whom Parley has met, and who reads along in the places of rooms."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "welcome",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("whom", sa.String, primary_key=True),
    )
    op.add_column("room_place", sa.Column("audience", sa.String))
