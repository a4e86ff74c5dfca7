"""Closing: once, in time or by hand, and telling nothing of how it stood before."""

import asyncio
from datetime import timedelta

import pytest

from storage import people
from storage.database import Database
from tests.workflows.acting import said
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import IDS, House
from workflows import votes
from workflows.votes import closing
from workflows.votes import deciding_texts as texts
from workflows.votes.counting import Rule
from workflows.votes.rules import Authority, Mode, Result, State

#: Security is for it, talent acquisition against: 60 to 40.
SPLIT = {
    **dict.fromkeys(("Cleo", "Dan", "Eve"), "advance"),
    **dict.fromkeys(("Ben", "Tom", "Ada"), "decline"),
}
RULE = Rule(options=("advance", "decline"), weights={"security": 60, "ta": 40})
CLOSERS = ("Cleo", "Eve", "Cleo")
HOUR = timedelta(hours=1)


async def test_a_vote_closes_at_its_time_and_keeps_exact_figures(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)

    await house.passes(timedelta(days=2))

    found, count = await house.vote(vote), await house.count(vote)
    assert (found.state, found.closed_at) == (State.DECIDER, found.closes_at)
    assert count is not None
    assert (count.result, count.recommended, count.electors, count.answered) == (
        Result.PASSED,
        "advance",
        6,
        6,
    )
    assert count.shares == {"advance": "60", "decline": "40", "more_evidence": "0"}
    assert count.counts == {"security": {"advance": 3}, "ta": {"decline": 3}}


async def test_a_binding_vote_is_decided_at_its_close_by_nobody(house: House) -> None:
    vote = await house.runs(authority=Authority.BINDING)
    await house.casts(vote, **SPLIT)

    await house.passes(timedelta(days=2))

    decision = await house.decision(vote)
    assert (await house.vote(vote)).state is State.DECIDED
    assert decision is not None
    assert (decision.decided, decision.decider_id, decision.is_override) == ("advance", None, False)


async def test_of_many_who_close_at_once_one_does(house: House, database: Database) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    house.clock.advance(timedelta(days=2) - HOUR)

    async with engine_around(votes.workflow, database) as (engine, clock, sealer):
        clock.advance(timedelta(days=2) - HOUR)
        other = House(engine, database, clock, sealer, IDS, acts=1_000)
        answers = await asyncio.gather(
            *(each.says(who, f"vote close V-{vote}") for each in (house, other) for who in CLOSERS)
        )
        await house.passes(2 * HOUR)

    assert [said(answer) for answer in answers].count(texts.closed(f"V-{vote}")) == 1
    asked = [one for one in await house.sent("Eve") if "Please decide." in one.message.text]
    assert len(asked) == 1


async def test_a_refusal_to_close_reads_the_same_however_it_stands(house: House) -> None:
    blank, split = await house.runs(), await house.runs()
    await house.casts(split, Cleo="advance", Dan="advance", Ben="advance", Tom="advance")

    refusals = [said(await house.says("Cleo", f"vote close V-{vote}")) for vote in (blank, split)]

    assert refusals == [texts.too_early_to_close(4)] * 2
    assert {(await house.vote(vote)).state for vote in (blank, split)} == {State.OPEN}


async def test_after_four_working_hours_or_all_answers_it_can_be_closed(house: House) -> None:
    waited = await house.runs()
    await house.passes(4 * HOUR)
    answered = await house.runs()
    await house.casts(answered, **SPLIT)

    for vote in (waited, answered):
        await house.says("Eve", f"vote close V-{vote}")

    assert (await house.vote(waited)).state is State.EVIDENCE
    assert (await house.vote(answered)).state is State.DECIDER


@pytest.mark.parametrize(("who", "text"), [("Ben", texts.STEERED_BY_OTHERS), ("Ines", "not here")])
async def test_others_do_not_close(house: House, who: str, text: str) -> None:
    vote = await house.runs()
    await house.passes(4 * HOUR)

    answer = said(await house.says(who, f"vote close V-{vote}"))

    assert text in answer
    assert (await house.vote(vote)).state is State.OPEN


