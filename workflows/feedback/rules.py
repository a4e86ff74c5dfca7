"""The closed sets of feedback: what a scorecard says, and where it stands."""

from enum import IntEnum, StrEnum


class Rating(IntEnum):
    """How somebody did against the bar for this level; there is no middle to hide in."""

    WELL_BELOW = 1
    BELOW = 2
    MEETS = 3
    EXCEEDS = 4


NOT_ASSESSED = "not_assessed"


class Overall(StrEnum):
    """What an interviewer would do."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"
    NO_DECISION = "no_decision"  #: with a reason; it is never counted


class CardState(StrEnum):
    """Where a scorecard stands."""

    REQUESTED = "requested"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVISED = "revised"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    VOID = "void"


#: What is still waited for.
PENDING = frozenset({CardState.REQUESTED, CardState.DRAFT})
#: What says something about a candidate.
GIVEN = frozenset({CardState.SUBMITTED, CardState.REVISED})
