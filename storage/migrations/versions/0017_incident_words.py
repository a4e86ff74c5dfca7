"""What the lead of an incident tells, at what pace, and what has to be done."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def upgrade() -> None:
    _create_sheets()
    _create_words()
    _create_cadences()
    _create_tasks()


def _of_incident(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["incident_id"],
        ["incidents_incident.id"],
        name=op.f(f"fk_{table}_incident_id_incidents_incident"),
        ondelete="CASCADE",
    )


def _by_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"), ondelete="SET NULL"
    )


def _create_sheets() -> None:
    op.create_table(
        "incidents_sheet",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.Column("explained", sa.JSON, nullable=False),
        _of_incident("incidents_sheet"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incidents_sheet")),
    )


def _create_words() -> None:
    op.create_table(
        "incidents_words",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("standing", WORD, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("sent_at", TIME, nullable=True),
        sa.Column("approved_at", TIME, nullable=True),
        sa.Column("approved_by", sa.Integer, nullable=True),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("next_look", sa.String, nullable=False),
        _of_incident("incidents_words"),
        _by_person("incidents_words", "approved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_words")),
        sa.UniqueConstraint(
            "incident_id",
            "department",
            name=op.f("uq_incidents_words_incident_id_department"),
        ),
    )


def _create_cadences() -> None:
    op.create_table(
        "incidents_cadence",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("updates", sa.Integer, nullable=False),
        sa.Column("in_time", sa.Integer, nullable=False),
        sa.Column("update_look", sa.String, nullable=False),
        sa.Column("told_at", TIME, nullable=False),
        sa.Column("progress_look", sa.String, nullable=False),
        _of_incident("incidents_cadence"),
        sa.PrimaryKeyConstraint("incident_id", name=op.f("pk_incidents_cadence")),
    )


def _create_tasks() -> None:
    op.create_table(
        "incidents_task",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("is_blocking", sa.Boolean, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("added_by", sa.Integer, nullable=True),
        sa.Column("done_at", TIME, nullable=True),
        sa.Column("done_by", sa.Integer, nullable=True),
        sa.Column("next_look", sa.String, nullable=False),
        _of_incident("incidents_task"),
        _by_person("incidents_task", "added_by"),
        _by_person("incidents_task", "done_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_task")),
        sa.UniqueConstraint(
            "incident_id", "number", name=op.f("uq_incidents_task_incident_id_number")
        ),
    )
