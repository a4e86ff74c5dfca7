"""Rotating the secret key: which fields hold sealed texts, and sealing them anew in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from storage.secrets import (
    KEY_ID_LENGTH,
    KEY_ID_STARTS,
    Column,
    Mark,
    Sealer,
    Unreadable,
    mark_of,
)

BATCH = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """How far one transaction came."""

    resealed: int
    last: int | None  #: the row to go on after; None when there was none left


@dataclass(frozen=True, slots=True)
class Field:
    """A column that holds sealed texts."""

    column: Column
    mark: Mark

    def texts_by_key(self, session: Session) -> Mapping[str, int]:
        """Return how many texts each key has sealed."""
        key_id = self._key_id
        counted = sa.select(key_id, sa.func.count().label("texts")).where(self._text.is_not(None))
        found = session.connection().execute(counted.group_by(key_id.name))
        return {row.key_id: row.texts for row in found}

    def reseal(self, session: Session, sealer: Sealer, *, after: int | None) -> Batch:
        """Seal the next texts that are not under the newest key; those under it stay as they are.

        A text that no key opens is passed over, and so is one that is being changed just now.
        """
        older = self._texts().where(self._key_id.element != sealer.key_ids[0])
        if after is not None:
            older = older.where(self._number > after)
        # It waits for nobody while it holds rows, so that no two can wait for each other.
        batch = older.order_by(self._number).limit(BATCH).with_for_update(skip_locked=True)
        rows = session.connection().execute(batch).all()
        done = sum(self._reseal(session, sealer, row) for row in rows)
        return Batch(done, rows[-1].number if rows else None)

    def is_readable(self, session: Session, sealer: Sealer) -> bool:
        """Say whether the present keys open what was sealed last."""
        newest = self._texts().order_by(self._number.desc()).limit(1)
        row = session.connection().execute(newest).first()
        return row is None or self._opened(sealer, row) is not None

    def _reseal(self, session: Session, sealer: Sealer, row: sa.Row[Any]) -> bool:
        text = self._opened(sealer, row)
        if text is None:
            return False
        again = sealer.seal(text, at=self.column, row=str(row.name))
        value = {**row.value, self.mark.within: again} if self.mark.within else again
        session.connection().execute(
            sa.update(self.column.table)
            .where(self._number == row.number)
            .values({self.column.name: value})
        )
        return True

    def _opened(self, sealer: Sealer, row: sa.Row[Any]) -> str | None:
        try:
            return sealer.open(row.text, at=self.column, row=str(row.name))
        except Unreadable:
            return None

    def _texts(self) -> sa.Select[Any]:
        """Return what selects each sealed text with its row's number and name."""
        return sa.select(
            self._number.label("number"),
            self.column.table.columns[self.mark.row].label("name"),
            self.column.label("value"),
            self._text.label("text"),
        ).where(self._text.is_not(None))

    @property
    def _number(self) -> Column:
        [number] = self.column.table.primary_key.columns
        return number

    @property
    def _text(self) -> sa.ColumnElement[Any]:
        return self.column[self.mark.within].as_string() if self.mark.within else self.column

    @property
    def _key_id(self) -> sa.Label[Any]:
        return sa.func.substr(self._text, KEY_ID_STARTS, KEY_ID_LENGTH).label("key_id")


def fields() -> Iterator[Field]:
    """Yield every field that holds sealed texts, of all tables that are imported."""
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            mark = mark_of(column)
            if mark is not None:
                yield Field(column, mark)
