"""The closed sets of incidents, and what follows from them; times stand in `reports/paces.py`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from workflows.reports.rules import Category, Severity

#: The letters before an incident's number, as people type it, and how Parley writes it.
INCIDENT, ALSO = "SI", "INC"
#: The letters before the number of what is done after an incident.
ACTION = "RA"
LEGAL, COMMS, EXEC = "legal", "comms", "exec"


class State(StrEnum):
    """Where an incident stands."""

    DECLARED = "declared"
    RESPONDING = "responding"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    IN_REVIEW = "in_review"
    CLOSED = "closed"
    MERGED = "merged"


#: Nothing is waited for any more.
OVER = frozenset({State.CLOSED, State.MERGED})


class Move(StrEnum):
    """What happens to an incident."""

    ASSIGN_LEAD = "assign_lead"
    STAND_DOWN = "stand_down"
    MERGE = "merge"
    CONTAIN = "contain"
    RESOLVE = "resolve"
    REIGNITE = "reignite"
    REVIEW = "review"
    CLOSE = "close"
    PUBLISH = "publish"
    REOPEN = "reopen"
    UNMERGE = "unmerge"


_MOVES: dict[Move, tuple[tuple[State, ...], State]] = {
    Move.ASSIGN_LEAD: ((State.DECLARED,), State.RESPONDING),
    Move.STAND_DOWN: ((State.DECLARED, State.RESPONDING), State.CLOSED),
    Move.MERGE: ((State.DECLARED, State.RESPONDING, State.CONTAINED), State.MERGED),
    Move.CONTAIN: ((State.RESPONDING,), State.CONTAINED),
    Move.RESOLVE: ((State.CONTAINED,), State.RESOLVED),
    Move.REIGNITE: ((State.CONTAINED, State.RESOLVED), State.RESPONDING),
    Move.REVIEW: ((State.RESOLVED,), State.IN_REVIEW),
    Move.CLOSE: ((State.RESOLVED,), State.CLOSED),
    Move.PUBLISH: ((State.IN_REVIEW,), State.CLOSED),
    Move.REOPEN: ((State.CLOSED,), State.RESPONDING),
    Move.UNMERGE: ((State.MERGED,), State.RESPONDING),
}


def after(state: State, move: Move) -> State | None:
    """Return where an incident stands after a move; None when it cannot be made from *state*."""
    sources, target = _MOVES[move]
    return target if state in sources else None


class Impact(IntEnum):
    """What it reaches."""

    NONE = 0  #: none seen
    ONE = 1  #: one account or device, no sensitive data
    SEVERAL = 2  #: several people, or any personal or candidate data
    COMPANY = 3  #: the whole company, customers, money lost, or privileged access


class Certainty(StrEnum):
    """How sure it is, and whether it goes on."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    ONGOING = "ongoing"


_SEVERITIES: Mapping[Impact, tuple[Severity, Severity, Severity]] = MappingProxyType(
    {
        Impact.NONE: (Severity.S4, Severity.S4, Severity.S3),
        Impact.ONE: (Severity.S3, Severity.S3, Severity.S2),
        Impact.SEVERAL: (Severity.S3, Severity.S2, Severity.S1),
        Impact.COMPANY: (Severity.S2, Severity.S1, Severity.S1),
    }
)


def severity(impact: Impact, certainty: Certainty) -> Severity:
    """Return how serious something is that reaches so far and is so sure."""
    return _SEVERITIES[impact][list(Certainty).index(certainty)]


class Tlp(StrEnum):
    """How far it may be told: the Traffic Light Protocol 2.0 of FIRST, the strictest first."""

    RED = "red"  #: the people who are named, and nobody else
    AMBER_STRICT = "amber_strict"  #: the roles that are engaged
    AMBER = "amber"
    GREEN = "green"  #: everybody in the company, without identities
    CLEAR = "clear"  #: what is public anyway

    def is_stricter_than(self, other: Tlp) -> bool:
        """Say whether fewer may be told than under *other*."""
        return list(Tlp).index(self) < list(Tlp).index(other)


