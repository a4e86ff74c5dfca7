"""All terms in memory: what a lookup finds, and what it suggests when it finds nothing."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile

from workflows.glossary.rules import (
    PREFIX_MIN,
    SUGGESTIONS_MAX,
    Hit,
    Near,
    Status,
    arrange,
    edits_allowed,
    key_norm,
    suggestions,
)
from workflows.glossary.spelling import Spellings
from workflows.glossary.wording import Wording

#: So many keys with the typed beginning are looked at, the shortest first.
_PREFIXES_SEEN = 12


@dataclass(frozen=True, slots=True)
class Meaning:
    """One sense as readers see it."""

    id: int
    department: str
    status: Status
    version: int
    approved_at: datetime
    review_due: datetime | None
    replaced_by: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Entry:
    """One term with its aliases and its published senses."""

    id: int
    label: str
    aliases: tuple[str, ...]
    meanings: tuple[Meaning, ...]

    def names(self) -> set[str]:
        """Return the keys of its label and aliases."""
        return {key_norm(name) for name in (self.label, *self.aliases)} - {""}

    def expansions(self) -> set[str]:
        """Return the keys of what it is spelt out as."""
        return {key_norm(meaning.wording.expansion) for meaning in self.meanings} - {""}

    def departments(self) -> frozenset[str]:
        """Return who gives it a meaning."""
        return frozenset(meaning.department for meaning in self.meanings)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a lookup: an entry with its meanings in the reader's order, or suggestions."""

    hit: Hit
    key: str
    entry: Entry | None = None
    meanings: tuple[Meaning, ...] = ()
    suggested: tuple[Entry, ...] = ()


