"""Texts without names: in the place of each person whom Parley knows stands their role."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
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
#: A pattern that nothing matches.
_NOTHING = r"(?!)"
#: A name: folded, as a pattern, and whose it is.
Term = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A text without names, and how many stood in it."""

    text: str
    count: int


def without_names(ctx: Context, incident: Incident, text: str) -> Unnamed:
    """Return *text* with roles for names: whole ones and addresses however they are written.

    First and last names alone are found where they are written with capitals, as names are. Who
    reported something is never said: that would tell it to whoever guesses a name.
    """
    text = unicodedata.normalize("NFC", text)
    terms = list(_terms(ctx, text))
    labels: dict[str, str] = {}
    for term, _, id in terms:
        label = label_of(ctx, incident, id)
        shared = labels.setdefault(term, label)
        labels[term] = label if shared == label else COLLEAGUE
    # Letters that match regardless of case need not fold alike, such as “İ” and “i”.
    said = _any_of(terms).subn(lambda match: labels.get(_folded(match[1]), COLLEAGUE), text)
    return Unnamed(*said)


def named(ctx: Context, text: str) -> list[str]:
    """Return the names that stand in a text, as they are written there.

    It is the same whoever had a part in an incident: a list of those alone would tell who did.
    """
    text = unicodedata.normalize("NFC", text)
    found = _any_of(list(_terms(ctx, text))).finditer(text)
    return list(dict.fromkeys(match[1] for match in found))


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


def _any_of(terms: Sequence[Term]) -> re.Pattern[str]:
    """Return what finds any of these names, the longest first; without any it finds nothing."""
    patterns = [pattern for _, pattern, _ in sorted(terms, key=lambda one: -len(one[0]))]
    return re.compile(rf"(?<!\w)@?({'|'.join(patterns) or _NOTHING})(?!\w)")


def _terms(ctx: Context, text: str) -> Iterator[Term]:
    """Yield each name that may stand in a text."""
    folded = _folded(text)
    for id, (name, email) in _known(ctx).items():
        for whole in filter(None, (name, email)):
            if _folded(whole) in folded:
                written = r"\s+".join(map(re.escape, whole.split()))
                yield _folded(whole), f"(?i:{written})", id
        for part in name.split():
            if len(part) >= _SHORTEST_PART and (part in text or part.upper() in text):
                yield _folded(part), f"{re.escape(part)}|{re.escape(part.upper())}", id


def _known(ctx: Context) -> Mapping[int, tuple[str, str]]:
    return {
        id: (unicodedata.normalize("NFC", name), email or "")
        for id, name, email in roster.names(ctx.session)
    }


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
