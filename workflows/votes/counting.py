"""Counting: exact fractions, the same whatever order, replica or platform the ballots came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workflows.votes.rules import (
    ABSTAIN,
    FEWEST_BALLOTS,
    FEWEST_SECRET,
    QUORUM,
    THRESHOLD,
    Basis,
    Result,
)

_PERCENT = 100

#: How many ballots each department cast for each choice: {"security": {"advance": 2}}.
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How ballots become a result; *weights* and the rest in percent."""

    options: Sequence[str]
    weights: Mapping[str, int]
    basis: Basis = Basis.BLOCK
    quorum: int = QUORUM
    threshold: int = THRESHOLD
    fewest: int = FEWEST_BALLOTS  #: real ballots, of each department that has a weight

    @property
    def weighted(self) -> list[str]:
        """Return the departments that have a weight, in order."""
        return sorted(name for name, weight in self.weights.items() if weight > 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a count came to; *shares* are in percent, exact, and empty without a quorum."""

    result: Result
    recommended: str  #: the option that passed, else ""
    shares: Mapping[str, Fraction]


def counted(ballots: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return the counts of ballots, each a department and a choice."""
    found: dict[str, dict[str, int]] = {}
    for department, choice in ballots:
        own = found.setdefault(department, {})
        own[choice] = own.get(choice, 0) + 1
    return found


def tally(rule: Rule, counts: Counts, electors: int) -> Tally:
    """Count; *electors* is how many could have voted."""
    if not _has_quorum(rule, counts, electors):
        return Tally(Result.NO_QUORUM, "", {})
    shares = _shares(rule, counts)
    top = max(shares.values())
    leading = [option for option in rule.options if shares[option] == top]
    if len(leading) > 1:
        return Tally(Result.TIED, "", shares)
    if top < rule.threshold:
        return Tally(Result.INCONCLUSIVE, "", shares)
    return Tally(Result.PASSED, leading[0], shares)


def hides_everybody(rule: Rule, counts: Counts) -> bool:
    """Say whether the figures of a secret vote can be told without telling on anybody.

    Three or more of every department that has a weight, and none of them of one mind.
    """
    return all(
        sum(own.values()) >= FEWEST_SECRET and max(own.values()) < sum(own.values())
        for own in (counts.get(department, {ABSTAIN: 0}) for department in rule.weighted)
    )


def _has_quorum(rule: Rule, counts: Counts, electors: int) -> bool:
    """Abstaining is an answer; but every department with a weight must really say something."""
    answered = sum(sum(own.values()) for own in counts.values())
    real = [sum(_real(rule, counts, department).values()) for department in rule.weighted]
    is_enough = answered * _PERCENT >= rule.quorum * electors
    return is_enough and all(count >= max(rule.fewest, 1) for count in real)


def _shares(rule: Rule, counts: Counts) -> dict[str, Fraction]:
    weighed = dict.fromkeys(rule.options, Fraction(0))
    for department in rule.weighted:
        real = _real(rule, counts, department)
        weight = Fraction(rule.weights[department])
        each = weight / sum(real.values()) if rule.basis is Basis.BLOCK else weight
        for option, count in real.items():
            weighed[option] += each * count
    total = sum(weighed.values(), Fraction(0))
    return {option: share * _PERCENT / total for option, share in weighed.items()}


def _real(rule: Rule, counts: Counts, department: str) -> dict[str, int]:
    """Return what a department chose, those who abstained left out."""
    own = counts.get(department, {})
    return {option: own[option] for option in rule.options if own.get(option)}
