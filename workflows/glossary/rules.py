"""Pure decisions of the glossary: keys, nearness, order of senses, approval, review, lint."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

SHARED = "shared"
#: Who can own a sense.
DEPARTMENTS = ("security", "ta", "legal", SHARED)
#: The departments that must each agree before a shared sense is published.
SHARED_SEATS = ("security", "ta")

LABEL_MAX = 80
SENTENCE_WORDS_MAX = 25

REVIEW_INTERVAL = timedelta(days=180)
#: Tools and threats change faster than words do.
SHORT_REVIEW_INTERVAL = timedelta(days=90)
ANSWER_WORKING_DAYS = 5
UNDO_WITHIN = timedelta(minutes=10)

PREFIX_MIN = 4
#: Up to which length of a typed key how many edits are forgiven.
_EDITS = ((3, 0), (5, 1), (10, 2))
_EDITS_IN_LONG = 3
SUGGESTIONS_MAX = 3

_SENTENCE_END = re.compile(r"[.!?]+(?:\s+|$)")
_ACRONYM = re.compile(r"\b[A-Z]{2,}(?:&[A-Z]{2,})*(?=s?\b)")
#: Abbreviations that everybody reads as words.
_ORDINARY = frozenset({"CV", "EU", "HR", "ID", "IT", "OK", "PC", "UK", "US"})


class Kind(StrEnum):
    """What sort of thing a term names."""

    ACRONYM = "acronym"
    TERM = "term"
    TOOL = "tool"
    ROLE = "role"
    METRIC = "metric"
    PROCESS = "process"
    THREAT = "threat"


class Status(StrEnum):
    """Where a sense stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    STALE = "stale"
    DEPRECATED = "deprecated"


class Hit(StrEnum):
    """How a lookup was answered."""

    EXACT = "exact"
    ALIAS = "alias"
    EXPANSION = "expansion"
    NEAR = "near"
    NONE = "none"


class Vocabulary(StrEnum):
    """Which of the two wordings a reader sees."""

    PLAIN = "plain"
    EXPERT = "expert"


class Act(StrEnum):
    """What a proposal would do once it is approved."""

    ADD = "add"
    EDIT = "edit"
    ALIAS = "alias"
    DEPRECATE = "deprecate"
    IMPORT = "import"


class RemarkKind(StrEnum):
    """What the lint of plain text can notice."""

    LONG_SENTENCE = "long_sentence"
    ACRONYM = "acronym"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a writer could make plainer; *detail* is the word or the opening words."""

    kind: RemarkKind
    detail: str


@dataclass(frozen=True, slots=True)
class Near:
    """A key that resembles what was typed, *distance* edits away."""

    term: int
    key: str
    distance: int
    departments: frozenset[str]


class HasDepartment(Protocol):
    """Anything that belongs to a department."""

    @property
    def department(self) -> str:
        """The department's key."""
        ...


S = TypeVar("S", bound=HasDepartment)


def key_norm(text: str) -> str:
    """Return the key under which *text* is found: letters and digits only, case-folded.

    ``SOC-2``, ``soc 2`` and ``Soc2`` share one key. The result is a fixed point: the key of a
    key is itself. It is empty when *text* has neither letter nor digit.
    """
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    # Folding can undo the normal form (and the other way round), so both run twice.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    again = unicodedata.normalize("NFKC", folded.casefold())
    return "".join(char for char in again if char.isalnum())


def edits_allowed(length: int) -> int:
    """Return how many edits a typed key of *length* may be away from a suggestion."""
    return next((edits for longest, edits in _EDITS if length <= longest), _EDITS_IN_LONG)


def suggestions(near: Iterable[Near], typed: str, department: str | None) -> tuple[int, ...]:
    """Return the terms worth suggesting for *typed*, best first, at most three.

    Fewer edits come first. Ties: the same first letter (people rarely miss it), then the same
    length, then the asker's own *department*, then the shorter key.
    """

    def order(found: Near) -> tuple[int, bool, bool, bool, int, str]:
        return (
            found.distance,
            found.key[:1] != typed[:1],
            len(found.key) != len(typed),
            department not in found.departments,
            len(found.key),
            found.key,
        )

    best = dict.fromkeys(found.term for found in sorted(near, key=order))
    return tuple(best)[:SUGGESTIONS_MAX]


