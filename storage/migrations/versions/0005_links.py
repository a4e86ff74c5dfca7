"""What is needed to find out that two accounts are one person's."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("email", sa.String))
    op.create_index("ix_account_email", "account", ["email"])
    op.create_table(
        "link_question",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
    )
    person = sa.ForeignKey("person.id", ondelete="CASCADE")
    op.create_table(
        "link_code",
        sa.Column("digest", sa.String, primary_key=True),
        sa.Column("person_id", sa.Integer, person, nullable=False, index=True),
        sa.Column("expires_at", TIME, nullable=False),
    )
    op.create_table(
        "link_try",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("tenant", sa.String, primary_key=True),
        sa.Column("user", sa.String, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
    )
