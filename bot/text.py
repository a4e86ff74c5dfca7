"""The grammar of what people type, the same at every door: `verb [sub] [ref] [args] --flags`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from types import MappingProxyType

# What nobody types on purpose: controls, halves of characters (no database takes either), and
# characters without width that stick to pasted words. Line breaks and tabs stay.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ud800-\udfff]")

# Chat clients turn straight quotes into these, and the two hyphens of a flag into one dash.
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»\N{FULLWIDTH QUOTATION MARK}", '"'))
_NAME = r"(?P<mark>--|[\N{EN DASH}\N{EM DASH}])?(?P<name>[A-Za-z][A-Za-z0-9_-]*)"

# A quoted string, perhaps as the value of a flag or a key; an `=` of its own; or all up to a
# blank. A quote that is never closed is a character like any other.
_PIECE = re.compile(rf'(?:{_NAME}=)?"(?P<quoted>[^"]*)"|(?P<defines>=)|\S+')
_NAMED = re.compile(rf"{_NAME}(?P<equals>=(?P<value>.*))?", re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"')
# Without any of these there are only words.
_SIGN = re.compile('--|[="\N{EN DASH}\N{EM DASH}' + "".join(map(chr, _QUOTES)) + "]")
_REF = re.compile(
    r"(?P<kind>[A-Za-z]{1,4})[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}](?P<number>[0-9]{1,9})"
)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The short name of a thing, such as S-12, V-7 or INC-42."""

    kind: str  #: in capitals
    number: int

    @classmethod
    def parse(cls, word: str) -> Ref | None:
        """Read *word* as a reference; None when it is none."""
        match = _REF.fullmatch(word)
        return cls(match["kind"].upper(), int(match["number"])) if match else None

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody typed, taken apart.

    `add "legal hold" = Keep it all. --dept=legal` has the words `add` and `legal hold`, the rest
    `Keep it all.` and the flag `dept`. After an `=` of its own only flags at the very end are
    flags; after a `--` of its own nothing is.
    """

    text: str  #: all of it, without characters that nobody types
    words: tuple[str, ...]  #: in order, without their quotes
    flags: Mapping[str, str]  #: by lower-case name; "" without a value; the last one wins
    values: Mapping[str, str]  #: the `key=value` pieces, likewise
    rest: str | None  #: the free text after `=` or `--`, as it was typed

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Return the words that read as references, in order; they stay words as well."""
        return tuple(ref for ref in map(Ref.parse, self.words) if ref)


def parse(text: str) -> Line:
    """Take apart what somebody typed; whatever it is, this never fails."""
    text = typed(text).strip()
    if not _SIGN.search(text):
        return Line(text, tuple(text.split()), _NOTHING, _NOTHING, None)
    pieces = list(_pieces(text))
    taken = list(takewhile(lambda piece: piece.kind not in _SEPARATORS, pieces))
    rest = None
    if len(taken) < len(pieces):
        separator = pieces[len(taken)]
        flags = _flags_at_the_end(pieces) if separator.kind is _Kind.DEFINES else []
        rest = text[separator.end : flags[0].start if flags else len(text)].strip()
        taken += flags
    return Line(
        text=text,
        words=tuple(piece.text for piece in taken if piece.kind is _Kind.WORD),
        flags=_named(taken, _Kind.FLAG),
        values=_named(taken, _Kind.VALUE),
        rest=rest and _unquoted(rest),
    )


def split_verb(text: str) -> tuple[str, str]:
    """Return the first word in lower case, and what follows it as it was typed."""
    verb, *rest = typed(text).split(maxsplit=1) or [""]
    return verb.casefold(), "".join(rest).rstrip()


def typed(text: str) -> str:
    """Return *text* without the characters that nobody types and no database takes."""
    return _UNTYPED.sub("", text)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that *word* is most likely a slip of, or None.

    Two edits are forgiven, one in words of two or three letters; swapping two neighbours is one
    edit. Among equals those of the same length come first, then the earliest.
    """
    # Only slips need it, and it costs 3 MiB.
    from rapidfuzz.distance import OSA  # noqa: PLC0415  # see above

    slip = word.casefold()
    allowed = min(2, len(slip) // 2)

    def unlike(candidate: str) -> tuple[int, bool]:
        distance = OSA.distance(slip, candidate.casefold(), score_cutoff=allowed)
        return distance, len(candidate) != len(slip)

    best = min(candidates, key=unlike, default=None)
    return best if best is not None and unlike(best)[0] <= allowed else None


_NOTHING: Mapping[str, str] = MappingProxyType({})


class _Kind(StrEnum):
    WORD = "word"
    FLAG = "--flag"
    VALUE = "key=value"
    DEFINES = "="
    VERBATIM = "--"


_SEPARATORS = frozenset({_Kind.DEFINES, _Kind.VERBATIM})


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: _Kind
    text: str  #: the word, or the value of a flag or key
    start: int
    end: int
    name: str = ""


def _pieces(text: str) -> Iterator[_Piece]:
    # Translated one for one, so that positions hold in the text as it was typed.
    for match in _PIECE.finditer(text.translate(_QUOTES)):
        start, end = match.span()
        if match["quoted"] is not None:
            yield _perhaps_named(match, match["quoted"], start, end)
        elif match["defines"]:
            yield _Piece(_Kind.DEFINES, "", start, end)
        else:
            yield from _unquoted_pieces(text[start:end], start, end)


def _unquoted_pieces(word: str, start: int, end: int) -> Iterator[_Piece]:
    named = _NAMED.fullmatch(word)
    if word == "--":
        yield _Piece(_Kind.VERBATIM, "", start, end)
    elif named is None or not (named["mark"] or named["equals"]):
        yield _Piece(_Kind.WORD, word, start, end)
    elif named["mark"] or named["value"]:
        yield _perhaps_named(named, named["value"] or "", start, end)
    else:
        # `EDRM= text`: the blank before the sign was forgotten.
        yield _Piece(_Kind.WORD, named["name"], start, end - 1)
        yield _Piece(_Kind.DEFINES, "", end - 1, end)


def _perhaps_named(match: re.Match[str], value: str, start: int, end: int) -> _Piece:
    if match["name"] is None:
        return _Piece(_Kind.WORD, value, start, end)
    kind = _Kind.FLAG if match["mark"] else _Kind.VALUE
    return _Piece(kind, value, start, end, name=match["name"].casefold())


def _flags_at_the_end(pieces: Sequence[_Piece]) -> list[_Piece]:
    trailing = takewhile(lambda piece: piece.kind is _Kind.FLAG, reversed(pieces))
    return list(trailing)[::-1]


def _named(pieces: Iterable[_Piece], kind: _Kind) -> Mapping[str, str]:
    return MappingProxyType({piece.name: piece.text for piece in pieces if piece.kind is kind})


def _unquoted(text: str) -> str:
    return text[1:-1] if _QUOTED.fullmatch(text.translate(_QUOTES)) else text