def arrange(senses: Iterable[S], department: str | None) -> list[S]:
    """Return *senses* with the asker's own department first, then shared, then the others.

    The others stand as in `DEPARTMENTS`: what the two houses say comes before legal terms.
    """
    return sorted(
        senses,
        key=lambda sense: (
            sense.department != department,
            sense.department != SHARED,
            DEPARTMENTS.index(sense.department),
        ),
    )


def owner_group(department: str) -> str:
    """Return who looks after a sense of *department* when nobody else is named."""
    return SHARED_SEATS[0] if department == SHARED else department


def seats(departments: Iterable[str]) -> tuple[str, ...]:
    """Return the departments that must each agree to a change in *departments*."""
    needed = (SHARED_SEATS if name == SHARED else (name,) for name in departments)
    return tuple(dict.fromkeys(seat for group in needed for seat in group))


def counting(given: Mapping[str, int], *, proposer: int) -> dict[str, int]:
    """Return the seats that count as filled, with who filled them.

    Since then two people may have turned out to be one. Nobody agrees to what is their own, and
    of the seats of one person the first counts.
    """
    counted: dict[str, int] = {}
    for seat, person in sorted(given.items()):
        if person != proposer and person not in counted.values():
            counted[seat] = person
    return counted


def seat_to_take(
    *, needed: Iterable[str], given: Mapping[str, int], person: int, owns: Collection[str]
) -> str | None:
    """Return the seat *person* can fill on a proposal, or None.

    *given* maps the seats already filled to who filled them. One person fills one seat, even
    as an owner in several departments: what two departments share is agreed by two people.
    """
    if person in given.values():
        return None
    return next((seat for seat in needed if seat not in given and seat in owns), None)


def can_undo(decided_at: datetime | None, now: datetime) -> bool:
    """Tell whether there is a decision, recent enough to be taken back."""
    return decided_at is not None and now - decided_at <= UNDO_WITHIN


def review_due(kind: Kind, approved_at: datetime) -> datetime:
    """Return when a sense approved at *approved_at* should be read again."""
    short = kind in {Kind.TOOL, Kind.THREAT}
    return approved_at + (SHORT_REVIEW_INTERVAL if short else REVIEW_INTERVAL)


def status_at(status: Status, due: datetime | None, now: datetime) -> Status:
    """Return *status* as a reader should see it at *now*: approved text goes stale when due."""
    is_late = due is not None and due <= now
    return Status.STALE if status is Status.APPROVED and is_late else status


def lint(plain: str, *, own: Sequence[str] = ()) -> list[Remark]:
    """Return what would make *plain* easier to read: shorter sentences, acronyms spelt out.

    An acronym counts as spelt out when it stands in brackets, or is followed by brackets. *own*
    are the term's label and aliases, which its expansion explains.
    """
    words = (word for name in own for word in (name, *name.split()))
    known = {key_norm(word) for word in (*words, *_ORDINARY)}
    return [*_long_sentences(plain), *_bare_acronyms(plain, known)]


def _long_sentences(plain: str) -> list[Remark]:
    sentences = (sentence.split() for sentence in _SENTENCE_END.split(plain))
    return [
        Remark(RemarkKind.LONG_SENTENCE, " ".join(words[:5]))
        for words in sentences
        if len(words) > SENTENCE_WORDS_MAX
    ]


def _bare_acronyms(plain: str, known: Collection[str]) -> list[Remark]:
    found = dict.fromkeys(match.group() for match in _ACRONYM.finditer(plain))
    return [
        Remark(RemarkKind.ACRONYM, word)
        for word in found
        if key_norm(word) not in known and not _is_spelt_out(word, plain)
    ]


def _is_spelt_out(word: str, plain: str) -> bool:
    return f"({word})" in plain or f"({word}s)" in plain or f"{word} (" in plain
