"""What platforms say of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("standing", sa.String))
    op.add_column("account", sa.Column("standing_at", TIME))
    op.add_column("account", sa.Column("lost", sa.String))
    op.add_column("account", sa.Column("lost_at", TIME))