class Index:
    """Entries by name and by expansion.

    One thread changes it at a time; readers need no lock, since the lists they walk are
    replaced and never changed in place.
    """

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self._by_name: dict[str, int] = {}
        self._by_expansion: dict[str, tuple[int, ...]] = {}
        self._keys_by_length: dict[int, list[str]] = {}
        self._spellings = Spellings()

    def put(self, entries: Iterable[Entry]) -> None:
        """Add *entries*, each in place of what stood under its id; without a meaning it goes."""
        touched: set[str] = set()
        for entry in entries:
            touched |= self._put(entry) if entry.meanings else self._remove(entry.id)
        self._rebuild(touched)

    def find(self, text: str, department: str | None) -> Found:
        """Look *text* up: by name, then by expansion, then what is near it."""
        return self.exactly(text, department) or self._nearly(text, department)

    def exactly(self, text: str, department: str | None) -> Found | None:
        """Look *text* up by name, then by expansion; this takes microseconds."""
        key = key_norm(text)
        if entry := self.entries.get(self._by_name.get(key, 0)):
            hit = Hit.EXACT if key == key_norm(entry.label) else Hit.ALIAS
            return self._found(hit, key, entry, department)
        spelt = self._these(self._by_expansion.get(key, ()))
        if len(spelt) == 1:
            return _spelt_on_top(self._found(Hit.EXPANSION, key, spelt[0], department))
        return None

    def _nearly(self, text: str, department: str | None) -> Found:
        """Suggest what is near *text*; among many terms this takes milliseconds."""
        key = key_norm(text)
        spelt = self._these(self._by_expansion.get(key, ()))
        suggested = spelt[:SUGGESTIONS_MAX] or self._suggested(key, department)
        return Found(Hit.NEAR if suggested else Hit.NONE, key, suggested=suggested)

    def named(self, text: str) -> Entry | None:
        """Return the entry whose label or alias is *text*."""
        return self.entries.get(self._by_name.get(key_norm(text), 0))

    def neighbours(self, text: str, department: str | None) -> tuple[Entry, ...]:
        """Return what else *text* might have meant, when what it found was not it."""
        key = key_norm(text)
        return self._suggested(key, department, but=self._by_name.get(key))

    def _these(self, ids: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(entry for id in ids if (entry := self.entries.get(id)))

    def _found(self, hit: Hit, key: str, entry: Entry, department: str | None) -> Found:
        return Found(hit, key, entry, tuple(arrange(entry.meanings, department)))

    def _suggested(
        self, typed: str, department: str | None, *, but: int | None = None
    ) -> tuple[Entry, ...]:
        """Return what is nearest; what lies farther takes longer, and never goes before it."""
        best: tuple[int, ...] = ()
        for near in self._farther_and_farther(typed):
            others = (found for found in near if found.term != but)
            best = suggestions(others, typed, department)
            if len(best) == SUGGESTIONS_MAX:
                break
        return self._these(best)

    def _farther_and_farther(self, typed: str) -> Iterator[list[Near]]:
        """Yield all within one edit, within two and so on, then also what begins with *typed*."""
        allowed = edits_allowed(len(typed))
        near: list[Near] = []
        for edits in range(1, allowed + 1):
            keys = self._spellings.near(typed, edits)
            near = [found for key, taken in keys for found in self._named(key, taken)]
            yield near
        if len(typed) >= PREFIX_MIN:
            begun = islice(self._beginning_with(typed), _PREFIXES_SEEN)
            yield near + [found for key in begun for found in self._named(key, allowed + 1)]

    def _beginning_with(self, typed: str) -> Iterator[str]:
        for length in sorted(self._keys_by_length):
            keys = self._keys_by_length[length] if length > len(typed) else []
            start = bisect_left(keys, typed)
            first = keys[start : start + _PREFIXES_SEEN]
            yield from takewhile(lambda key: key.startswith(typed), first)

    def _named(self, key: str, edits: int) -> Iterator[Near]:
        own = self._by_name.get(key)
        for term in (own,) if own is not None else self._by_expansion.get(key, ()):
            if (entry := self.entries.get(term)) is not None:
                yield Near(term, key, edits, entry.departments())

    def _put(self, entry: Entry) -> set[str]:
        """Put *entry* in its place without a moment in which it cannot be found."""
        old = self.entries.get(entry.id) or Entry(entry.id, "", (), ())
        names, expansions = entry.names(), entry.expansions()
        self.entries[entry.id] = entry
        self._by_name.update(dict.fromkeys(names, entry.id))
        for key in expansions - old.expansions():
            self._by_expansion[key] = (*self._by_expansion.get(key, ()), entry.id)
        for key in old.names() - names:
            if self._by_name.get(key) == entry.id:
                del self._by_name[key]
        for key in old.expansions() - expansions:
            self._unspell(key, entry.id)
        return names ^ old.names() | expansions ^ old.expansions()

    def _remove(self, id: int) -> set[str]:
        touched = self._put(Entry(id, "", (), ()))
        del self.entries[id]
        return touched

    def _unspell(self, key: str, id: int) -> None:
        left = tuple(term for term in self._by_expansion[key] if term != id)
        self._by_expansion[key] = left
        if not left:
            del self._by_expansion[key]

    def _rebuild(self, touched: set[str]) -> None:
        """Renew what is searched for the *touched* keys."""
        known = {key for key in touched if key in self._by_name or key in self._by_expansion}
        self._spellings.change(touched, gone=touched - known)
        by_length: defaultdict[int, set[str]] = defaultdict(set)
        for key in touched:
            by_length[len(key)].add(key)
        for length, changed in by_length.items():
            kept = set(self._keys_by_length.get(length, ())) - changed
            self._keys_by_length[length] = sorted(kept | (changed & known))


def _spelt_on_top(found: Found) -> Found:
    """Put the meanings first that are spelt out as what was typed: nobody meant another."""

    def is_another(meaning: Meaning) -> bool:
        return key_norm(meaning.wording.expansion) != found.key

    return replace(found, meanings=tuple(sorted(found.meanings, key=is_another)))
