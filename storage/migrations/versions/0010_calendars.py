"""When people are away, and the holidays of each list."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "person_id",
            sa.Integer,
            sa.ForeignKey("person.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("away_at", TIME, nullable=False),
        sa.Column("back_at", TIME, nullable=False),
    )
    op.create_table(
        "holiday",
        sa.Column("list", sa.String, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
    )
