"""The closed sets of votes, and the figures of their rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.text import Ref

#: The letter before a vote's number, as people type it.
VOTE = "V"
SECURITY, TALENT = "security", "ta"
#: The departments whose directors decide together when the decider is silent.
DIRECTED = (SECURITY, TALENT)
#: A working day, in working time.
WORKING_DAY = timedelta(hours=8)
SHORTEST, USUAL, LONGEST = timedelta(hours=4), 2 * WORKING_DAY, 10 * WORKING_DAY
FEWEST_ELECTORS, MOST_ELECTORS = 3, 25
QUORUM, THRESHOLD = 60, 60  #: percent
FEWEST_BALLOTS = 1  #: real ones, of every department that has a weight
#: A secret vote needs so many of every department with a weight; fewer could be told apart.
FEWEST_SECRET = 3
LONGEST_QUESTION = 300  #: characters
SHORTEST_REASON, LONGEST_REASON = 10, 1000  #: characters
SHORTEST_RATIONALE, SHORTEST_VETO = 60, 40  #: characters


class Dispute(StrEnum):
    """What a vote is about; a candidate's suitability, or how a search is run."""

    TECHNICAL = "technical"
    PERSONAL = "personal"  #: communication or motivation
    TIMELINE = "timeline"
    PROCESS = "process"
    REQUIREMENT = "requirement"

    @property
    def is_suitability(self) -> bool:
        """Say whether it is about a candidate."""
        return self in {Dispute.TECHNICAL, Dispute.PERSONAL}


#: Percent by department, until both owners agree on others.
WEIGHTS: Mapping[Dispute, Mapping[str, int]] = MappingProxyType(
    {
        Dispute.TECHNICAL: {SECURITY: 60, TALENT: 40},
        Dispute.PERSONAL: {SECURITY: 40, TALENT: 60},
        Dispute.TIMELINE: {SECURITY: 40, TALENT: 60},
        Dispute.PROCESS: {SECURITY: 50, TALENT: 50},
        Dispute.REQUIREMENT: {SECURITY: 50, TALENT: 50},
    }
)


class Trigger(StrEnum):
    """Why a vote was opened, or suggested."""

    PERSON = "person"  #: somebody asked for it
    EXTREMES = "extremes"  #: a strong no meets a strong yes
    #: Failed by one, passed by another, and most would hire.
    MUST_PASS = "must_pass"  # noqa: S105 - a rule, no password
    DEPARTMENTS = "departments"  #: the two departments lean to opposite sides
    RANGE = "range"  #: two steps apart overall, or on a criterion that weighs much
    MINORITY = "minority"  #: two or more against the others


class Mode(StrEnum):
    """Who learns how somebody voted, from the most open to the most private."""

    NAMED = "named"  #: everybody who may read the record, after the close
    CONFIDENTIAL = "confidential"  #: the auditors alone
    #: Nobody; who voted is known, what they voted is stored nowhere.
    SECRET = "secret"  # noqa: S105 - a mode, no password


#: A mode may be changed to a later one of these, never to an earlier one.
MORE_PRIVATE = (Mode.NAMED, Mode.CONFIDENTIAL, Mode.SECRET)


class Basis(StrEnum):
    """What a weight belongs to."""

    BLOCK = "block"  #: a department, shared evenly by its ballots
    PER_PERSON = "per_person"  #: each ballot of that department


class Authority(StrEnum):
    """What a passed vote is."""

    ADVISORY = "advisory"  #: a recommendation that the decider confirms or overrides
    BINDING = "binding"  #: the decision, unless a veto is upheld


class State(StrEnum):
    """Where a vote stands. It closes within one transaction: nobody ever sees it closing."""

    OPEN = "open"
    EVIDENCE = "evidence"  #: it came to nothing; new evidence may open it once more
    DECIDER = "decider"  #: the decider is asked
    DIRECTORS = "directors"  #: the decider was silent: both directors are asked
    SPONSOR = "sponsor"  #: they differ or were silent: the executive sponsor is asked
    VETOED = "vetoed"  #: a veto waits for the decider
    ON_HOLD = "on_hold"  #: nobody decided; nothing is ever decided by silence
    DECIDED = "decided"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


#: Nothing is waited for any more.
OVER = frozenset({State.DECIDED, State.CANCELLED, State.ARCHIVED})


class Result(StrEnum):
    """What a count came to."""

    PASSED = "passed"
    TIED = "tied"
    INCONCLUSIVE = "inconclusive"
    NO_QUORUM = "no_quorum"


class Ground(StrEnum):
    """Why somebody may say that it must not go ahead."""

    CLEARANCE = "clearance"
    BACKGROUND = "background"
    INSIDER_RISK = "insider_risk"
    LEGAL = "legal"
    PROCESS = "process"


#: Who may veto on which ground: directors of these departments.
VETO_GROUNDS: Mapping[str, tuple[Ground, ...]] = MappingProxyType(
    {
        SECURITY: (Ground.CLEARANCE, Ground.BACKGROUND, Ground.INSIDER_RISK),
        TALENT: (Ground.LEGAL, Ground.PROCESS),
        "legal": (Ground.LEGAL, Ground.PROCESS),
    }
)


class Resolution(StrEnum):
    """What became of a veto."""

    WAITING = "waiting"
    UPHELD = "upheld"  #: what was recommended does not go ahead
    REJECTED = "rejected"
    EXPIRED = "expired"


class Stance(StrEnum):
    """How somebody who was not followed stands to a decision."""

    AGREE = "agree"
    COMMIT = "commit"  #: disagrees, and commits
    OBJECT = "object"


ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers; who chooses one that *needs_reason* says why, in an open vote."""

    key: str
    label: str
    needs_reason: bool = False


_MORE = Option("more_evidence", "More evidence", needs_reason=True)
ABSTAINED = Option(ABSTAIN, "Abstain")
_ABOUT_SOMEBODY = (
    Option("advance", "Advance"),
    Option("decline", "Decline", needs_reason=True),
    _MORE,
)
_ABOUT_SOMETHING = (
    Option("in_favour", "In favour"),
    Option("against", "Against", needs_reason=True),
    _MORE,
)


def options_for(dispute: Dispute) -> tuple[Option, ...]:
    """Return the answers that are offered when nobody says otherwise; one may always abstain."""
    return _ABOUT_SOMEBODY if dispute.is_suitability else _ABOUT_SOMETHING


def chosen_in(words: Sequence[str], options: Sequence[Option]) -> tuple[str, Sequence[str]]:
    """Return the key of the option that *words* begin with, and the words after it.

    An option is written by its label or its key: "more evidence", "more_evidence", "more-evidence".
    Of what is none, the first word is returned as it is.
    """
    named = {_plain(name): option.key for option in options for name in (option.label, option.key)}
    longest = max((len(name.split()) for name in named), default=0)
    for length in range(min(longest, len(words)), 0, -1):
        key = named.get(_plain(" ".join(words[:length])))
        if key is not None:
            return key, words[length:]
    return words[0], words[1:]


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").replace("-", " ").casefold().split())


def code_of(id: int) -> str:
    """Return the short name by which people speak of the vote of that number, such as V-7."""
    return str(Ref(VOTE, id))
