"""Deciding: one click confirms, and deciding otherwise takes reasons."""

from datetime import timedelta

import pytest

from bot.ui import Problems
from tests.workflows.acting import said
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import deciding_texts as texts
from workflows.votes import keeping
from workflows.votes.deciding_tables import Decision
from workflows.votes.rules import State

WHY = "The case study shows that she closes such gaps quickly, and we can teach the rest."


async def test_the_decider_confirms_with_one_click(house: House) -> None:
    vote = await closed(house)

    await house.presses("Eve", await house.offered("Eve", texts.confirm("Advance")))

    decision = await house.decision(vote)
    assert (await house.vote(vote)).state is State.DECIDED
    assert decision is not None
    assert (decision.decided, decision.recommended, decision.decider_id, decision.is_override) == (
        "advance",
        "advance",
        IDS["Eve"],
        False,
    )


async def test_the_decider_reads_in_one_sentence_what_the_vote_came_to(house: House) -> None:
    await closed(house)

    told = [parcel.message.text for parcel in await house.sent("Eve")]
    assert any("Passed: Advance. Please decide." in text for text in told)


async def test_deciding_otherwise_takes_reasons_and_is_counted(house: House) -> None:
    vote = await closed(house)

    form = await house.presses("Eve", await house.offered("Eve", texts.OTHERWISE))
    short = await house.sends("Eve", form, {"choice": "decline", "rationale": "No. " + " " * 80})
    await house.sends("Eve", form, {"choice": "decline", "rationale": WHY})

    decision = await house.decision(vote)
    assert isinstance(short, Problems)
    assert decision is not None
    assert (decision.decided, decision.is_override) == ("decline", True)
    assert keeping.rationale(house.sealer, decision) == WHY
    assert WHY not in str(await house.database.read(lambda s: s.get(Decision, vote)))
    assert any(WHY in parcel.message.text for parcel in await house.sent("Ben"))


async def test_it_is_decided_in_one_typed_line(house: House) -> None:
    vote = await closed(house)

    unknown = said(await house.says("Eve", f"vote decide V-{vote} abstain"))
    short = said(await house.says("Eve", f"vote decide V-{vote} decline No."))
    await house.says("Eve", f'vote decide V-{vote} decline "{WHY}"')

    assert "Advance, Decline, More evidence" in unknown
    assert "so far there are 3" in short
    assert (await house.vote(vote)).state is State.DECIDED


async def test_an_answer_of_two_words_is_typed_as_it_is_written(house: House) -> None:
    vote = await closed(house)

    short = said(await house.says("Eve", f"vote decide V-{vote} more evidence Not yet."))
    await house.says("Eve", f'vote decide V-{vote} more evidence "{WHY}"')

    decision = await house.decision(vote)
    assert "so far there are 8" in short
    assert decision is not None
    assert decision.decided == "more_evidence"


async def test_nothing_is_decided_before_the_close_and_nothing_twice(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)

    early = said(await house.says("Eve", f"vote decide V-{vote} advance"))
    await house.passes(timedelta(days=2))
    confirm = await house.offered("Eve", texts.confirm("Advance"))
    await house.presses("Eve", confirm)
    again = said(await house.presses("Eve", confirm))

    assert early == texts.not_now(f"V-{vote}", State.OPEN)
    assert again == texts.not_now(f"V-{vote}", State.DECIDED)


@pytest.mark.parametrize(
    ("who", "answer"), [("Cleo", texts.OTHERS_DECIDE[State.DECIDER]), ("Ines", "That is not here")]
)
async def test_others_do_not_decide(house: House, who: str, answer: str) -> None:
    vote = await closed(house)
    confirm = await house.offered("Eve", texts.confirm("Advance"))

    pressed = said(await house.presses(who, confirm))
    typed = said(await house.says(who, f"vote decide V-{vote} advance"))

    assert pressed.startswith(answer)
    assert typed.startswith(answer)
    assert await house.decision(vote) is None


async def test_a_button_of_another_version_decides_nothing(house: House) -> None:
    vote = await closed(house)
    confirm = await house.offered("Eve", texts.confirm("Advance"))
    stale = confirm.model_copy(update={"payload": {"vote": vote, "version": 2}})

    answer = said(await house.presses("Eve", stale))

    assert answer == texts.is_newer(f"V-{vote}")
    assert await house.decision(vote) is None


async def test_a_vote_is_cancelled_until_it_is_decided(house: House) -> None:
    called_off, decided = await house.runs(), await house.runs(application_id=None)
    await house.casts(decided, **SPLIT)
    await house.passes(timedelta(days=2))
    await house.says("Eve", f"vote decide V-{decided} advance")

    why = said(await house.says("Cleo", f"vote cancel V-{called_off}"))
    await house.says("Cleo", f'vote cancel V-{called_off} "She withdrew."')
    late = said(await house.says("Cleo", f'vote cancel V-{decided} "Never mind."'))
    await house.passes(timedelta(days=30))

    assert (why, late) == (texts.WHY_CANCEL, texts.is_over(f"V-{decided}"))
    assert (await house.vote(called_off)).state is State.CANCELLED
    assert any("She withdrew." in parcel.message.text for parcel in await house.sent("Ben"))


async def closed(house: House) -> int:
    """Return a vote that recommends to advance."""
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    await house.passes(timedelta(days=2))
    return vote
