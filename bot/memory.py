"""What was read from the database at most a second ago, for answers that need no more than that."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from math import inf
from typing import TypeVar, cast

from sqlmodel import Session

T = TypeVar("T")

#: How old a remembered value may be: another replica's change is seen within this time.
SECONDS = 1.0
ENTRIES = 10_000


class Forgotten(Exception):
    """Not in memory, or too old: the request goes on with the database."""


class Memory:
    """Values under keys; every write of this process empties it."""

    def __init__(self) -> None:
        self._values: dict[Hashable, tuple[float, object]] = {}
        self._writes = 0

    def get(self, key: Hashable, load: Callable[[Session], T], session: Session | None) -> T:
        """Return what *load* reads; without a session, what it read under *key* just now.

        Raises:
            Forgotten: there is no session, and nothing fresh enough.
        """
        begun, writes = time.monotonic(), self._writes
        if session is None:
            return cast("T", self._fresh(key, begun))
        value = load(session)
        if len(self._values) >= ENTRIES:
            self._values.clear()
        # What was read before a write is not kept after it.
        if writes == self._writes:
            self._values[key] = (begun, value)
        return value

    def _fresh(self, key: Hashable, now: float) -> object:
        loaded_at, value = self._values.get(key, (-inf, None))
        if now - loaded_at >= SECONDS:
            raise Forgotten
        return value

    def clear(self) -> None:
        """Forget everything: a write may have changed it."""
        self._writes += 1
        self._values.clear()
