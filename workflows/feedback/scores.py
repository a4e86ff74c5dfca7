"""Exact arithmetic of scorecards: composites, coverage, spread; nothing is ever rounded inside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from statistics import median
from typing import Protocol

from workflows.feedback.rules import Overall

#: With less of the weight assessed a number would say more than anybody knows.
ENOUGH = 70
_PERCENT = 100
_PLACES = Decimal("0.001")
#: Ratings this far apart are talked about first.
_SPLIT, _FAR_APART = 2, 3

YES, NO = frozenset({Overall.YES, Overall.STRONG_YES}), frozenset({Overall.NO, Overall.STRONG_NO})

#: By the criterion's key: 1 to 4, or what says that it was not assessed.
Ratings = Mapping[str, int | str]


class Weighed(Protocol):
    """A criterion, as far as counting goes; *weight* is in percent."""

    key: str
    weight: int
    must_pass: bool
    min_pass: int


@dataclass(frozen=True, slots=True)
class Composite:
    """A weighted mean from 1 to 4, None with too little assessed; *coverage* is in percent."""

    score: Fraction | None
    coverage: Fraction


@dataclass(frozen=True, slots=True)
class Spread:
    """The ratings of one criterion."""

    low: int
    median: Fraction
    high: int

    @property
    def width(self) -> int:
        """Return how far apart the ratings are, from 0 to 3."""
        return self.high - self.low

    @property
    def is_split(self) -> bool:
        """Say whether the ratings are two steps apart or more."""
        return self.width >= _SPLIT

    @property
    def is_far_apart(self) -> bool:
        """Say whether the ratings are as far apart as they can be."""
        return self.width >= _FAR_APART


def of_card(criteria: Sequence[Weighed], ratings: Ratings) -> Composite:
    """Return the composite of one scorecard."""
    return of_cards(criteria, [ratings])


def of_cards(criteria: Sequence[Weighed], cards: Iterable[Ratings]) -> Composite:
    """Return the composite of a candidate: the mean of each criterion first, then the weights."""
    by_key = gathered(cards)
    assessed = [one for one in criteria if one.key in by_key]
    weight = sum(one.weight for one in assessed)
    coverage = Fraction(weight * _PERCENT, sum(one.weight for one in criteria) or 1)
    if not weight or coverage < ENOUGH:
        return Composite(None, coverage)
    means = {one.key: Fraction(sum(by_key[one.key]), len(by_key[one.key])) for one in assessed}
    weighed = sum((one.weight * means[one.key] for one in assessed), Fraction(0))
    return Composite(weighed / weight, coverage)


def spreads(cards: Iterable[Ratings]) -> dict[str, Spread]:
    """Return the spread of each criterion that somebody assessed."""
    return {
        key: Spread(min(rated), median(map(Fraction, rated)), max(rated))
        for key, rated in gathered(cards).items()
    }


def not_met(criteria: Iterable[Weighed], found: Mapping[str, Spread]) -> list[str]:
    """Return the keys of must-pass criteria whose median is below what they ask for."""
    return [
        one.key
        for one in criteria
        if one.must_pass and one.key in found and found[one.key].median < one.min_pass
    ]


def tally(overalls: Iterable[Overall]) -> dict[Overall, int]:
    """Return how many would do what; who decided nothing is left out."""
    said = [one for one in overalls if one is not Overall.NO_DECISION]
    return {one: said.count(one) for one in Overall if one in said}


def widest_first(criteria: Sequence[Weighed], found: Mapping[str, Spread]) -> list[str]:
    """Return the order of a debrief: what is furthest apart first, then what weighs most."""
    seen = [one for one in criteria if one.key in found]
    return [one.key for one in sorted(seen, key=lambda one: (-found[one.key].width, -one.weight))]


def gathered(cards: Iterable[Ratings]) -> dict[str, list[int]]:
    """Return all ratings of each criterion; what was not assessed is left out."""
    found: dict[str, list[int]] = {}
    for card in cards:
        for key, rated in card.items():
            if isinstance(rated, int):
                found.setdefault(key, []).append(rated)
    return found


def shown(score: Fraction) -> str:
    """Return a score with three decimals, such as 3.250."""
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return str(exact.quantize(_PLACES, ROUND_HALF_EVEN))


def plain(number: Fraction) -> str:
    """Return a median or a percentage as short as it is, such as 3 or 2.5."""
    return f"{float(number):.3g}"
