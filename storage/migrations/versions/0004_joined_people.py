"""Where the numbers of people lead who turned out to be somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person = sa.ForeignKey("person.id", ondelete="CASCADE")
    op.create_table(
        "joined_person",
        sa.Column("gone", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.Integer, person, nullable=False, index=True),
    )
