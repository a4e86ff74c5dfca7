"""Meetings that come back, their agendas, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
#: A word of a closed set.
WORD = sa.String(16)


def _person(table: str, column: str, ondelete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    return _part(table, column, "person", ondelete)


def _part(
    table: str, column: str, whole: str, ondelete: str = "CASCADE"
) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{whole}")
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    op.add_column("incidents_incident", sa.Column("affects_hiring", WORD, nullable=True))
    op.create_table(
        "agendas_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("draft_minutes", sa.Integer(), nullable=False),
        sa.Column("publish_minutes", sa.Integer(), nullable=False),
        sa.Column("policy", WORD, nullable=False),
        sa.Column("holidays", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_until", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        _person("agendas_series", "created_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_series")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agendas_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("slot_on", sa.Date(), nullable=False),
        sa.Column("starts_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("is_by_itself", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("next_look", sa.String(), nullable=False),
        sa.Column("at_part", sa.Integer(), nullable=False),
        _person("agendas_meeting", "approved_by"),
        _person("agendas_meeting", "facilitator_id"),
        _part("agendas_meeting", "series_id", "agendas_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_meeting")),
        sa.UniqueConstraint(
            "series_id", "slot_on", name=op.f("uq_agendas_meeting_series_id_slot_on")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agendas_meeting_state", "agendas_meeting", ["state"])
    op.create_table(
        "agendas_member",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        _person("agendas_member", "person_id", ondelete="CASCADE"),
        _part("agendas_member", "series_id", "agendas_series"),
        sa.PrimaryKeyConstraint("series_id", "person_id", name=op.f("pk_agendas_member")),
    )
    op.create_index("ix_agendas_member_person_id", "agendas_member", ["person_id"])

    op.create_table(
        "agendas_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        _person("agendas_need", "owner_id"),
        _part("agendas_need", "series_id", "agendas_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_need")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agendas_need_series_id", "agendas_need", ["series_id"])

    op.create_table(
        "agendas_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", TIME, nullable=False),
        _person("agendas_topic", "added_by"),
        _person("agendas_topic", "owner_id"),
        _part("agendas_topic", "series_id", "agendas_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_topic")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agendas_topic_series_id", "agendas_topic", ["series_id"])

    op.create_table(
        "agendas_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("became", sa.String(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("next_look", sa.String(), nullable=False),
        sa.Column("made_of", sa.String(), nullable=True),
        _part("agendas_action", "meeting_id", "agendas_meeting", ondelete="SET NULL"),
        _person("agendas_action", "owner_id"),
        _part("agendas_action", "series_id", "agendas_series"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_action")),
        sa.UniqueConstraint("made_of", name=op.f("uq_agendas_action_made_of")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agendas_action_owner_id", "agendas_action", ["owner_id"])
    op.create_index("ix_agendas_action_series_id", "agendas_action", ["series_id"])

    op.create_table(
        "agendas_copy",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reach", WORD, nullable=False),
        sa.Column("readers", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("shown_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        _part("agendas_copy", "meeting_id", "agendas_meeting"),
        sa.PrimaryKeyConstraint("meeting_id", "at", name=op.f("pk_agendas_copy")),
    )
    op.create_table(
        "agendas_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        _person("agendas_edit", "by"),
        _part("agendas_edit", "meeting_id", "agendas_meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_edit")),
        sa.UniqueConstraint(
            "meeting_id", "key", "kind", name=op.f("uq_agendas_edit_meeting_id_key_kind")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "agendas_minute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("made_of", sa.String(), nullable=True),
        _person("agendas_minute", "by"),
        _part("agendas_minute", "meeting_id", "agendas_meeting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agendas_minute")),
        sa.UniqueConstraint("made_of", name=op.f("uq_agendas_minute_made_of")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_agendas_minute_meeting_id", "agendas_minute", ["meeting_id"])
