"""People, rooms, requests, jobs, schedules, posts and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DEPARTMENTS = {
    "security": "Security",
    "ta": "Talent Acquisition",
    "hr": "HR",
    "legal": "Legal",
    "comms": "Communications",
    "it": "IT",
    "finance": "Finance",
    "facilities": "Facilities",
    "exec": "Executive",
}
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _people()
    _roles()
    _conversations()
    _posts()
    _jobs()
    _schedules()
    _audit()
    if op.get_context().dialect.name == "sqlite":
        _guard_audit_on_sqlite()
    else:
        _guard_audit_on_postgresql()


def _people() -> None:
    department = op.create_table(
        "department",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
    )
    op.bulk_insert(department, [{"key": key, "name": name} for key, name in DEPARTMENTS.items()])
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("email", sa.String, unique=True),
        sa.Column("department", sa.String, sa.ForeignKey("department.key")),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("working_days", sa.String, nullable=False),
        sa.Column("work_start", sa.String, nullable=False),
        sa.Column("work_end", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer, primary_key=True),
        _person_id(),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("user", sa.String, nullable=False),
        sa.UniqueConstraint("platform", "tenant", "user"),
        sa.UniqueConstraint("person_id", "platform"),
    )


def _roles() -> None:
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer, primary_key=True),
        _person_id(index=True),
        sa.Column("role", sa.String, nullable=False, index=True),
        sa.Column("department", sa.String, sa.ForeignKey("department.key")),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("ends_at", TIME),
    )


def _person_id(*, index: bool = False) -> sa.Column[int]:
    reference = sa.ForeignKey("person.id", ondelete="CASCADE")
    return sa.Column("person_id", sa.Integer, reference, nullable=False, index=index)


def _conversations() -> None:
    op.create_table(
        "inbound",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("day", sa.Date, nullable=False, index=True),
    )
    op.create_table(
        "room_place",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("room", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String, nullable=False),
        sa.UniqueConstraint("room", "platform", "tenant", "channel", "thread"),
    )
    op.create_index("ix_room_place_channel", "room_place", ["platform", "tenant", "channel"])


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("tenant", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
        sa.Column("message", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False, index=True),
        sa.Column("entity", sa.String, nullable=False, index=True),
        sa.Column("sensitive", sa.Boolean, nullable=False),
        sa.Column("job_key", sa.String, nullable=False),
        sa.Column("posted_at", TIME, nullable=False),
        sa.Column("edited_at", TIME),
        sa.Column("dead", sa.Boolean, nullable=False),
        sa.UniqueConstraint("platform", "tenant", "channel", "message"),
    )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("lane", sa.String),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("run_at", TIME, nullable=False),
        sa.Column("lease_until", TIME),
        sa.Column("lease_owner", sa.String),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.String),
        sa.Column("created", TIME, nullable=False, server_default=sa.func.now()),
        sqlite_autoincrement=True,
    )
    ready = sa.text("state = 'ready'")
    for name, columns in {
        "ix_job_due": ["priority", "run_at", "id"],
        "ix_job_lane": ["lane", "id"],
        "ix_job_lease": ["lease_owner"],
    }.items():
        op.create_index(name, "job", columns, sqlite_where=ready, postgresql_where=ready)
    op.create_table(
        "rate_gate",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("next_at", sa.BigInteger, nullable=False),
    )


def _schedules() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("tz", sa.String, nullable=False),
        sa.Column("next_at", TIME, nullable=False, index=True),
        sa.Column("last_slot", sa.String),
        sa.Column("grace_seconds", sa.Integer, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.UniqueConstraint("kind", "owner"),
        sqlite_autoincrement=True,
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("actor", sa.Integer),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("entity", sa.String, nullable=False, index=True),
        sa.Column("before", sa.String, nullable=False),
        sa.Column("after", sa.String, nullable=False),
        sa.Column("request_id", sa.String, nullable=False),
        sa.Column("previous", sa.String, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("seal", sa.String, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "", "seal": ""}])


def _guard_audit_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_refuses_{act.lower()} BEFORE {act} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'The audit is append-only.'); END"
        )


def _guard_audit_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'The audit is append-only.'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
