"""Who typed a code, and has to say yes to it yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    # SQLite adds no foreign key to a table that is there; a code lasts ten minutes.
    op.drop_table("link_code")
    op.create_table(
        "link_code",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("person_id", sa.Integer, _person(), nullable=False, index=True),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("typed_by", sa.Integer, _person(), index=True),
    )


def _person() -> sa.ForeignKey:
    return sa.ForeignKey("person.id", ondelete="CASCADE")
