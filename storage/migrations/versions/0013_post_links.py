"""The addresses by which people open our posts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("post", sa.Column("link", sa.String, nullable=True))
