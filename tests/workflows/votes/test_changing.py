"""Changing an open vote: longer once, more private only, and anew with fresh ballots."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.ui import Form, Problems
from tests.workflows.acting import prefilled, said
from tests.workflows.votes.house import QUESTION, House
from tests.workflows.votes.test_closing import SPLIT
from workflows.votes import changing, keeping, tables
from workflows.votes import deciding_texts as texts
from workflows.votes.rules import Mode, Result, State

DAY = timedelta(days=1)
WEDNESDAY = datetime(2026, 11, 4, 9, tzinfo=UTC)
NEW = "Would she close the gap within a year?"


async def test_it_is_extended_once_and_closes_at_its_new_time_alone(house: House) -> None:
    vote = await house.runs()

    answer = said(await house.says("Cleo", f"vote extend V-{vote} 1d"))
    again = said(await house.says("Eve", f"vote extend V-{vote} 1h"))
    await house.reaches(WEDNESDAY)
    at_the_old_time = (await house.vote(vote)).state
    await house.reaches(WEDNESDAY + timedelta(hours=8))

    assert (answer, again) == (texts.EXTENDED, texts.EXTENDED_ALREADY)
    assert (at_the_old_time, (await house.vote(vote)).state) == (State.OPEN, State.EVIDENCE)
    assert any(texts.EXTENDED in parcel.message.text for parcel in await house.sent("Ben"))


@pytest.mark.parametrize(
    ("who", "words", "answer"),
    [
        ("Cleo", "9d", texts.TOO_LONG),
        ("Cleo", "0d", texts.HOW_LONG),
        ("Cleo", "soon", texts.HOW_LONG),
        ("Ben", "1d", texts.STEERED_BY_OTHERS),
    ],
)
async def test_it_is_not_extended_without_end_or_by_others(
    house: House, who: str, words: str, answer: str
) -> None:
    vote = await house.runs()

    assert said(await house.says(who, f"vote extend V-{vote} {words}")) == answer
    assert (await house.vote(vote)).closes_at == WEDNESDAY


async def test_after_its_time_nothing_of_it_changes_even_before_it_is_counted(
    house: House,
) -> None:
    vote = await house.runs()
    house.clock.move_to(WEDNESDAY)

    verbs = (f"extend V-{vote} 1d", f"mode V-{vote} confidential", f"amend V-{vote}")
    answers = {said(await house.says("Cleo", f"vote {verb}")) for verb in verbs}

    assert answers == {texts.is_closed(f"V-{vote}")}


async def test_another_question_voids_all_ballots_and_keeps_the_old_version(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)
    await house.passes(DAY)

    form = await house.says("Cleo", f"vote amend V-{vote}")
    answer = await house.sends("Cleo", form, {"question": NEW})

    found = await house.vote(vote)
    assert said(answer) == texts.AMENDED
    assert (found.version, found.closes_at) == (2, datetime(2026, 11, 4, 17, tzinfo=UTC))
    assert [await question(house, vote, version) for version in (1, 2)] == [QUESTION, NEW]
    assert any(texts.BALLOTS_VOID in parcel.message.text for parcel in await house.sent("Ben"))

    await house.reaches(found.closes_at)

    count = await house.count(vote)
    assert count is not None
    assert (count.version, count.result, count.answered) == (2, Result.NO_QUORUM, 0)


async def test_before_the_first_ballot_nothing_is_said_of_void_ones(house: House) -> None:
    vote = await house.runs()

    form = await house.says("Cleo", f"vote amend V-{vote}")
    await house.sends("Cleo", form, {"answers": "Advance\nDecline\nAsk her once more"})

    told = " ".join(parcel.message.text for parcel in await house.sent("Ben"))
    options = (await wording(house, vote)).options
    assert texts.PLEASE_VOTE in told
    assert texts.BALLOTS_VOID not in told
    assert [one.key for one in options] == ["advance", "decline", "ask_her_once_more"]
    assert [one.needs_reason for one in options] == [False, True, False]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"weight_security": "70"}, texts.NOT_A_HUNDRED),
        ({"answers": "Advance"}, texts.which_answers(2, 6, 60)),
        ({"answers": "Advance\nadvance"}, texts.which_answers(2, 6, 60)),
        ({"answers": "Advance\nAbstain"}, texts.which_answers(2, 6, 60)),
    ],
)
async def test_an_amendment_that_cannot_be_voted_on_is_refused_beside_its_input(
    house: House, changed: dict[str, str], problem: str
) -> None:
    vote = await house.runs()
    form = await house.says("Eve", f"vote amend V-{vote}")

    refused = await house.sends("Eve", form, changed)

    assert refused == Problems(fields={next(iter(changed)): problem})
    assert (await house.vote(vote)).version == 1


async def test_only_who_looks_after_the_search_amends_the_weights(house: House) -> None:
    vote = await house.runs()
    heavy = {"question": NEW, "weight_security": "90", "weight_ta": "10"}

    await house.sends("Cleo", await house.says("Cleo", f"vote amend V-{vote}"), heavy)
    by_the_opener = await wording(house, vote)
    await house.sends("Eve", await house.says("Eve", f"vote amend V-{vote}"), heavy)

    assert (by_the_opener.question, by_the_opener.weights) == (NEW, {"security": 60, "ta": 40})
    assert (await wording(house, vote)).weights == {"security": 90, "ta": 10}


async def test_nothing_that_changed_and_a_form_of_an_older_version_change_nothing(
    house: House,
) -> None:
    vote = await house.runs()
    old = await house.says("Eve", f"vote amend V-{vote}")
    same = said(await house.sends("Eve", old, {}))
    await house.sends("Eve", old, {"question": NEW})

    late = said(await house.sends("Eve", old, {"question": QUESTION}))

    assert isinstance(old, Form)
    assert prefilled(old)["weight_security"] == "60"
    assert (same, late) == (texts.NOTHING_AMENDED, texts.is_newer(f"V-{vote}"))


async def test_a_vote_becomes_more_private_and_never_less(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)

    await house.says("Cleo", f"vote mode V-{vote} confidential")
    back = said(await house.says("Cleo", f"vote mode V-{vote} named"))

    found = await house.vote(vote)
    assert back == texts.not_less_private(Mode.CONFIDENTIAL)
    assert (found.mode, found.version) == (Mode.CONFIDENTIAL, 1)


async def test_secret_it_begins_anew_so_that_no_ballot_stays_with_a_name(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, **SPLIT)

    await house.says("Cleo", f"vote mode V-{vote} secret")

    found = await house.vote(vote)
    assert (found.mode, found.version, found.state) == (Mode.SECRET, 2, State.OPEN)
    assert any(texts.BALLOTS_VOID in parcel.message.text for parcel in await house.sent("Ben"))


async def test_it_becomes_secret_only_where_nobody_could_be_told_apart(house: House) -> None:
    vote = await house.runs()
    await house.recuses(vote, "Ada")

    answer = said(await house.says("Cleo", f"vote mode V-{vote} secret"))

    assert answer == texts.TOO_FEW_TO_HIDE
    assert (await house.vote(vote)).mode is Mode.NAMED


async def question(house: House, vote: int, version: int) -> str:
    """Return what a version asked."""
    return await house.database.read(
        lambda s: keeping.question(house.sealer, tables.terms_of(s, vote, version))
    )


async def wording(house: House, vote: int) -> changing.Wording:
    """Return what a vote asks now."""
    return await house.database.read(
        lambda s: changing.wording_of(house.context(s), s.get_one(tables.Vote, vote))
    )
