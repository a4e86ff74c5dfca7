"""Reports and incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def upgrade() -> None:
    op.create_table(
        "incidents_incident",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("codename", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=True),
        sa.Column("category", WORD, nullable=False),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("severity_reason", sa.String, nullable=True),
        sa.Column("tlp", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("lead_id", sa.Integer, nullable=True),
        sa.Column("declared_at", TIME, nullable=False),
        sa.Column("contained_at", TIME, nullable=True),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("review_due_at", TIME, nullable=True),
        sa.Column("reopened_count", sa.Integer, nullable=False),
        sa.Column("merged_into", sa.Integer, nullable=True),
        sa.Column("before_merge", sa.JSON, nullable=True),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("next_update_at", TIME, nullable=True),
        sa.Column("suggested_at", sa.Integer, nullable=False),
        sa.Column("touched_at", TIME, nullable=False),
        sa.Column("next_look", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["person.id"],
            name=op.f("fk_incidents_incident_lead_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_incident_merged_into_incidents_incident"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_incident")),
        sa.UniqueConstraint("codename", name=op.f("uq_incidents_incident_codename")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incidents_incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incidents_incident_state"), ["state"], unique=False)

    op.create_table(
        "incidents_engagement",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("part", WORD, nullable=False),
        sa.Column("notified_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("acknowledged_at", TIME, nullable=True),
        sa.Column("acknowledged_by", sa.Integer, nullable=True),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("next_look", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["person.id"],
            name=op.f("fk_incidents_engagement_acknowledged_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_engagement_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("incident_id", "department", name=op.f("pk_incidents_engagement")),
    )
    op.create_table(
        "incidents_event",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("actor_role", sa.String, nullable=False),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=True),
        sa.Column("supersedes_id", sa.Integer, nullable=True),
        sa.ForeignKeyConstraint(
            ["by"], ["person.id"], name=op.f("fk_incidents_event_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_event_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["incidents_event.id"],
            name=op.f("fk_incidents_event_supersedes_id_incidents_event"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents_event")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("incidents_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_event_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "incidents_exclusion",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["person.id"],
            name=op.f("fk_incidents_exclusion_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_exclusion_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_incidents_exclusion_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("incident_id", "person_id", name=op.f("pk_incidents_exclusion")),
    )
    with op.batch_alter_table("incidents_exclusion", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_exclusion_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "incidents_pass",
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("given_by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=True),
        sa.Column("is_listed", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["person.id"],
            name=op.f("fk_incidents_pass_given_by_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_pass_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_incidents_pass_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("incident_id", "person_id", name=op.f("pk_incidents_pass")),
    )
    with op.batch_alter_table("incidents_pass", schema=None) as batch_op:
        batch_op.create_index(
            "ix_incidents_pass_listed", ["person_id", "is_listed", "incident_id"], unique=False
        )

    op.create_table(
        "reports_report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source", WORD, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("event_at", TIME, nullable=True),
        sa.Column("category", WORD, nullable=False),
        sa.Column("text", sa.String, nullable=True),
        sa.Column("interaction", WORD, nullable=False),
        sa.Column("is_ongoing", sa.Boolean, nullable=True),
        sa.Column("scope", WORD, nullable=False),
        sa.Column("privacy", WORD, nullable=False),
        sa.Column("reporter_id", sa.Integer, nullable=True),
        sa.Column("account", sa.String, nullable=True),
        sa.Column("account_digest", sa.String, nullable=True),
        sa.Column("claim_digest", sa.String, nullable=True),
        sa.Column("on_behalf_of", sa.String, nullable=False),
        sa.Column("candidate_id", sa.Integer, nullable=True),
        sa.Column("severity", sa.Integer, nullable=False),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("is_restricted", sa.Boolean, nullable=False),
        sa.Column("is_self_report", sa.Boolean, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("routed_to", sa.String, nullable=False),
        sa.Column("duplicate_of", sa.Integer, nullable=True),
        sa.Column("holder_id", sa.Integer, nullable=True),
        sa.Column("touched_at", TIME, nullable=True),
        sa.Column("receipt_at", TIME, nullable=True),
        sa.Column("acknowledged_at", TIME, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("decide_by", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("told_at", TIME, nullable=True),
        sa.Column("is_helpful", sa.Boolean, nullable=True),
        sa.Column("would_again", sa.Boolean, nullable=True),
        sa.Column("place", sa.JSON, nullable=True),
        sa.Column("posted_as", sa.String, nullable=True),
        sa.Column("next_look", sa.String, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["hiring_candidate.id"],
            name=op.f("fk_reports_report_candidate_id_hiring_candidate"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["duplicate_of"],
            ["reports_report.id"],
            name=op.f("fk_reports_report_duplicate_of_reports_report"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["person.id"],
            name=op.f("fk_reports_report_holder_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"],
            ["person.id"],
            name=op.f("fk_reports_report_reporter_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_report")),
        sa.UniqueConstraint("claim_digest", name=op.f("uq_reports_report_claim_digest")),
        sa.UniqueConstraint("posted_as", name=op.f("uq_reports_report_posted_as")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reports_report_account_digest"), ["account_digest"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reports_report_reporter_id"), ["reporter_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reports_report_state"), ["state"], unique=False)

    op.create_table(
        "incidents_link",
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("origin_id", sa.Integer, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_link_incident_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["incidents_incident.id"],
            name=op.f("fk_incidents_link_origin_id_incidents_incident"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_incidents_link_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_incidents_link")),
    )
    with op.batch_alter_table("incidents_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_link_incident_id"), ["incident_id"], unique=False
        )

    op.create_table(
        "reports_called",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("late", sa.Integer, nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reports_called_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_reports_called_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_called")),
        sa.UniqueConstraint(
            "report_id",
            "step",
            "person_id",
            name=op.f("uq_reports_called_report_id_step_person_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reports_party",
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("is_kept_out", sa.Boolean, nullable=False),
        sa.Column("is_subject", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reports_party_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_reports_party_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("report_id", "person_id", name=op.f("pk_reports_party")),
    )
    with op.batch_alter_table("reports_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_party_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reports_said",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", sa.String, nullable=True),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["person.id"], name=op.f("fk_reports_said_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_reports_said_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_said")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_said", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_said_report_id"), ["report_id"], unique=False)

    op.create_table(
        "reports_letter",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("arrives_at", TIME, nullable=False),
        sa.Column("claim_digest", sa.String, nullable=False),
        sa.Column("is_addition", sa.Boolean, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_letter")),
    )
    with op.batch_alter_table("reports_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_letter_arrives_at"), ["arrives_at"])
        batch_op.create_index(batch_op.f("ix_reports_letter_claim_digest"), ["claim_digest"])

    op.create_table(
        "reports_quote",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("account_digest", sa.String, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_quote")),
        sqlite_autoincrement=True,
    )
