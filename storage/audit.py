"""The audit: an append-only chain of keyed hashes. It holds digests and ids, never a text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.prepared import Prepared
from storage.secrets import KEY_ID_LENGTH, Sealer
from storage.session import before_commit

audit = sa.Table(
    "audit",
    SQLModel.metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # No foreign key: the chain outlives the person's row.
    sa.Column("actor", sa.Integer),
    sa.Column("action", sa.String, nullable=False),
    sa.Column("entity", sa.String, nullable=False, index=True),
    sa.Column("before", sa.String, nullable=False),
    sa.Column("after", sa.String, nullable=False),
    sa.Column("request_id", sa.String, nullable=False),
    sa.Column("previous", sa.String, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
)
# One row: without it nobody would miss the last entries.
audit_head = sa.Table(
    "audit_head",
    SQLModel.metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("hash", sa.String, nullable=False),
    sa.Column("seal", sa.String, nullable=False),
)
_COLUMNS = [column.name for column in audit.columns]
_HEAD = Prepared(sa.select(audit_head.c.seq, audit_head.c.hash).with_for_update())
_ADD = Prepared(sa.insert(audit), *_COLUMNS)
_MOVE_HEAD = Prepared(
    sa.update(audit_head).values(
        seq=sa.bindparam("new_seq"), hash=sa.bindparam("new_hash"), seal=sa.bindparam("new_seal")
    )
)
_BATCH = 1000
_LINK, _HEAD_SEAL = "audit", "audit head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that somebody did, or that the bot did by itself."""

    at: datetime
    actor: int | None  #: the person's number
    action: str  #: the route, such as "votes.cast"
    entity: str  #: such as "vote:3"
    before: str = ""  #: a keyed digest of the state before
    after: str = ""
    request_id: str = ""


_FIELDS = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with its number in the chain."""

    seq: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the whole chain found."""

    entries: int
    broken_at: int | None = None  #: the first entry that is not as it was written
    reason: str = ""

    @property
    def intact(self) -> bool:
        """Say whether nothing was changed, removed or added by another hand."""
        return self.broken_at is None


def append(session: Session, sealer: Sealer, entry: Entry) -> None:
    """Write *entry* as the next link, just before the commit.

    On PostgreSQL the head is locked only then, together for all units of the transaction.
    """
    before_commit(session, _add_links, (sealer, entry))


def _add_links(session: Session, entries: Sequence[tuple[Sealer, Entry]]) -> None:
    [(seq, link)] = _HEAD.rows(session)
    rows = []
    for sealer, entry in entries:
        seq, previous = seq + 1, link
        link = sealer.sign(_text(seq, entry, previous), purpose=_LINK)
        rows.append(dict(seq=seq, previous=previous, hash=link, **_columns(entry)))
    _ADD.many(session, rows)
    seal = sealer.sign(_head_text(seq, link), purpose=_HEAD_SEAL)
    _MOVE_HEAD.changed(session, new_seq=seq, new_hash=link, new_seal=seal)


def verify(session: Session, sealer: Sealer) -> Verdict:
    """Read the whole chain and say where it is broken, if it is.

    Every key that ever signed must be among the sealer's.
    """
    seq, previous = 0, ""
    for link in _links(session):
        broken = _what_is_wrong(link, seq, previous, sealer)
        if broken:
            return Verdict(seq, seq + 1, broken)
        seq, previous = link.seq, link.hash
    head = session.connection().execute(sa.select(audit_head)).one()
    if seq != head.seq or previous != head.hash:
        return Verdict(seq, seq + 1, "The last entries were removed.")
    if not _vouched(head, sealer):
        return Verdict(seq, seq + 1, "The head of the chain was written by another hand.")
    return Verdict(seq)


def latest(session: Session, sealer: Sealer, entity: str) -> Found | None:
    """Return the last entry about *entity*; None when there is none, or it is not as written.

    Only its own signature is looked at: whether entries were taken away says `verify` alone.
    """
    about = sa.select(audit).where(audit.c.entity == entity)
    row = session.connection().execute(about.order_by(audit.c.seq.desc()).limit(1)).mappings()
    link = next((_link(dict(each)) for each in row), None)
    if link is None or _what_is_wrong(link, link.seq - 1, link.previous, sealer):
        return None
    return Found(link.seq, link.entry)


def entries_by_key(session: Session) -> Mapping[str, int]:
    """Return how many entries each key has signed."""
    key_id = sa.func.substr(audit.c.hash, 1, KEY_ID_LENGTH).label("key_id")
    counted = sa.select(key_id, sa.func.count().label("entries")).group_by("key_id")
    return {row.key_id: row.entries for row in session.connection().execute(counted)}


def is_ours(session: Session, sealer: Sealer) -> bool:
    """Say whether the key that signed last is among the sealer's, whatever it signed."""
    head = session.connection().execute(sa.select(audit_head)).one()
    return head.seq == 0 or sealer.knows(head.seal)


def is_readable(session: Session, sealer: Sealer) -> bool:
    """Say whether the present keys vouch for the head of the chain."""
    return _vouched(session.connection().execute(sa.select(audit_head)).one(), sealer)


@dataclass(frozen=True, slots=True)
class _Link:
    seq: int
    entry: Entry
    previous: str
    hash: str


def _vouched(head: sa.Row[Any], sealer: Sealer) -> bool:
    return head.seq == 0 or sealer.verifies(
        head.seal, _head_text(head.seq, head.hash), purpose=_HEAD_SEAL
    )


def _links(session: Session) -> Iterator[_Link]:
    last = 0
    while True:
        rows = session.connection().execute(
            sa.select(audit).where(audit.c.seq > last).order_by(audit.c.seq).limit(_BATCH)
        )
        batch = [_link(dict(row)) for row in rows.mappings()]
        if not batch:
            return
        yield from batch
        last = batch[-1].seq


def _link(row: dict[str, Any]) -> _Link:
    seq, previous, signature = row.pop("seq"), row.pop("previous"), row.pop("hash")
    return _Link(seq, Entry(**row), previous, signature)


def _what_is_wrong(link: _Link, last: int, previous: str, sealer: Sealer) -> str:
    if link.seq != last + 1:
        return "Entries were removed."
    if link.previous != previous:
        return "The entry does not follow the one before it."
    if link.hash.partition(".")[0] not in sealer.key_ids:
        return "Its key is not among ours: if you had one before, name it among the older keys."
    if not sealer.verifies(link.hash, _text(link.seq, link.entry, previous), purpose=_LINK):
        return "The entry was changed."
    return ""


def _columns(entry: Entry) -> dict[str, Any]:
    # `asdict` would copy every value deeply, the time included.
    return {name: getattr(entry, name) for name in _FIELDS}


def _text(seq: int, entry: Entry, previous: str) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    return json.dumps([seq, previous, at, *list(_columns(entry).values())[1:]])


def _head_text(seq: int, signature: str) -> str:
    return json.dumps([seq, signature])