class AffectsHiring(StrEnum):
    """How an incident touches hiring."""

    CAPACITY = "capacity"  #: people who would interview are busy with it
    SYSTEMS = "systems"  #: systems that hiring works with are frozen
    DATA = "data"  #: candidates' data may be exposed
    FRAUD = "fraud"  #: somebody applies who is not who they say


def first_tlp(category: Category) -> Tlp:
    """Return how far an incident of a category may be told, until its lead says otherwise."""
    return Tlp.RED if category is Category.CONDUCT else Tlp.AMBER_STRICT


class Part(StrEnum):
    """What a department has to do with an incident."""

    INFORMED = "informed"  #: told, when it is serious
    RESPONDS = "responds"  #: must say that it is on it


MATRIX_DEPARTMENTS = ("hr", "ta", LEGAL, COMMS, "it", "finance", "facilities")


def _parts(letters: str) -> Mapping[str, Part]:
    """Read one line of the matrix: hr ta legal comms it finance facilities."""
    meanings = {"I": Part.INFORMED, "R": Part.RESPONDS}
    return {
        department: meanings[letter]
        for department, letter in zip(MATRIX_DEPARTMENTS, letters.split(), strict=True)
        if letter in meanings
    }


#: Which departments an incident engages.
MATRIX: Mapping[Category, Mapping[str, Part]] = MappingProxyType(
    {
        Category.PHISH: _parts("- - - I R - -"),
        Category.IMPERSONATION: _parts("- - - I - R -"),
        Category.ACCOUNT: _parts("- - - - R - -"),
        Category.DEVICE: _parts("- - I - R - I"),
        Category.DATA: _parts("R - R I R - -"),
        Category.CANDIDATE: _parts("I R I - R - -"),
        Category.PAYMENT: _parts("- - I - - R -"),
        Category.PHYSICAL: _parts("- - - - - - R"),
        Category.CONDUCT: _parts("R - R - - - -"),
        Category.UNSURE: _parts("- - - - - - -"),
    }
)
#: Whom the worst incidents always need.
ALWAYS_AT_WORST = (LEGAL, COMMS, EXEC)


def engaged(category: Category, severity: Severity) -> Mapping[str, Part]:
    """Return the departments that an incident engages, and what each has to do."""
    found = {
        department: part
        for department, part in MATRIX[category].items()
        if part is Part.RESPONDS or severity.is_high
    }
    if severity is Severity.S1:
        found |= dict.fromkeys(ALWAYS_AT_WORST, Part.RESPONDS)
    return found


class Reason(StrEnum):
    """Why somebody may read an incident, the one that ends first first."""

    FOLLOWS = "follows"  #: they asked to hear of it
    MERGED = "merged"  #: they could read what was merged with it, and somebody let them in
    ENGAGED = "engaged"  #: they act for a department
    DECLARED = "declared"  #: they declared it
    INVITED = "invited"  #: the lead let them in
    LEADS = "leads"

    def outlasts(self, other: Reason) -> bool:
        """Say whether it lets somebody read when *other* does not any more."""
        return list(Reason).index(self) > list(Reason).index(other)


#: Whom the lead has named: they read it under TLP:RED as well.
NAMED = frozenset({Reason.INVITED, Reason.LEADS})


class Kind(StrEnum):
    """What a line of the timeline tells."""

    DECLARED = "declared"
    LEAD = "lead"
    SEVERITY = "severity"
    TLP = "tlp"
    STATE = "state"
    REPORT = "report"  #: a report was linked or taken off
    ENGAGED = "engaged"
    ACKNOWLEDGED = "acknowledged"
    ACCESS = "access"
    NOTE = "note"  #: somebody wrote it down, or marked a message
    UPDATE = "update"
    TASK = "task"
    EVIDENCE = "evidence"
    DELIVERY = "delivery"  #: a route to somebody failed
    REVIEW = "review"


#: When so many have reported the same, a higher severity is suggested.
CAMPAIGN = (3, 10)
