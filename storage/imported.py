"""What other systems and files call rows of ours, and what they said last of each."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, SQLModel, col, select

#: The row on which all who import wait for each other: what one brings another may refer to.
_TURN = {"source": "", "kind": "turn", "external_id": ""}


class Imported(SQLModel, table=True):
    """What a source said last of a thing, and which row of ours the thing is.

    What it said is kept without what is sealed; the keyed *digest* is over all of it. *done* is
    what of it has been carried out: whatever waits is carried out later, and that alone.
    """

    source: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    external_id: str = Field(primary_key=True)
    row_id: int | None = Field(default=None, index=True)
    digest: str = ""
    changed_at: datetime
    said: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    done: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    #: What has to be known before all of it can be carried out.
    waits_for: str | None = Field(default=None, index=True)


def take_turns(session: Session, now: datetime) -> None:
    """Wait until nobody else imports; nobody else does until the end of the transaction."""
    row = {**_TURN, "digest": "", "changed_at": now, "said": {}, "done": {}}
    session.execute(insert(Imported).values(row).on_conflict_do_nothing())
    session.get(Imported, tuple(_TURN.values()), with_for_update=True)


def find(session: Session, source: str, kind: str, external_id: str) -> Imported | None:
    """Return what a source said last of a thing."""
    return session.get(Imported, (source, kind, external_id))


def waiting(session: Session, source: str, what: str) -> list[Imported]:
    """Return what a source said that waits for *what*, the oldest first."""
    found = select(Imported).where(Imported.source == source, Imported.waits_for == what)
    in_order = (col(Imported.changed_at), col(Imported.external_id))
    return list(session.exec(found.order_by(*in_order)))


def of_row(session: Session, kind: str, row_id: int) -> list[Imported]:
    """Return what all sources said of a row of ours, the oldest first."""
    found = select(Imported).where(Imported.kind == kind, Imported.row_id == row_id)
    return list(session.exec(found.order_by(col(Imported.changed_at))))
