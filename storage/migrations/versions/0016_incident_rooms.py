"""The rooms of incidents, and what of a timeline stands in them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def upgrade() -> None:
    op.create_table(
        "incidents_room",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String, nullable=True),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("archive_at", TIME, nullable=True),
        sa.Column("is_kept", sa.Boolean, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("next_look", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_room_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_room")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incidents_room", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_room_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "incidents_rendered",
        sa.Column("room_id", sa.Integer, nullable=False),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=True),
        sa.Column("is_withheld", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["incidents_event.id"],
            name=op.f("fk_incidents_rendered_event_id_incidents_event"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["incidents_room.id"],
            name=op.f("fk_incidents_rendered_room_id_incidents_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("room_id", "event_id", name=op.f("pk_incidents_rendered")),
    )
