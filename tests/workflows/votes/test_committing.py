"""After a decision: who was not followed says how they stand to it, and it goes to the archive."""

from datetime import timedelta

import pytest

from bot.ui import Button
from tests.workflows.acting import buttons, said
from tests.workflows.votes.house import ELECTORS, IDS, House
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import deciding_tables, keeping
from workflows.votes import deciding_texts as texts
from workflows.votes.deciding_tables import Commit
from workflows.votes.rules import Mode, Stance, State

NOTE = "We agreed on three years of forensics, and this goes back on it."


@pytest.mark.parametrize(
    ("mode", "asked"),
    [
        (Mode.NAMED, {"Ben", "Tom"}),
        (Mode.CONFIDENTIAL, {"Ben", "Tom"}),
        (Mode.SECRET, set(ELECTORS) - {"Eve"}),
    ],
)
async def test_those_who_chose_otherwise_are_asked_and_in_a_secret_vote_everybody(
    house: House, mode: Mode, asked: set[str]
) -> None:
    await decided(house, mode)

    told = {name: (await house.sent(name))[-1].message for name in ELECTORS}
    offered = {name for name in ELECTORS if stances(buttons(told[name]))}

    assert offered == asked
    assert all("Decided: Advance. Eve decided." in message.text for message in told.values())


async def test_whoever_decides_otherwise_than_they_voted_is_not_asked_how_they_stand_to_it(
    house: House,
) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    await house.passes(timedelta(days=2))

    await house.says("Eve", f'vote decide V-{vote} decline "{NOTE} So we wait for another one."')

    told = (await house.sent("Eve"))[-1].message
    assert "Decided: Decline. Eve decided." in told.text
    assert stances(buttons(told)) == []


async def test_somebody_disagrees_and_commits_and_somebody_objects(house: House) -> None:
    vote = await decided(house)

    await house.presses("Ben", await house.offered("Ben", texts.COMMIT))
    form = await house.presses("Tom", await house.offered("Tom", texts.OBJECT))
    answer = await house.sends("Tom", form, {"note": NOTE})

    kept = await stood(house, vote)
    assert said(answer) == texts.STANDS[Stance.OBJECT]
    assert [(one.person_id, one.stance) for one in kept] == [
        (IDS["Ben"], Stance.COMMIT),
        (IDS["Tom"], Stance.OBJECT),
    ]
    assert [keeping.objection(house.sealer, one) for one in kept] == ["", NOTE]


async def test_who_thinks_again_has_one_stance(house: House) -> None:
    vote = await decided(house)
    form = await house.presses("Tom", await house.offered("Tom", texts.OBJECT))
    await house.sends("Tom", form, {"note": NOTE})

    await house.presses("Tom", await house.offered("Tom", texts.AGREE))

    [kept] = await stood(house, vote)
    assert (kept.stance, kept.note) == (Stance.AGREE, None)


@pytest.mark.parametrize("who", ["Cleo", "Ada", "Gil", "Ines"])
async def test_who_was_followed_or_did_not_choose_is_not_asked(house: House, who: str) -> None:
    vote = await decided(house)
    commit = await house.offered("Ben", texts.COMMIT)

    answer = said(await house.presses(who, commit))

    assert answer.startswith("That is not here")
    assert await stood(house, vote) == []


async def test_a_decided_vote_goes_to_the_archive_after_thirty_days(house: House) -> None:
    vote = await decided(house)
    commit = await house.offered("Ben", texts.COMMIT)

    await house.passes(timedelta(days=30) - timedelta(seconds=1))
    before = (await house.vote(vote)).state
    await house.passes(timedelta(seconds=1))
    late = said(await house.presses("Ben", commit))

    assert (before, (await house.vote(vote)).state) == (State.DECIDED, State.ARCHIVED)
    assert late == texts.not_decided_now(f"V-{vote}")


async def decided(house: House, mode: Mode = Mode.NAMED) -> int:
    """Return a vote that was decided as it recommended; Ada abstained."""
    vote = await house.runs()
    await house.casts(vote, **{**SPLIT, "Ada": "abstain"})
    await house.passes(timedelta(days=2))
    await house.turns(vote, mode)
    await house.presses("Eve", await house.offered("Eve", texts.confirm("Advance")))
    return vote


def stances(offered: list[Button]) -> list[Button]:
    return [one for one in offered if one.label in {texts.AGREE, texts.COMMIT, texts.OBJECT}]


async def stood(house: House, vote: int) -> list[Commit]:
    """Return how people stand to a decision."""
    return await house.database.read(lambda s: deciding_tables.commits(s, vote))
