"""Vetoes: by name, on their own grounds, in time, and for the decider to uphold."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.workflows.acting import said
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import deciding_texts as texts
from workflows.votes.deciding_tables import Veto
from workflows.votes.rules import Authority, Resolution, State
from workflows.votes.tables import Elector

WHY = "The background check came back with something that she has not explained."
CLOSE = datetime(2026, 11, 4, 9, tzinfo=UTC)


async def test_a_veto_after_the_close_stops_it_and_everybody_reads_whose_it_is(
    house: House,
) -> None:
    vote = await closed(house)

    form = await house.presses("Fay", await house.offered("Fay", texts.VETO))
    answer = await house.sends("Fay", form, {"ground": "background", "reason": WHY})

    found = await house.vote(vote)
    assert said(answer) == texts.VETO_NOW
    assert (found.state, found.resumes) == (State.VETOED, State.DECIDER)
    for name in ("Ben", "Cleo", "Eve"):
        told = [parcel.message.text for parcel in await house.sent(name)]
        assert any("Fay vetoed. Ground: Background check." in one and WHY in one for one in told)


async def test_upheld_it_takes_the_recommendation_off_the_table(house: House) -> None:
    vote = await closed(house)
    await vetoes(house, vote)

    await house.presses("Eve", await house.offered("Eve", texts.UPHOLD))
    asked_again = await house.vote(vote)
    gone = said(await house.says("Eve", f"vote decide V-{vote} advance"))
    await house.says("Eve", f"vote decide V-{vote} decline")

    decision = await house.decision(vote)
    assert (asked_again.state, gone) == (State.DECIDER, texts.OFF_THE_TABLE)
    assert decision is not None
    assert (decision.decided, decision.recommended, decision.is_override) == (
        "decline",
        "advance",
        False,
    )


@pytest.mark.parametrize(
    ("authority", "state"),
    [(Authority.ADVISORY, State.DECIDER), (Authority.BINDING, State.DECIDED)],
)
async def test_rejected_it_goes_on_where_it_was(
    house: House, authority: Authority, state: State
) -> None:
    vote = await closed(house, authority=authority)
    await vetoes(house, vote)

    await house.presses("Eve", await house.offered("Eve", texts.REJECT))

    assert (await house.vote(vote)).state is state
    assert [one.resolution for one in await kept(house)] == [Resolution.REJECTED]


async def test_what_the_decider_does_not_uphold_in_three_working_days_lapses(house: House) -> None:
    vote = await closed(house)
    await vetoes(house, vote)

    await house.reaches(datetime(2026, 11, 6, 16, 59, tzinfo=UTC))
    before = (await house.vote(vote)).state
    await house.passes(timedelta(minutes=1))

    assert (before, (await house.vote(vote)).state) == (State.VETOED, State.DECIDER)
    assert [one.resolution for one in await kept(house)] == [Resolution.EXPIRED]


async def test_a_decision_that_is_made_already_is_withdrawn_when_a_veto_is_upheld(
    house: House,
) -> None:
    vote = await closed(house)
    await house.presses("Eve", await house.offered("Eve", texts.confirm("Advance")))
    await vetoes(house, vote)
    suspended = await house.vote(vote)

    await house.presses("Eve", await house.offered("Eve", texts.UPHOLD))

    assert (suspended.state, suspended.resumes) == (State.VETOED, State.DECIDED)
    assert await house.decision(vote) is None
    assert (await house.vote(vote)).state is State.DECIDER


async def test_a_veto_while_it_is_open_takes_effect_at_the_close(house: House) -> None:
    vote = await house.runs(authority=Authority.BINDING)
    await house.casts(vote, **SPLIT)

    answer = await vetoes(house, vote)
    still_open = (await house.vote(vote)).state
    await house.passes(timedelta(days=2))

    found, [veto] = await house.vote(vote), await kept(house)
    assert (answer, still_open) == (texts.VETO_AT_THE_CLOSE, State.OPEN)
    assert (found.state, found.resumes) == (State.VETOED, State.DECIDED)
    assert await house.decision(vote) is None
    assert veto.expires_at == datetime(2026, 11, 6, 17, tzinfo=UTC)

    await house.presses("Eve", await house.offered("Eve", texts.REJECT))

    assert (await house.vote(vote)).state is State.DECIDED


async def test_it_waits_until_each_veto_is_settled(house: House) -> None:
    vote = await closed(house)
    await vetoes(house, vote)
    reject_first = await house.offered("Eve", texts.REJECT)
    await vetoes(house, vote, "Gil", "legal")

    await house.presses("Eve", reject_first)
    waiting = (await house.vote(vote)).state
    await house.presses("Eve", await house.offered("Eve", texts.UPHOLD))

    assert (waiting, (await house.vote(vote)).state) == (State.VETOED, State.DECIDER)
    assert [one.against for one in await kept(house)] == ["", "advance"]


async def test_without_a_recommendation_the_first_answer_is_what_a_veto_stops(
    house: House,
) -> None:
    vote = await house.runs()
    await house.passes(timedelta(days=2))
    await vetoes(house, vote)

    await house.presses("Eve", await house.offered("Eve", texts.UPHOLD))

    assert [one.against for one in await kept(house)] == ["advance"]
    assert (await house.vote(vote)).state is State.DECIDER


async def test_the_time_for_vetoes_ends_one_working_day_after_the_close(house: House) -> None:
    vote = await closed(house)
    until = (await house.vote(vote)).veto_until
    await house.presses("Eve", await house.offered("Eve", texts.confirm("Advance")))
    await house.reaches(CLOSE + timedelta(hours=8, seconds=1))

    late = await vetoes(house, vote)

    assert until == CLOSE + timedelta(hours=8)
    assert late == texts.too_late_to_veto(f"V-{vote}")


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        ("Ben", f'ground=legal "{WHY}"', texts.NO_VETO),
        ("Ines", f'ground=legal "{WHY}"', "That is not here"),
        ("Fay", f'ground=legal "{WHY}"', "“legal” is not one of your grounds."),
        ("Fay", f'"{WHY}"', "A veto needs a ground."),
        ("Fay", 'ground=clearance "No."', "Please say why in 40 characters"),
    ],
)
async def test_a_veto_is_refused_in_words(house: House, who: str, words: str, answer: str) -> None:
    vote = await closed(house)

    refused = said(await house.says(who, f"vote veto V-{vote} {words}"))

    assert refused.startswith(answer)
    assert await kept(house) == []


async def test_one_veto_of_a_person_waits_at_a_time(house: House) -> None:
    vote = await closed(house)
    await vetoes(house, vote)

    again = await vetoes(house, vote)

    assert again == texts.ONE_VETO
    assert len(await kept(house)) == 1


async def test_who_stepped_back_has_no_veto_any_more(house: House) -> None:
    vote = await house.runs()
    await house.add(
        Elector(vote_id=vote, person_id=IDS["Lou"], department="legal", is_recused=True)
    )

    answer = await house.says("Lou", f'vote veto V-{vote} ground=legal "{WHY}"')
    await house.passes(timedelta(days=3))

    assert said(answer) == texts.NO_VETO
    assert not any(texts.YOU_HOLD_A_VETO in one.message.text for one in await house.sent("Lou"))


async def test_only_the_decider_settles_a_veto_and_only_once(house: House) -> None:
    vote = await closed(house)
    await vetoes(house, vote)
    uphold = await house.offered("Eve", texts.UPHOLD)

    others = said(await house.presses("Fay", uphold))
    await house.presses("Eve", uphold)
    again = said(await house.presses("Eve", uphold))

    assert (others, again) == (texts.OTHERS_DECIDE[State.VETOED], texts.VETO_IS_SETTLED)


async def test_who_was_kept_out_since_does_not_hear_what_became_of_their_veto(
    house: House,
) -> None:
    vote = await closed(house)
    await vetoes(house, vote)
    await house.bars("Fay")
    before = len(await house.sent("Fay"))

    await house.presses("Eve", await house.offered("Eve", texts.REJECT))

    assert len(await house.sent("Fay")) == before


async def closed(house: House, authority: Authority = Authority.ADVISORY) -> int:
    """Return a vote that recommends to advance."""
    vote = await house.runs(authority=authority)
    await house.casts(vote, **SPLIT)
    await house.passes(timedelta(days=2))
    return vote


async def vetoes(house: House, vote: int, who: str = "Fay", ground: str = "background") -> str:
    """Let somebody veto in one typed line, and return the answer."""
    return said(await house.says(who, f'vote veto V-{vote} ground={ground} "{WHY}"'))


async def kept(house: House) -> list[Veto]:
    """Return all vetoes, in order."""
    found = sa.select(Veto).order_by(sa.column("id"))
    return await house.database.read(lambda s: list(s.scalars(found)))
