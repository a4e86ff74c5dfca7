"""Reviews of incidents, what is handed out of them, and what must not be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def _incident(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["incident_id"],
        ["incidents_incident.id"],
        name=op.f(f"fk_{table}_incident_id_incidents_incident"),
        ondelete="CASCADE",
    )


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"), ondelete="SET NULL"
    )


def upgrade() -> None:
    op.create_table(
        "incidents_review",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("cause", WORD, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("meet_by", TIME, nullable=True),
        sa.Column("meeting_at", TIME, nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("next_look", sa.String, nullable=False),
        _incident("incidents_review"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incidents_review")),
    )
    op.create_table(
        "incidents_section",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("flagged", sa.Integer, nullable=False),
        _incident("incidents_section"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_section")),
        sa.UniqueConstraint(
            "incident_id",
            "department",
            name=op.f("uq_incidents_section_incident_id_department"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "incidents_action",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=True),
        sa.Column("owner_id", sa.Integer, nullable=True),
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("next_look", sa.String, nullable=False),
        _incident("incidents_action"),
        _person("incidents_action", "owner_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_action")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incidents_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_action_incident_id"), ["incident_id"], unique=False
        )
    op.create_table(
        "incidents_wording",
        sa.Column("word", sa.String, nullable=False),
        sa.Column("instead", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_incidents_wording")),
    )
    op.create_table(
        "incidents_consent",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("side", WORD, nullable=False),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        _incident("incidents_consent"),
        _person("incidents_consent", "by"),
        sa.PrimaryKeyConstraint("incident_id", "side", name=op.f("pk_incidents_consent")),
    )
    op.create_table(
        "incidents_kept",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        _incident("incidents_kept"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_kept")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incidents_kept", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_kept_incident_id"), ["incident_id"], unique=False
        )
    op.create_table(
        "incidents_hold",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        _incident("incidents_hold"),
        _person("incidents_hold", "by"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incidents_hold")),
    )
    op.create_table(
        "reports_policy",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("proposed_by", sa.Integer, nullable=True),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column("agreed_by", sa.Integer, nullable=True),
        sa.Column("agreed_at", TIME, nullable=True),
        _person("reports_policy", "proposed_by"),
        _person("reports_policy", "agreed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_policy")),
        sqlite_autoincrement=True,
    )
