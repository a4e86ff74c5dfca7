"""Closing a secret vote: its result is kept, and figures only where they tell on nobody."""

from datetime import timedelta

import pytest

from tests.workflows.votes.house import House
from tests.workflows.votes.test_casting import ballot, secretly
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import deciding_texts as texts
from workflows.votes.rules import Mode, Result

MIXED = SPLIT | {"Eve": "decline", "Ada": "advance"}


@pytest.mark.parametrize(("choices", "is_told"), [(SPLIT, False), (MIXED, True)])
async def test_figures_are_kept_only_where_no_side_is_of_one_mind(
    house: House, choices: dict[str, str], is_told: bool
) -> None:
    vote = await house.runs(mode=Mode.SECRET)
    for name, choice in choices.items():
        await house.presses(name, secretly(vote, choice))
    await house.passes(timedelta(minutes=1))

    await house.presses("Cleo", await house.offered("Cleo", texts.CLOSE_NOW))

    count = await house.count(vote)
    assert count is not None
    assert (count.answered, count.shares is not None, count.counts is not None) == (
        len(choices),
        is_told,
        is_told,
    )


async def test_made_secret_it_has_an_urn_of_its_own(house: House) -> None:
    vote = await house.runs()
    await house.chooses("Cleo", ballot(vote, "advance"))
    await house.says("Cleo", f"vote mode V-{vote} secret")

    await house.presses("Cleo", secretly(vote, "advance", 2))
    await house.passes(timedelta(days=3))

    count = await house.count(vote)
    assert count is not None
    assert (count.version, count.answered, count.result) == (2, 1, Result.NO_QUORUM)
