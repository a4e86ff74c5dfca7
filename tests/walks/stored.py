"""What a walk leaves in the database, without what only names a platform or a run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
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
#: Random for each database or run.
RANDOM = ("epoch", "codename")
#: Which platform it was, and what that alone calls a place or a message.
PLATFORMS_OWN = (
    "reports_report.platform",
    "reports_report.place",
    "reports_report.posted_as",
    "incidents_event.platform",
    "agendas_action.made_of",
    "agendas_minute.made_of",
)
#: Which rooms and copies there can be and which messages are handed out, each platform decides.
LEFT_TO_PLATFORMS = (
    "incidents_room",
    "incidents_rendered",
    "reports_evidence",
    "reports_custody",
    "agendas_copy",
)
IN_A_ROOM = re.compile(r"incident:[0-9]+:(room|event:[0-9]+|archive)$")
ABOUT_THEM = re.compile(
    r"rooms\.seen$|incidents\.(room_|tend_rooms)|reports\.(keep_talk|join)$"
    r"|agendas\.(agenda_here|see_place|post_minutes)$"
)
#: The digest of what is random.
SALTED = re.compile(r"evidence:[0-9]+$")
AUDITED = ("at", "actor", "action", "entity", "before", "after")
POSTED = ("platform", "channel", "key", "entity", "sensitive", "posted_at", "edited_at", "dead")
#: Where something is shown, as the platforms call it.
PLACES = "places"
#: The key of the timer that goes on with something.
LOOK = "next_look"
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
    tables = {
        name: table
        for name, table in known
        if name.startswith(wanted) and name not in LEFT_TO_PLATFORMS
    }
    found = {name: _rows(session, table) for name, table in tables.items()}
    for row in chain.from_iterable(found.values()):
        if PLACES in row:
            row[PLACES] = [where(place["channel"]) for place in row[PLACES]]
        if LOOK in row:
            row[LOOK] = _RANDOM_KEY.sub("", row[LOOK])
    chained = _rows(session, audit, *AUDITED)
    counted = [_audited(one) for one in chained if not ABOUT_THEM.match(one["action"])]
    found["audit"] = sorted(counted, key=_in_order)
    found["post"] = sorted(_posts(session, where), key=str)
    return found


def _rows(session: Session, table: sa.Table, *names: str) -> list[Row]:
    columns = [table.c[name] for name in names] or list(filter(_counts, table.c))
    rows = session.execute(sa.select(*columns).order_by(*table.primary_key)).mappings()
    return [dict(row) for row in rows]


def _counts(column: Column) -> bool:
    # What is sealed reads otherwise each time.
    is_own = f"{column.table.name}.{column.name}" in PLATFORMS_OWN
    return column.name not in RANDOM and not is_own and mark_of(column) is None


def _audited(row: Row) -> Row:
    return {**row, "after": None} if SALTED.match(str(row["entity"])) else row


def _in_order(row: Row) -> tuple[datetime, str]:
    """Return when it happened: people act in an order, timers of one moment run in any."""
    return row["at"], "" if row["actor"] else str(row)


def _posts(session: Session, where: Callable[[str], str]) -> Iterator[Row]:
    """Yield what was posted; what stands in a channel on both platforms counts once."""
    first: dict[tuple[str, str], str] = {}
    for row in _rows(session, post, *POSTED):
        platform, key, channel = row.pop("platform"), row["key"], where(row["channel"])
        if key.startswith(ANSWER) or IN_A_ROOM.match(key):
            continue
        if first.setdefault((key, channel), platform) == platform:
            yield {**row, "key": _RANDOM_KEY.sub("", key), "channel": channel}
