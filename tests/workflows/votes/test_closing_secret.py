"""Closing a secret vote: its result is kept, and figures only where they tell on nobody."""

from datetime import timedelta

import pytest

from bot.context import Context
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_casting import ballot, secretly
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import changing
from workflows.votes import deciding_texts as texts
from workflows.votes.rules import Mode, Result
from workflows.votes.tables import Elector, Vote

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


async def test_nobody_is_told_that_minds_can_change_where_they_cannot(house: House) -> None:
    vote = await house.runs(mode=Mode.SECRET)
    for name, choice in MIXED.items():
        await house.presses(name, secretly(vote, choice))

    await house.passes(timedelta(minutes=1))

    [told] = [one for one in await house.sent("Cleo") if texts.COMPLETE in one.message.text]
    assert texts.UNTIL_THEN not in told.message.text


async def test_of_a_side_without_a_weight_nothing_is_told(house: House) -> None:
    vote = await house.runs(mode=Mode.SECRET)
    await house.add(Elector(vote_id=vote, person_id=IDS["Lou"], department="legal"))
    await house.within(lambda ctx: anew(ctx, vote))
    for name, choice in {**MIXED, "Lou": "decline"}.items():
        await house.presses(name, secretly(vote, choice, 2))

    await house.passes(timedelta(days=3))

    count = await house.count(vote)
    assert count is not None
    assert count.answered == len(MIXED) + 1
    assert set(count.counts or ()) == {"security", "ta"}


def anew(ctx: Context, id: int) -> None:
    """Let a vote be asked anew, with an urn for everybody who may vote now."""
    vote = ctx.session.get_one(Vote, id)
    changing.begin_version(ctx, vote, changing.wording_of(ctx, vote))


async def test_made_secret_it_has_an_urn_of_its_own(house: House) -> None:
    vote = await house.runs()
    await house.chooses("Cleo", ballot(vote, "advance"))
    await house.says("Cleo", f"vote mode V-{vote} secret")

    await house.presses("Cleo", secretly(vote, "advance", 2))
    await house.passes(timedelta(days=3))

    count = await house.count(vote)
    assert count is not None
    assert (count.version, count.answered, count.result) == (2, 1, Result.NO_QUORUM)
