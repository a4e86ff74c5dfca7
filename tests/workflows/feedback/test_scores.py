"""Composites are exact, and say nothing where too little is known."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.feedback import scores
from workflows.feedback.rules import NOT_ASSESSED, Overall

pytestmark = pytest.mark.repeats


@dataclass
class Line:
    key: str
    weight: int
    must_pass: bool = False
    min_pass: int = 3


FIVE = [Line(key, weight) for key, weight in zip("abcde", (40, 20, 20, 10, 10), strict=True)]
RATED = dict(zip("abcde", (4, 3, 2, 3, 3), strict=True))

rated = st.one_of(st.integers(1, 4), st.just(NOT_ASSESSED))
cards = st.lists(st.fixed_dictionaries({line.key: rated for line in FIVE}), max_size=6)


@pytest.mark.parametrize(
    ("ratings", "score", "coverage"),
    [
        (RATED, "3.200", 100),
        (RATED | {"b": NOT_ASSESSED}, "3.250", 80),
        (RATED | {"b": NOT_ASSESSED, "d": NOT_ASSESSED}, "3.286", 70),
        (dict.fromkeys("abcde", 4), "4.000", 100),
    ],
)
def test_a_scorecard_has_its_golden_value(
    ratings: dict[str, int | str], score: str, coverage: int
) -> None:
    found = scores.of_card(FIVE, ratings)

    assert found.score is not None
    assert scores.shown(found.score) == score
    assert found.coverage == coverage


def test_below_the_least_coverage_there_is_no_number() -> None:
    found = scores.of_card(FIVE, {"a": 4, "b": 4, "c": NOT_ASSESSED})

    assert found == scores.Composite(None, Fraction(60))
    assert scores.of_cards(FIVE, []) == scores.Composite(None, Fraction(0))


def test_raters_are_averaged_before_the_weights() -> None:
    # Of two raters only one looked at the heaviest line: their mean is of what they say there.
    found = scores.of_cards(FIVE, [RATED, RATED | {"a": NOT_ASSESSED, "b": 1}])

    assert found.score == Fraction(40 * 4 + 20 * 2 + 20 * 2 + 10 * 3 + 10 * 3, 100)


@given(cards)
@settings(max_examples=60, deadline=None)
def test_a_composite_lies_between_the_lowest_and_the_highest_rating(
    given_cards: list[dict[str, int | str]],
) -> None:
    found = scores.of_cards(FIVE, given_cards)
    all_rated = [rate for card in given_cards for rate in card.values() if isinstance(rate, int)]

    assert 0 <= found.coverage <= 100
    assert (found.score is None) == (found.coverage < scores.ENOUGH)
    if found.score is not None:
        assert min(all_rated) <= found.score <= max(all_rated)
    assert found == scores.of_cards(FIVE, list(reversed(given_cards)))


def test_a_must_pass_line_is_missed_by_its_median_whatever_the_composite() -> None:
    lines = [Line("a", 10, must_pass=True), Line("b", 90)]
    low = [{"a": 2, "b": 4}, {"a": 3, "b": 4}]

    assert scores.not_met(lines, scores.spreads(low)) == ["a"]
    assert scores.not_met(lines, scores.spreads([*low, {"a": 4}])) == []
    assert scores.not_met(lines, scores.spreads([{"b": 1}])) == []


def test_a_spread_says_how_far_apart_people_are() -> None:
    found = scores.spreads([{"a": 1, "b": 2}, {"a": 4, "b": NOT_ASSESSED}, {"a": 2, "b": 4}])

    assert found["a"] == scores.Spread(1, Fraction(2), 4)
    assert found["b"] == scores.Spread(2, Fraction(3), 4)
    assert (found["a"].is_far_apart, found["b"].is_far_apart) == (True, False)
    assert found["b"].is_split
    assert scores.widest_first(FIVE, found) == ["a", "b"]


def test_who_decides_nothing_is_not_counted() -> None:
    said = [Overall.YES, Overall.NO_DECISION, Overall.YES, Overall.STRONG_NO]

    assert scores.tally(said) == {Overall.YES: 2, Overall.STRONG_NO: 1}
