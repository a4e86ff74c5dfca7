"""What a walk leaves in the database, without what only names a platform or a run."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from storage.audit import audit
from storage.posts import post
from storage.secrets import Column, mark_of

Row = dict[str, Any]

#: Beside a story's own tables, everything of these counts, numbers and moments included.
DOMAIN = ("person", "role_grant", "department")
#: Random for each database.
EPOCH = "epoch"
AUDITED = ("at", "actor", "action", "entity", "before", "after")
POSTED = ("channel", "key", "entity", "sensitive", "posted_at", "edited_at", "dead")
#: Where something is shown, as the platforms call it.
PLACES = "places"
#: Where a platform carries answers back by itself, no post holds them.
ANSWER = "answer:"
#: The key of what is sent once and never edited, or the end of one that names its request.
_RANDOM_KEY = re.compile(r"[0-9a-f]{32}|(?<=:)[0-9a-f]{8}$")


def stored(
    session: Session, where: Callable[[str], str], own: tuple[str, ...]
) -> dict[str, list[Row]]:
    """Return the domain's rows, the audit's chain and the ledger of posts, by table.

    *where* says what people call a channel or chat; *own* begins the names of a story's tables.
    """
    wanted = (*own, *DOMAIN)
    known = SQLModel.metadata.tables.items()
    tables = {name: table for name, table in known if name.startswith(wanted)}
    found = {name: _rows(session, table) for name, table in tables.items()}
    for row in chain.from_iterable(found.values()):
        if PLACES in row:
            row[PLACES] = [where(place["channel"]) for place in row[PLACES]]
    # What several timers of one moment leave when they change nothing stands in any order.
    audited = _rows(session, audit, *AUDITED)
    found["audit"] = [row for row in audited if row["entity"] or row["actor"]]
    posts = [row for row in _rows(session, post, *POSTED) if not row["key"].startswith(ANSWER)]
    found["post"] = sorted((_posted(row, where) for row in posts), key=str)
    return found


def _rows(session: Session, table: sa.Table, *names: str) -> list[Row]:
    columns = [table.c[name] for name in names] or list(filter(_counts, table.c))
    rows = session.execute(sa.select(*columns).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in rows]


def _counts(column: Column) -> bool:
    # What is sealed reads otherwise each time.
    return column.name != EPOCH and mark_of(column) is None


def _posted(row: Row, where: Callable[[str], str]) -> Row:
    key = _RANDOM_KEY.sub("", row["key"])
    return {**row, "key": key, "channel": where(row["channel"])}
