"""Pure decisions about hiring: what things are called, and when a scorecard can be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.text import Ref

#: The letters before the number of each kind of thing, as people type them.
SEARCH, CANDIDATE, INTERVIEW, TEMPLATE = "S", "C", "I", "T"
FULL_WEIGHT = 100
#: The level of a role family that is not divided.
ANY_LEVEL = "any"
SHARED = "shared"
#: Who owns the criteria of a scorecard and signs it.
SECURITY, TALENT = "security", "ta"
SIGNERS = (SECURITY, TALENT)


class SearchStatus(StrEnum):
    """Where a search stands."""

    DRAFT = "draft"
    OPEN = "open"
    ON_HOLD = "on_hold"
    FILLED = "filled"
    CANCELLED = "cancelled"
    CLOSED = "closed"


_ENDED = frozenset({SearchStatus.CANCELLED, SearchStatus.CLOSED})
#: Nothing is added to a search that is over.
OVER = _ENDED | {SearchStatus.FILLED}


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a search; after one that *is_final* there is no way back."""

    before: frozenset[SearchStatus]
    after: SearchStatus
    is_final: bool = False


#: By the word that people say.
MOVES = {
    "hold": Move(frozenset({SearchStatus.OPEN}), SearchStatus.ON_HOLD),
    "reopen": Move(
        frozenset({SearchStatus.DRAFT, SearchStatus.ON_HOLD, SearchStatus.FILLED}),
        SearchStatus.OPEN,
    ),
    "fill": Move(frozenset({SearchStatus.OPEN, SearchStatus.ON_HOLD}), SearchStatus.FILLED),
    "cancel": Move(
        frozenset({SearchStatus.DRAFT, SearchStatus.OPEN, SearchStatus.ON_HOLD}),
        SearchStatus.CANCELLED,
        is_final=True,
    ),
    "close": Move(frozenset(SearchStatus) - _ENDED, SearchStatus.CLOSED, is_final=True),
}


class Reveal(StrEnum):
    """When somebody on a panel reads the scorecards of the others."""

    AFTER_ALL = "after_all"  #: once all are in, or the reveal time has passed
    AFTER_OWN = "after_own"  #: once their own are in


class Outcome(StrEnum):
    """How an application stands; only people ever change it."""

    OPEN = "open"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class OfferResult(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  #: by the company


class InterviewStatus(StrEnum):
    """Where an interview stands."""

    SCHEDULED = "scheduled"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    RESCHEDULED = "rescheduled"  #: to a time that is not known yet


#: Nobody was met, so nobody is asked for a scorecard.
NOBODY_MET = frozenset(
    {InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW, InterviewStatus.RESCHEDULED}
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How an interview ends; *once_begun* says that nobody can know it earlier."""

    before: frozenset[InterviewStatus]
    after: InterviewStatus
    once_begun: bool


_PLANNED = frozenset({InterviewStatus.SCHEDULED, InterviewStatus.RESCHEDULED})
#: By the word that people say; who was mistaken says the other one.
ENDINGS = {
    "cancel": Ending(_PLANNED, InterviewStatus.CANCELLED, once_begun=False),
    "no-show": Ending(
        frozenset({InterviewStatus.SCHEDULED, InterviewStatus.DONE}),
        InterviewStatus.NO_SHOW,
        once_begun=True,
    ),
    "done": Ending(
        frozenset({InterviewStatus.SCHEDULED, InterviewStatus.NO_SHOW}),
        InterviewStatus.DONE,
        once_begun=True,
    ),
}


class TemplateState(StrEnum):
    """Where a scorecard template stands."""

    PROPOSED = "proposed"  #: one owner or none has signed
    IN_FORCE = "in_force"  #: both have; the newest of its role family and level is used
    WITHDRAWN = "withdrawn"


def code(kind: str, number: int | None) -> str:
    """Return the short name of a thing, such as C-104."""
    return str(Ref(kind, number or 0))


def family_and_level(title: str) -> tuple[str, str]:
    """Return the role family and the level that a title such as "SOC analyst, junior" names."""
    family, comma, level = title.rpartition(",")
    return (family.strip(), level.strip()) if comma else (title.strip(), "")


def status_after(ours: InterviewStatus, said: InterviewStatus) -> InterviewStatus:
    """Return where an interview stands when another system says that it stands so.

    Systems call an interview done as soon as its time is over, whether anybody was met or not.
    """
    return ours if ours in NOBODY_MET and said is InterviewStatus.DONE else said


def tidy(text: str) -> str:
    """Return *text* with single blanks, as two people write the same thing in two ways."""
    return " ".join(text.split())


def stage_named(text: str) -> str:
    """Return a stage as it is compared: the interviews of one stage are one round."""
    return tidy(text).casefold()


def department_to_sign(
    given: Mapping[str, int | None], *, person: int, owns: Iterable[str]
) -> str | None:
    """Return the department for which *person* can sign a template, or None.

    *given* says who signed for which department. One person signs for one department, even as
    an owner in both: what two departments share is agreed by two people.
    """
    if person in given.values():
        return None
    owned = frozenset(owns)
    return next((one for one in SIGNERS if one in owned and one not in given), None)
