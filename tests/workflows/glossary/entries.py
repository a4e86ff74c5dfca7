"""Entries for tests of the index, made without a database."""

from datetime import UTC, datetime

from workflows.glossary.importing import seeds
from workflows.glossary.index import Entry, Index, Meaning
from workflows.glossary.rules import Status
from workflows.glossary.wording import Wording

WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def entry(
    id: int, label: str, *departments: str, aliases: tuple[str, ...] = (), expansion: str = ""
) -> Entry:
    """Return an entry with a meaning for each department."""
    meanings = tuple(
        Meaning(
            id * 10 + position,
            department,
            Status.APPROVED,
            1,
            WHEN,
            None,
            "",
            Wording("Some plain words about it.", expansion=expansion),
        )
        for position, department in enumerate(departments or ("ta",))
    )
    return Entry(id, label, aliases, meanings)


def seeded() -> Index:
    """Return an index of the terms that the glossary begins with."""
    index = Index()
    found: dict[str, Entry] = {}
    for position, row in enumerate(seeds(), start=1):
        meaning = Meaning(position, row.department, Status.APPROVED, 1, WHEN, None, "", row.wording)
        known = found.get(row.term, Entry(position, row.term, row.aliases, ()))
        found[row.term] = Entry(known.id, row.term, row.aliases, (*known.meanings, meaning))
    index.put(found.values())
    return index
