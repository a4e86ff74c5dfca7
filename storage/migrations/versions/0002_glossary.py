"""The glossary: terms, senses, proposals, lookups."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
WORD = sa.String(16)


def upgrade() -> None:
    _terms()
    _senses()
    _proposals()
    _lookups()


def _terms() -> None:
    op.create_table(
        "glossary_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("epoch", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("key_norm", sa.String, nullable=False, unique=True),
        sa.Column("changed", sa.Integer, nullable=False, index=True),
    )
    op.create_table(
        "glossary_alias",
        sa.Column("key_norm", sa.String, primary_key=True),
        sa.Column("label", sa.String, nullable=False),
        sa.Column(
            "term_id", sa.Integer, sa.ForeignKey("glossary_term.id"), nullable=False, index=True
        ),
    )


def _senses() -> None:
    op.create_table(
        "glossary_sense",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("term_id", sa.Integer, sa.ForeignKey("glossary_term.id"), nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("wording", sa.JSON, nullable=False),
        sa.Column("owner_group", sa.String, nullable=False),
        _person("approver_id"),
        _person("keeper_id"),
        sa.Column("status", WORD, nullable=False),
        sa.Column("replaced_by", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("approved_at", TIME, nullable=False),
        sa.Column("review_due", TIME, index=True),
        sa.Column("reminded_at", TIME),
        sa.UniqueConstraint("term_id", "department"),
        sqlite_autoincrement=True,
    )
    sense = sa.ForeignKey("glossary_sense.id", ondelete="CASCADE")
    op.create_table(
        "glossary_sense_version",
        sa.Column("sense_id", sa.Integer, sense, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("wording", sa.JSON, nullable=False),
        sa.Column("status", WORD, nullable=False),
        _person("approver_id"),
        sa.Column("at", TIME, nullable=False),
    )


def _proposals() -> None:
    op.create_table(
        "glossary_proposal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("act", WORD, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("sense_id", sa.Integer, index=True),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("seats", sa.JSON, nullable=False),
        sa.Column("asked", sa.JSON, nullable=False),
        _person_for_good("proposer_id"),
        sa.Column("standing", WORD, nullable=False, index=True),
        _person("decided_by"),
        sa.Column("decided_at", TIME),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("flagged_at", TIME),
        sqlite_autoincrement=True,
    )
    proposal = sa.ForeignKey("glossary_proposal.id", ondelete="CASCADE")
    op.create_table(
        "glossary_approval",
        sa.Column("proposal_id", sa.Integer, proposal, primary_key=True),
        sa.Column("seat", sa.String, primary_key=True),
        _person_for_good("person_id"),
        sa.Column("at", TIME, nullable=False),
    )


def _lookups() -> None:
    op.create_table(
        "glossary_lookup",
        sa.Column("key_norm", sa.String, primary_key=True),
        sa.Column("hit", WORD, primary_key=True),
        sa.Column("department", sa.String, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def _person(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"))


def _person_for_good(name: str) -> sa.Column[int]:
    return sa.Column(
        name, sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
    )
