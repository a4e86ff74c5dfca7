"""The ledger of our posts, for edits, redaction, erasure, and posts whose outcome is unknown."""

from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.prepared import Prepared

post = sa.Table(
    "post",
    SQLModel.metadata,
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
    sa.Column("posted_at", UTCDateTime, nullable=False),
    sa.Column("edited_at", UTCDateTime),
    sa.Column("dead", sa.Boolean, nullable=False),
    sa.Column("link", sa.String),
    sa.UniqueConstraint("platform", "tenant", "channel", "message"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message of ours on a platform."""

    platform: str
    tenant: str
    channel: str
    message: str  #: the platform's own id of it
    key: str  #: sends under the same key edit it
    posted_at: datetime
    thread: str | None = None
    entity: str = ""  #: what it speaks of, such as "vote:3"
    sensitive: bool = False  #: it carries candidate or incident data
    job_key: str = ""  #: the job that posted it
    edited_at: datetime | None = None
    dead: bool = False  #: it is gone from its platform
    link: str | None = None  #: the address at which people open it


_FIELDS = tuple(field.name for field in fields(Post))
_RECORD = Prepared(insert(post).on_conflict_do_nothing(), *_FIELDS)
_FIND = Prepared(
    sa.select(post.c.message)
    .where(
        post.c.key == sa.bindparam("key"),
        post.c.platform == sa.bindparam("platform"),
        post.c.tenant == sa.bindparam("tenant"),
        post.c.channel == sa.bindparam("channel"),
        post.c.thread.is_not_distinct_from(sa.bindparam("thread", type_=sa.String)),
        post.c.dead.is_(False),
    )
    .order_by(post.c.id.desc())
    .limit(1)
)


def record(session: Session, posted: Post) -> None:
    """Remember a post; remembering it again changes nothing."""
    _RECORD.changed(session, **{name: getattr(posted, name) for name in _FIELDS})


def find(
    session: Session, key: str, *, platform: str, tenant: str, channel: str, thread: str | None
) -> str | None:
    """Return the id of the newest post under *key* in this place that is still there."""
    found = _FIND.rows(
        session, key=key, platform=platform, tenant=tenant, channel=channel, thread=thread
    )
    return found[0][0] if found else None


def all_for(session: Session, key: str) -> list[Post]:
    """Return every post under *key*, on any platform, the oldest first."""
    return _posts(session, post.c.key == key)


def at(session: Session, platform: str, tenant: str, channel: str, message: str) -> Post | None:
    """Return the post of that name in a channel; None when it is none of ours."""
    return next(iter(_posts(session, *_named(platform, tenant, channel, message))), None)


def about(session: Session, entity: str) -> list[Post]:
    """Return every post that speaks of *entity*, the oldest first."""
    return _posts(session, post.c.entity == entity)


def edited(
    session: Session, platform: str, tenant: str, channel: str, message: str, *, now: datetime
) -> None:
    """Note that a post was changed on its platform."""
    changed = _one(platform, tenant, channel, message).values(edited_at=now)
    session.connection().execute(changed)


def mark_dead(session: Session, platform: str, tenant: str, channel: str, message: str) -> None:
    """Note that a post is gone from its platform."""
    changed = _one(platform, tenant, channel, message).values(dead=True)
    session.connection().execute(changed)


def _posts(session: Session, *wanted: sa.ColumnElement[bool]) -> list[Post]:
    columns = [post.c[name] for name in _FIELDS]
    rows = session.connection().execute(sa.select(*columns).where(*wanted).order_by(post.c.id))
    return [Post(**row) for row in rows.mappings()]


def _one(platform: str, tenant: str, channel: str, message: str) -> sa.Update:
    return sa.update(post).where(*_named(platform, tenant, channel, message))


def _named(
    platform: str, tenant: str, channel: str, message: str
) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        post.c.platform == platform,
        post.c.tenant == tenant,
        post.c.channel == channel,
        post.c.message == message,
    )
