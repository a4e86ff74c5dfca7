"""How items become an agenda: owners' changes first, then caps, then what time there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from workflows.agendas.calls import Item
from workflows.agendas.rules import BOXES, Part

#: What a topic takes that nobody gave a time.
TOPIC_MINUTES = 5


class Move(StrEnum):
    """Where an owner puts something, among what it stands with."""

    FIRST = "first"
    EARLIER = "earlier"
    LATER = "later"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What owners changed, by the keys of parts and items."""

    dropped: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part as it stands on an agenda, with how many items it does not show."""

    part: Part
    items: tuple[Item, ...]
    more: int = 0

    @property
    def minutes(self) -> int:
        """Return how long it is talked about."""
        box = BOXES[self.part].minutes
        if box is not None:
            return box
        return sum(item.minutes or TOPIC_MINUTES for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a meeting talks about, in order, and what there is no time for."""

    sections: tuple[Section, ...]
    folded: tuple[Section, ...]
    length: int  #: minutes
    #: What could not be read, and may have something to talk about.
    failed: tuple[Part, ...] = ()

    @property
    def minutes(self) -> int:
        """Return how long all that is talked about takes."""
        return sum(section.minutes for section in self.sections)

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to talk about."""
        return not (self.sections or self.folded or self.failed)


def arranged(found: Mapping[Part, Sequence[Item]], changes: Changes, length: int) -> Agenda:
    """Return the agenda of what was *found*, for a meeting of so many minutes.

    Parts without an item are left out.
    """
    return _fitted(sections(found, changes), length)


def sections(found: Mapping[Part, Sequence[Item]], changes: Changes) -> list[Section]:
    """Return the parts as owners want them, whatever time there is."""
    kept = [part for part in found if part not in changes.dropped]
    named = (Part(name) for name in in_place(kept, changes.places))
    return [one for part in named if (one := _section(part, found[part], changes)) is not None]


def lists(found: Sequence[Section]) -> list[list[str]]:
    """Return the keys of what stands in one list: the parts, then the items of each part."""
    return [[one.part for one in found], *([item.key for item in one.items] for one in found)]


def moved(keys: Sequence[str], key: str, to: Move) -> list[str]:
    """Return keys with one of them elsewhere."""
    others = [one for one in keys if one != key]
    at = keys.index(key)
    match to:
        case Move.FIRST:
            place = 0
        case Move.EARLIER:
            place = max(at - 1, 0)
        case Move.LATER:
            place = at + 1
        case Move.LAST:
            place = len(others)
    return [*others[:place], key, *others[place:]]


def in_place(keys: Sequence[str], places: Mapping[str, int]) -> list[str]:
    """Return keys in the order of their places; one without comes after the one before it."""
    found = sorted((key for key in keys if key in places), key=lambda key: places[key])
    before = None
    for key in keys:
        if key not in places:
            found.insert(found.index(before) + 1 if before is not None else 0, key)
        before = key
    return found


def _section(part: Part, items: Sequence[Item], changes: Changes) -> Section | None:
    """Return a part as owners want it; None when nothing is left of it."""
    kept = {item.key: item for item in items if item.key not in changes.dropped}
    shown = [kept[key] for key in in_place(list(kept), changes.places)][: BOXES[part].most]
    if not shown:
        return None
    worded = (replace(one, line=changes.words.get(one.key, one.line)) for one in shown)
    return Section(part=part, items=tuple(worded), more=len(kept) - len(shown))


def _fitted(shown: list[Section], length: int) -> Agenda:
    """Fold the lowest rows until the rest fits into the time."""
    folded: list[Section] = []
    while sum(section.minutes for section in shown) > length:
        lowest = shown.pop()
        if BOXES[lowest.part].minutes is None and len(lowest.items) > 1:
            # Each added item has a time of its own, so it is a row by itself.
            *rest, last = lowest.items
            shown.append(replace(lowest, items=tuple(rest)))
            lowest = replace(lowest, items=(last,), more=0)
        folded.append(lowest)
    return Agenda(sections=tuple(shown), folded=tuple(reversed(folded)), length=length)
