"""Texts without names: in the place of each person whom Parley knows stands their role."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.context import Context
from bot.roles import Role
from storage import people, roster
from workflows.incidents import parts
from workflows.incidents.tables import Incident
from workflows.incidents.timeline import LEAD
from workflows.reports.rules import SECURITY

COLLEAGUE = "a colleague"
#: Shorter parts of a name are words like any other.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A text without names, and how many stood in it."""

    text: str
    count: int


def without_names(ctx: Context, incident: Incident, text: str) -> Unnamed:
    """Return *text* with roles for names: whole ones and addresses however they are written.

    First and last names alone are found where they are written with a capital, as names are. Who
    reported something is never said: that would tell it to whoever guesses a name.
    """
    text = unicodedata.normalize("NFC", text)
    labels: dict[str, str] = {}
    patterns: list[str] = []
    for term, pattern, id in sorted(_terms(ctx, text), key=lambda one: -len(one[0])):
        label = label_of(ctx, incident, id)
        shared = labels.setdefault(term, label)
        labels[term] = label if shared == label else COLLEAGUE
        patterns.append(pattern)
    if not patterns:
        return Unnamed(text, 0)
    found = re.compile(rf"(?<!\w)@?({'|'.join(patterns)})(?!\w)")
    return Unnamed(*found.subn(lambda match: labels[_folded(match[1])], text))


def label_of(ctx: Context, incident: Incident, person_id: int) -> str:
    """Return as what somebody is spoken of in an incident."""
    if incident.lead_id == person_id:
        return parts.title_of(LEAD)
    someone = people.by_id(ctx.session, person_id, now=ctx.now)
    if someone.holds(Role.TRIAGE, SECURITY):
        return parts.title_of(parts.TRIAGE)
    acts_for = (one.department for one in someone.grants if one.role == Role.RESPONDER)
    department = next(filter(None, acts_for), "")
    return parts.title_of(department) if department else COLLEAGUE


def _terms(ctx: Context, text: str) -> Iterator[tuple[str, str, int]]:
    """Yield each name that may stand in a text: folded, as a pattern, and whose it is."""
    folded = _folded(text)
    for id, (name, email) in _known(ctx).items():
        for whole in filter(None, (name, email)):
            if _folded(whole) in folded:
                written = r"\s+".join(map(re.escape, whole.split()))
                yield _folded(whole), f"(?i:{written})", id
        for part in name.split():
            if len(part) >= _SHORTEST_PART and part in text:
                yield _folded(part), re.escape(part), id


def _known(ctx: Context) -> Mapping[int, tuple[str, str]]:
    return {
        id: (unicodedata.normalize("NFC", name), email or "")
        for id, name, email in roster.names(ctx.session)
    }


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
