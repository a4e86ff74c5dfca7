"""What is kept of reported messages."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def upgrade() -> None:
    op.create_table(
        "reports_harmless",
        sa.Column("value", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("value", name=op.f("pk_reports_harmless")),
    )
    op.create_table(
        "reports_evidence",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("standing", WORD, nullable=False),
        sa.Column("facts", sa.String, nullable=True),
        sa.Column("source", sa.String, nullable=True),
        sa.Column("sha256", sa.String, nullable=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("is_image", sa.Boolean, nullable=False),
        sa.Column("captured_at", TIME, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_reports_evidence_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_evidence")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_evidence", schema=None) as batch_op:
        for column in ("report_id", "source", "sha256"):
            batch_op.create_index(
                batch_op.f(f"ix_reports_evidence_{column}"), [column], unique=False
            )

    op.create_table(
        "reports_piece",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("evidence_id", sa.Integer, nullable=False),
        sa.Column("content", sa.String, nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["reports_evidence.id"],
            name=op.f("fk_reports_piece_evidence_id_reports_evidence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_piece")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_piece", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reports_piece_evidence_id"), ["evidence_id"], unique=False
        )

    op.create_table(
        "reports_custody",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("evidence_id", sa.Integer, nullable=False),
        sa.Column("handling", WORD, nullable=False),
        sa.Column("by", sa.Integer, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["person.id"], name=op.f("fk_reports_custody_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["reports_evidence.id"],
            name=op.f("fk_reports_custody_evidence_id_reports_evidence"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_custody")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_custody", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reports_custody_evidence_id"), ["evidence_id"], unique=False
        )

    op.create_table(
        "reports_indicator",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("report_id", sa.Integer, nullable=False),
        sa.Column("trace", WORD, nullable=False),
        sa.Column("value", sa.String, nullable=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["reports_report.id"],
            name=op.f("fk_reports_indicator_report_id_reports_report"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_indicator")),
        sa.UniqueConstraint(
            "report_id",
            "trace",
            "digest",
            name=op.f("uq_reports_indicator_report_id_trace_digest"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reports_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_indicator_digest"), ["digest"], unique=False)
