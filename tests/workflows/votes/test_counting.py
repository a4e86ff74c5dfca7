"""Counting: the golden cases, and that nothing but the ballots themselves makes a difference."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.votes.counting import Rule, counted, hides_everybody, tally
from workflows.votes.rules import Basis, Result

OPTIONS = ("advance", "decline", "more_evidence")
SIXTY_FORTY = {"security": 60, "ta": 40}
EVEN = {"security": 50, "ta": 50}
LETTERS = {"A": "advance", "D": "decline", "H": "more_evidence", "-": "abstain"}

BALLOTS = st.lists(st.tuples(st.sampled_from(["security", "ta", "it"]), st.sampled_from("ADH-")))


def cast(security: str, talent: str) -> list[tuple[str, str]]:
    """Return ballots, each a letter of one department."""
    return [
        (department, LETTERS[letter])
        for department, letters in (("security", security), ("ta", talent))
        for letter in letters
    ]


def count(
    security: str, talent: str, weights: Mapping[str, int], basis: Basis = Basis.BLOCK
) -> tuple[Result, str, dict[str, str]]:
    """Count ballots, and return percentages with two decimals."""
    rule = Rule(options=OPTIONS, weights=weights, basis=basis)
    ballots = cast(security, talent)
    found = tally(rule, counted(ballots), len(ballots))
    shares = {key: f"{float(share):.2f}" for key, share in found.shares.items() if share}
    return found.result, found.recommended, shares


def test_a_share_of_exactly_the_threshold_passes() -> None:
    assert count("DDA", "A", SIXTY_FORTY) == (
        Result.PASSED,
        "advance",
        {"advance": "60.00", "decline": "40.00"},
    )


@pytest.mark.parametrize(("basis", "share"), [(Basis.BLOCK, "60.00"), (Basis.PER_PERSON, "88.24")])
def test_a_department_in_a_block_is_no_stronger_for_being_many(basis: Basis, share: str) -> None:
    result, recommended, shares = count("DDDDD", "A", SIXTY_FORTY, basis)

    assert (result, recommended, shares["decline"]) == (Result.PASSED, "decline", share)


def test_two_sides_of_equal_weight_that_disagree_are_a_tie() -> None:
    found = count("AA", "DD", EVEN)

    assert found == (Result.TIED, "", {"advance": "50.00", "decline": "50.00"})


def test_a_department_that_only_abstains_is_no_quorum_and_gives_its_weight_to_nobody() -> None:
    assert count("AAA", "--", SIXTY_FORTY) == (Result.NO_QUORUM, "", {})


def test_the_most_of_too_little_is_inconclusive() -> None:
    shares = {"more_evidence": "50.00", "advance": "30.00", "decline": "20.00"}

    assert count("AH", "HD", SIXTY_FORTY) == (Result.INCONCLUSIVE, "", shares)


@pytest.mark.parametrize(("electors", "result"), [(5, Result.PASSED), (6, Result.NO_QUORUM)])
def test_sixty_percent_of_those_who_may_vote_must_answer(electors: int, result: Result) -> None:
    rule = Rule(options=OPTIONS, weights=EVEN)

    assert tally(rule, counted(cast("A-", "A")), electors).result is result


@given(BALLOTS, st.randoms(use_true_random=False))
def test_the_order_of_ballots_makes_no_difference(
    ballots: list[tuple[str, str]], random: Random
) -> None:
    chosen = [(department, LETTERS[letter]) for department, letter in ballots]
    shuffled = random.sample(chosen, len(chosen))
    rule = Rule(options=OPTIONS, weights=SIXTY_FORTY)

    here, there = (tally(rule, counted(each), len(chosen)) for each in (chosen, shuffled))

    assert here == there
    assert sum(here.shares.values()) in {0, Fraction(100)}


@pytest.mark.parametrize(
    ("security", "talent", "is_hidden"),
    [
        ("AAD", "ADD", True),
        ("AAD", "AD", False),  # two of a side
        ("AAD", "DDD", False),  # a side of one mind
        ("AAD", "", False),
    ],
)
def test_secret_figures_are_told_only_where_they_tell_on_nobody(
    security: str, talent: str, is_hidden: bool
) -> None:
    rule = Rule(options=OPTIONS, weights=EVEN)

    assert hides_everybody(rule, counted(cast(security, talent))) is is_hidden
