"""What has already reached us: keyed digests only, so that nobody can be traced through them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, SQLModel

from storage.prepared import Prepared

inbound = sa.Table(
    "inbound",
    SQLModel.metadata,
    sa.Column("key", sa.String, primary_key=True),
    # The day alone: an exact time would tell an anonymous reporter's row from the others.
    sa.Column("day", sa.Date, nullable=False, index=True),
)

# PostgreSQL's form of the clause compiles for both databases; SQLite's own does not.
_ADD = Prepared(insert(inbound).on_conflict_do_nothing(), "key", "day")


def first_time(session: Session, key_digest: str, *, now: datetime) -> bool:
    """Note that this request is being answered; False when it already was."""
    return _ADD.changed(session, key=key_digest, day=now.date()) == 1


def prune(session: Session, before: datetime) -> int:
    """Forget the requests of earlier days and return how many there were."""
    gone = session.connection().execute(sa.delete(inbound).where(inbound.c.day < before.date()))
    return gone.rowcount
