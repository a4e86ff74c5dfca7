"""The words of one sense, as a frozen value, and what may be wrong with them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from workflows.glossary import texts
from workflows.glossary.rules import Kind

LIMITS = {
    "expansion": 160,
    "plain": 280,
    "expert": 600,
    "example": 280,
    "why_it_matters": 200,
    "source_title": 160,
    "source_url": 500,
    "licence": 60,
}
CONFUSIONS_MAX = 5

_WEB_ADDRESS = re.compile(r"https://[^\s<>\"|]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that people wrote about one sense of a term."""

    plain: str
    kind: Kind = Kind.TERM
    expansion: str = ""
    expert: str = ""
    example: str = ""
    why_it_matters: str = ""
    not_to_confuse_with: tuple[str, ...] = ()
    source_title: str = ""
    source_url: str = ""
    licence: str = ""

    def problems(self) -> dict[str, str]:
        """Return what is wrong, by field; empty when the wording can be stored."""
        found = {} if self.plain else {"plain": texts.PLAIN_MISSING}
        for name, limit in LIMITS.items():
            if (length := len(getattr(self, name))) > limit:
                found[name] = texts.too_long(length, limit)
        if len(self.not_to_confuse_with) > CONFUSIONS_MAX:
            found["not_to_confuse_with"] = texts.too_many(CONFUSIONS_MAX)
        if self.source_url and not _WEB_ADDRESS.fullmatch(self.source_url):
            found["source_url"] = texts.BAD_ADDRESS
        return found

    def as_json(self) -> dict[str, Any]:
        """Return the wording as JSON values."""
        return {
            field.name: list(value) if isinstance(value, tuple) else str(value)
            for field in fields(self)
            for value in [getattr(self, field.name)]
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Wording":
        """Read back what `as_json` made."""
        confusions = tuple(stored["not_to_confuse_with"])
        return cls(**{**stored, "kind": Kind(stored["kind"]), "not_to_confuse_with": confusions})


def tidy(text: str) -> str:
    """Return *text* on one line, single-spaced, without the characters no keyboard types."""
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        spaced = (" " if char.isspace() else char for char in text)
        text = "".join(char for char in spaced if _is_typed(char))
    return " ".join(text.split())


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of *text* between bars, tidied, each once."""
    return tuple(dict.fromkeys(part for part in map(tidy, text.split("|")) if part))


def _is_typed(char: str) -> bool:
    # Control characters and halves of characters; PostgreSQL takes neither NUL nor the halves.
    return unicodedata.category(char) not in {"Cc", "Cs"}
