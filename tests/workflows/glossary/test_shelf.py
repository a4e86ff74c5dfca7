"""The index in memory: flat, incremental, and never in the way of readers."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlmodel import Session

from bot.ui import Message
from storage.database import Database
from tests.furniture import Furniture, nothing
from tests.workflows.glossary.entries import entry
from workflows import glossary
from workflows.glossary import shelf, tables
from workflows.glossary.index import Entry
from workflows.glossary.shelf import Shelf

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEADER = "term,department,plain"


@pytest.fixture
def furniture() -> Furniture:
    """A glossary without a term."""
    return nothing


def add(session: Session, labels: tuple[str, ...]) -> None:
    rows = "".join(f"{label},ta,What it means.\n" for label in labels)
    glossary.apply_import(session, glossary.plan_import(session, f"{HEADER}\n{rows}"), NOW)


def test_a_definition_is_drawn_anew_once_its_entry_changes() -> None:
    kept = Shelf()
    before, after = Entry(1, "EDRM", (), ()), Entry(1, "EDRM", ("discovery",), ())

    first = kept.shown(before, "key", lambda: Message(text="before"))
    again = kept.shown(before, "key", lambda: Message(text="never made"))
    changed = kept.shown(after, "key", lambda: Message(text="after"))

    assert again is first
    assert changed.text == "after"


def test_no_more_definitions_are_kept_than_there_is_room_for() -> None:
    kept = Shelf()
    term = Entry(1, "EDRM", (), ())

    for key in range(shelf._MESSAGES_KEPT + 1):
        kept.shown(term, key, lambda: Message(text="a meaning"))

    assert len(kept._messages) <= shelf._MESSAGES_KEPT


async def test_only_what_changed_is_read_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    entries_since = tables.entries_since

    def counted(session: Session, number: int) -> Iterator[Entry]:
        entries = list(entries_since(session, number))
        read.append(len(entries))
        return iter(entries)

    monkeypatch.setattr(tables, "entries_since", counted)
    for labels in (("one", "two", "three"), ("four",)):
        await database.write(partial(add, labels=labels))
        await database.read(shelf.shelf)
    await database.read(shelf.shelf)

    assert read == [3, 1]


async def test_a_rolled_back_change_is_never_seen(database: Database) -> None:
    def fail(session: Session) -> None:
        add(session, ("gone",))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(fail)
    await database.write(lambda session: add(session, ("kept",)))

    here = await database.read(shelf.shelf)
    assert [found.label for found in here.index.entries.values()] == ["kept"]


def test_readers_answer_from_before_while_another_thread_catches_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here, reading, go_on = Shelf(), threading.Event(), threading.Event()

    def slow(_session: Session, number: int) -> Iterator[Entry]:
        if number > 0:
            reading.set()
            assert go_on.wait(60)
        yield entry(number + 2, f"word {number}")

    monkeypatch.setattr(tables, "entries_since", slow)
    with Session() as session:
        here.catch_up(session, 1)
        patching = threading.Thread(target=here.catch_up, args=(session, 2))
        patching.start()
        assert reading.wait(60)

        here.catch_up(session, 2)
        before = len(here.index.entries)
        go_on.set()
        patching.join(60)

    assert before == 1
    assert len(here.index.entries) == 2
