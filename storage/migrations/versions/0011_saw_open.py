"""Whether a round has opened to a scorecard's author, who may be asked anew since."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default is for the rows that are there: whoever adds one says what it is.
    saw_open = sa.Column("saw_open", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("feedback_scorecard", saw_open)
