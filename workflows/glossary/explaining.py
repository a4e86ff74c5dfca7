"""The terms that stand in a text, with what they mean to a department: for other workflows."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from workflows.glossary import rules, shelf
from workflows.glossary.index import Entry, Index
from workflows.glossary.rules import Status

#: Words of a text that are looked at, and the most that make up one term.
WORDS_READ, LONGEST_TERM_WORDS = 400, 6


@dataclass(frozen=True, slots=True)
class Explained:
    """A term that stands in a text, in plain words for one department."""

    term: int
    label: str
    plain: str
    #: Who says so: the department's own meaning, or a shared one, comes before all others.
    department: str
    #: The department that reads it, or everybody, agreed to this meaning; else it is a word of
    #: others.
    is_shared: bool


def explain(session: Session, text: str, department: str | None) -> list[Explained]:
    """Return the terms in *text* that people still use, each once, in order."""
    index = shelf.shelf(session).index
    found = (_for_readers(entry, department) for entry in dict.fromkeys(terms_in(text, index)))
    return [one for one in found if one is not None]


def terms_in(text: str, index: Index) -> Iterator[Entry]:
    """Yield the terms that stand in *text*, the longest at each word."""
    words = text.split()[:WORDS_READ]
    start = 0
    while start < len(words):
        taken = 1
        for length in range(min(LONGEST_TERM_WORDS, len(words) - start), 0, -1):
            if entry := index.named(" ".join(words[start : start + length])):
                yield entry
                taken = length
                break
        start += taken


def _for_readers(entry: Entry, department: str | None) -> Explained | None:
    used = [one for one in entry.meanings if one.status is not Status.DEPRECATED]
    if not used:
        return None
    top = rules.arrange(used, department)[0]
    is_shared = top.department in {department, rules.SHARED}
    return Explained(entry.id, entry.label, top.wording.plain, top.department, is_shared)
