"""The index of each database in memory, kept up with what any replica changes."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock

from sqlmodel import Session

from bot.ui import Message
from workflows.glossary import tables
from workflows.glossary.index import Entry, Found, Index
from workflows.glossary.tables import Tally

#: A process serves one database; tests open more, one after the other.
_SHELVES_KEPT = 4
#: Different lookups counted before they must be written down; more are not counted.
_TALLIES_KEPT = 10_000
_KEY_KEPT = 60
#: Definitions kept as messages, for the terms that are looked up again and again.
_MESSAGES_KEPT = 2_000


class Shelf:
    """One database's index, and the lookups counted since they were last written down."""

    def __init__(self) -> None:
        self._number = -1
        self._catching_up = Lock()
        self._counts: Counter[Tally] = Counter()
        self._counting = Lock()
        self._messages: dict[Hashable, tuple[Entry, Message]] = {}
        self.index = Index()

    def catch_up(self, session: Session, number: int) -> None:
        """Take in what changed up to edition *number*.

        While one thread does so the others answer from what was there before; only the very
        first build makes them wait.
        """
        if number == self._number or not self._catching_up.acquire(blocking=self._number < 0):
            return
        try:
            if number < self._number:  # a backup was put back
                self._number, self.index = -1, Index()
            self.index.put(tables.entries_since(session, self._number))
            self._number = number
        finally:
            self._catching_up.release()

    def count(self, found: Found, department: str | None, today: date) -> None:
        """Count a lookup, without who asked."""
        tally = Tally(found.key[:_KEY_KEPT], found.hit, department or "", today)
        with self._counting:
            if tally in self._counts or len(self._counts) < _TALLIES_KEPT:
                self._counts[tally] += 1

    def shown(self, entry: Entry, key: Hashable, show: Callable[[], Message]) -> Message:
        """Return what *show* makes of *entry*, or made of it under *key* before.

        *key* names everything else that the message depends on.
        """
        kept, message = self._messages.get(key, (None, None))
        # An entry that changes is replaced as a whole.
        if message is None or kept is not entry:
            message = show()
            if len(self._messages) >= _MESSAGES_KEPT:
                self._messages.clear()
            self._messages[key] = (entry, message)
        return message

    def write_down(self, session: Session) -> None:
        """Store what was counted; a count is a hint and may be lost with its process."""
        with self._counting:
            counts, self._counts = self._counts, Counter()
        tables.add_lookups(session, counts)


_shelves: OrderedDict[tuple[str, str], Shelf] = OrderedDict()
_opening = Lock()


def shelf(session: Session) -> Shelf:
    """Return the index of this session's database, as of this moment.

    Not to be asked for after this transaction began an edition, which may yet be rolled back.
    """
    found, number = _opened(session)
    found.catch_up(session, number)
    return found


def write_down(session: Session) -> None:
    """Store the lookups counted in this process."""
    found, _ = _opened(session)
    found.write_down(session)


def _opened(session: Session) -> tuple[Shelf, int]:
    epoch, number = tables.edition(session)
    database = session.get_bind().engine.url.database or ""
    with _opening:
        found = _shelves.setdefault((database, epoch), Shelf())
        while len(_shelves) > _SHELVES_KEPT:
            _shelves.popitem(last=False)
    return found, number
