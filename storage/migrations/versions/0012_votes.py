"""Votes."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def upgrade() -> None:
    op.create_table(
        "votes_weighting",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "dispute",
            WORD,
            nullable=False,
        ),
        sa.Column("weights", sa.JSON, nullable=False),
        sa.Column(
            "proposed_by",
            sa.Integer,
            sa.ForeignKey("person.id", ondelete="SET NULL"),
            nullable=True,
        ),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("proposed_at", TIME, nullable=False),
        sa.Column(
            "agreed_by", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column("agreed_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_weighting")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("votes_weighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_weighting_dispute"), ["dispute"], unique=False)

    op.create_table(
        "votes_vote",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "dispute",
            WORD,
            nullable=False,
        ),
        sa.Column(
            "search_id",
            sa.Integer,
            sa.ForeignKey("hiring_search.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "application_id",
            sa.Integer,
            sa.ForeignKey("hiring_application.id", ondelete="CASCADE"),
            nullable=True,
        ),
        sa.Column("stage", sa.String, nullable=False),
        sa.Column(
            "trigger",
            WORD,
            nullable=False,
        ),
        sa.Column("origin", sa.String, nullable=True),
        sa.Column(
            "opened_by", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column(
            "mode",
            WORD,
            nullable=False,
        ),
        sa.Column(
            "basis",
            WORD,
            nullable=False,
        ),
        sa.Column("quorum", sa.Integer, nullable=False),
        sa.Column("threshold", sa.Integer, nullable=False),
        sa.Column("fewest", sa.Integer, nullable=False),
        sa.Column(
            "authority",
            WORD,
            nullable=False,
        ),
        sa.Column(
            "decider_id", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column(
            "state",
            WORD,
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("closes_at", TIME, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("is_extended", sa.Boolean, nullable=False),
        sa.Column("is_reopened", sa.Boolean, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("veto_until", TIME, nullable=True),
        sa.Column("note", sa.String, nullable=True),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("next_look", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_vote")),
        sa.UniqueConstraint("origin", name=op.f("uq_votes_vote_origin")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("votes_vote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_votes_vote_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_votes_vote_search_id"), ["search_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_votes_vote_state"), ["state"], unique=False)

    op.create_table(
        "votes_ballot",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("choice", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("cast_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_ballot")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("votes_ballot", schema=None) as batch_op:
        batch_op.create_index(
            "ix_votes_ballot_latest", ["vote_id", "version", "person_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_votes_ballot_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_commit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "stance",
            WORD,
            nullable=False,
        ),
        sa.Column("note", sa.String, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_commit")),
        sa.UniqueConstraint("vote_id", "person_id", name=op.f("uq_votes_commit_vote_id_person_id")),
    )
    with op.batch_alter_table("votes_commit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_commit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_count",
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "result",
            WORD,
            nullable=False,
        ),
        sa.Column("recommended", sa.String, nullable=False),
        sa.Column("electors", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("shares", sa.JSON, nullable=True),
        sa.Column("counts", sa.JSON, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("vote_id", "version", name=op.f("pk_votes_count")),
    )
    op.create_table(
        "votes_decision",
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("decided", sa.String, nullable=False),
        sa.Column("recommended", sa.String, nullable=False),
        sa.Column(
            "decider_id", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column("rationale", sa.String, nullable=True),
        sa.Column("is_override", sa.Boolean, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_votes_decision")),
    )
    op.create_table(
        "votes_elector",
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("department", sa.String, nullable=False),
        sa.Column("is_recused", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("vote_id", "person_id", name=op.f("pk_votes_elector")),
    )
    with op.batch_alter_table("votes_elector", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_elector_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_say",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("choice", sa.String, nullable=False),
        sa.Column("rationale", sa.String, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_say")),
        sa.UniqueConstraint("vote_id", "person_id", name=op.f("uq_votes_say_vote_id_person_id")),
    )
    with op.batch_alter_table("votes_say", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_say_person_id"), ["person_id"], unique=False)

    op.create_table(
        "votes_terms",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("question", sa.String, nullable=True),
        sa.Column("options", sa.JSON, nullable=False),
        sa.Column("weights", sa.JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_terms")),
        sa.UniqueConstraint("vote_id", "version", name=op.f("uq_votes_terms_vote_id_version")),
    )
    op.create_table(
        "votes_recusal",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_recusal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("votes_recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_recusal_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_votes_recusal_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "votes_urn",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("counts", sa.String, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_urn")),
        sa.UniqueConstraint("vote_id", "version", name=op.f("uq_votes_urn_vote_id_version")),
    )
    op.create_table(
        "votes_veto",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="SET NULL"), nullable=True
        ),
        sa.Column(
            "ground",
            WORD,
            nullable=False,
        ),
        sa.Column("reason", sa.String, nullable=True),
        sa.Column("raised_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column(
            "resolution",
            WORD,
            nullable=False,
        ),
        sa.Column("resolved_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes_veto")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("votes_veto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_votes_veto_vote_id"), ["vote_id"], unique=False)

    op.create_table(
        "votes_veto_holder",
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("grounds", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("vote_id", "person_id", name=op.f("pk_votes_veto_holder")),
    )
    with op.batch_alter_table("votes_veto_holder", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_votes_veto_holder_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "votes_voter_mark",
        sa.Column(
            "vote_id",
            sa.Integer,
            sa.ForeignKey("votes_vote.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column(
            "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False
        ),
        sa.PrimaryKeyConstraint(
            "vote_id", "version", "person_id", name=op.f("pk_votes_voter_mark")
        ),
    )
    with op.batch_alter_table("votes_voter_mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_votes_voter_mark_person_id"), ["person_id"], unique=False
        )
