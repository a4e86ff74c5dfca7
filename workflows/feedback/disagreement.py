"""When a panel disagrees: what opens a vote by itself, what only suggests one, and what neither.

A vote on every difference would be one on half of all panels; the rules that open one fire on few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Protocol

from workflows.feedback import scores
from workflows.feedback.rules import Overall
from workflows.feedback.scores import Ratings, Weighed
from workflows.votes.rules import SECURITY, TALENT, Dispute, Trigger

#: An overall recommendation on the scale of the ratings; who decides nothing is not counted.
STEPS = {Overall.STRONG_NO: 1, Overall.NO: 2, Overall.YES: 3, Overall.STRONG_YES: 4}
#: Between no and yes.
_MIDDLE = Fraction(5, 2)
#: Ratings so far apart, or deviating so much on average, are talked about. Both rules are kept:
#: of three people 1-2-3 deviates by 2/3 alone, though its ends are two steps apart.
_RANGE, _DEVIATION = 2, Fraction(67, 100)
#: Percent from which a criterion matters enough to be voted on, and voices that are no accident.
_HEAVY, _MINORITY = 20, 2


class Criterion(Weighed, Protocol):
    """A criterion, as far as disagreeing about it goes."""

    department: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A scorecard that counts, and the department of its author."""

    department: str
    overall: Overall
    ratings: Ratings


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What a panel disagrees about, by which rule; *opens* when a vote follows by itself."""

    trigger: Trigger
    dispute: Dispute
    opens: bool


def found(criteria: Sequence[Criterion], voices: Sequence[Voice]) -> Disagreement | None:
    """Return the gravest disagreement of a panel; None when there is none to speak of."""
    overalls = [STEPS[one.overall] for one in voices if one.overall in STEPS]
    opening = (
        *_extremes(overalls),
        *_must_pass(criteria, voices),
        *_departments(voices),
    )
    suggesting = (*_apart(criteria, voices, overalls), *_minority(overalls))
    return next(iter((*opening, *suggesting)), None)


def average_deviation(rated: Sequence[int]) -> Fraction:
    """Return how far ratings are from their mean on average, exactly."""
    mean = Fraction(sum(rated), len(rated))
    return sum((abs(one - mean) for one in rated), Fraction(0)) / len(rated)


def _extremes(overalls: Sequence[int]) -> Iterator[Disagreement]:
    if {STEPS[Overall.STRONG_NO], STEPS[Overall.STRONG_YES]} <= set(overalls):
        yield Disagreement(Trigger.EXTREMES, Dispute.TECHNICAL, opens=True)


def _must_pass(criteria: Sequence[Criterion], voices: Sequence[Voice]) -> Iterator[Disagreement]:
    """Yield what must be met, and was for one and not for another, while most would hire."""
    said = [one.overall for one in voices]
    favour, against = (sum(one in side for one in said) for side in (scores.YES, scores.NO))
    if favour <= against:
        return
    spreads = scores.spreads(one.ratings for one in voices)
    for criterion in criteria:
        spread = spreads.get(criterion.key)
        if criterion.must_pass and spread and spread.low < criterion.min_pass <= spread.high:
            yield Disagreement(Trigger.MUST_PASS, _dispute(criterion), opens=True)


def _departments(voices: Sequence[Voice]) -> Iterator[Disagreement]:
    sides = [
        [STEPS[one.overall] for one in voices if one.department == name and one.overall in STEPS]
        for name in (SECURITY, TALENT)
    ]
    if not all(sides):
        return
    low, high = sorted(median(map(Fraction, side)) for side in sides)
    if low < _MIDDLE < high:
        yield Disagreement(Trigger.DEPARTMENTS, Dispute.TECHNICAL, opens=True)


def _apart(
    criteria: Sequence[Criterion], voices: Sequence[Voice], overalls: Sequence[int]
) -> Iterator[Disagreement]:
    if _is_wide(overalls) or _deviates(overalls):
        yield Disagreement(Trigger.RANGE, Dispute.TECHNICAL, opens=False)
    rated = scores.gathered(one.ratings for one in voices)
    for criterion in criteria:
        own = rated.get(criterion.key, [])
        if criterion.weight >= _HEAVY and (_is_wide(own) or _deviates(own)):
            yield Disagreement(Trigger.RANGE, _dispute(criterion), opens=False)


def _minority(overalls: Sequence[int]) -> Iterator[Disagreement]:
    favour = sum(one > _MIDDLE for one in overalls)
    if min(favour, len(overalls) - favour) >= _MINORITY:
        yield Disagreement(Trigger.MINORITY, Dispute.TECHNICAL, opens=False)


def _is_wide(rated: Sequence[int]) -> bool:
    return bool(rated) and max(rated) - min(rated) >= _RANGE


def _deviates(rated: Sequence[int]) -> bool:
    return bool(rated) and average_deviation(rated) > _DEVIATION


def _dispute(criterion: Criterion) -> Dispute:
    """Return what is disputed: who owns the criterion decides whose judgement weighs more."""
    return Dispute.PERSONAL if criterion.department == TALENT else Dispute.TECHNICAL