async def test_the_opener_hears_once_that_everybody_has_answered(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    for _ in range(3):
        await house.database.write(
            lambda session: closing.look_who_is_left(house.context(session), vote)
        )
        await house.passes(timedelta(minutes=1))

    told = [one for one in await house.sent("Cleo") if texts.COMPLETE in one.message.text]
    await house.presses("Cleo", await house.offered("Cleo", texts.CLOSE_NOW))

    assert len(told) == 1
    assert texts.UNTIL_THEN in told[0].message.text
    assert (await house.vote(vote)).state is State.DECIDER


@pytest.mark.parametrize("way", ["barred", "left"])
async def test_the_decider_hears_it_when_the_opener_has_no_part_any_more(
    house: House, way: str
) -> None:
    vote = await house.runs(opened_by=IDS["Fay"])
    await house.casts(vote, **SPLIT)
    if way == "barred":
        await house.bars("Fay")
    else:
        await house.database.write(lambda session: people.deactivate(session, IDS["Fay"]))

    await house.passes(timedelta(minutes=1))

    assert await house.sent("Fay") == []
    assert await house.offered("Eve", texts.CLOSE_NOW)


async def test_nobody_is_told_while_somebody_is_left(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **{name: choice for name, choice in SPLIT.items() if name != "Ada"})
    await house.database.write(
        lambda session: closing.look_who_is_left(house.context(session), vote)
    )

    await house.passes(timedelta(minutes=1))

    assert await house.sent("Cleo") == []


async def test_every_vote_that_goes_on_by_itself_has_a_timer_that_waits(house: House) -> None:
    vote = await house.runs()
    opened = await house.database.read(closing.open_votes)
    await house.passes(timedelta(days=2))
    closed = await house.database.read(closing.open_votes)
    await house.passes(timedelta(days=14))
    on_hold = await house.database.read(closing.open_votes)

    assert opened[f"vote:{vote}"].startswith(f"vote:{vote}:votes.close_in_time:1:")
    assert closed[f"vote:{vote}"].startswith(f"vote:{vote}:votes.climb:1:")
    assert on_hold == {}


async def test_a_vote_goes_on_after_a_restart_in_the_middle(
    house: House, database: Database
) -> None:
    vote = await house.runs()
    await house.passes(timedelta(days=2))

    async with engine_around(votes.workflow, database) as (engine, clock, sealer):
        clock.move_to(house.clock.now())
        await House(engine, database, clock, sealer, IDS).passes(timedelta(days=14))

    assert (await house.vote(vote)).state is State.ON_HOLD


async def test_recused_people_are_neither_counted_nor_waited_for(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    await house.recuses(vote, "Ada")

    await house.passes(timedelta(days=2))

    count = await house.count(vote)
    assert count is not None
    assert (count.electors, count.answered) == (5, 5)


def test_of_a_secret_vote_no_figures_are_kept_that_tell_on_somebody() -> None:
    one_mind = {"security": {"advance": 3}, "ta": {"decline": 3}}
    mixed = {"security": {"advance": 2, "decline": 1}, "ta": {"decline": 2, "advance": 1}}

    alone = {"legal": {"decline": 1}}

    told = [closing.told(Mode.SECRET, RULE, each | alone) for each in (one_mind, mixed)]

    assert told == [None, mixed]
    assert closing.told(Mode.CONFIDENTIAL, RULE, one_mind) == one_mind


async def test_nothing_that_is_sent_before_the_close_tells_how_it_stands(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    why = "The background check came back with something that she has not explained."

    await house.says("Cleo", f"vote extend V-{vote} 4h")
    await house.says("Cleo", f"vote mode V-{vote} confidential")
    await house.says("Fay", f'vote veto V-{vote} ground=background "{why}"')
    await house.says("Cleo", f'vote cancel V-{vote} "She withdrew."')

    told = [parcel.message for name in IDS for parcel in await house.sent(name)]
    words = {"Passed", "advance", "Advance", "Decline", "60.00", "quorum", "tie"}
    assert len(told) > len(SPLIT)
    assert not [one for one in told if words & set(one.text.replace(".", " ").split())]
