"""The ladder: who is asked when nobody decides, through nights, a weekend and a holiday."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.ui import Message
from storage import calendars, people
from storage.calendars import COMPANY, Holiday
from tests.workflows.acting import said
from tests.workflows.votes.house import IDS, House
from workflows.votes import deciding_texts as texts
from workflows.votes.ladder import above, first, reached
from workflows.votes.rules import Authority, Result, State

E, D, B, S, H = State.EVIDENCE, State.DECIDER, State.DIRECTORS, State.SPONSOR, State.ON_HOLD
NOTE = "The reference from her last team came in today, and it answers the question."
#: Nobody votes: what the crew that opens on Monday 2 November 2026 at 09:00 goes through.
CLIMB = (
    (datetime(2026, 11, 4, 9, tzinfo=UTC), E, ("Cleo", "Eve")),
    (datetime(2026, 11, 4, 17, tzinfo=UTC), D, ("Eve",)),
    (datetime(2026, 11, 5, 17, tzinfo=UTC), B, ("Fay", "Gil")),
    (datetime(2026, 11, 6, 17, tzinfo=UTC), S, ("Hal",)),
    # Two working days, without a weekend and the Monday on which the company is closed.
    (datetime(2026, 11, 11, 17, tzinfo=UTC), H, ("Eve", "Hal")),
)


@pytest.mark.parametrize(
    ("result", "authority", "is_reopened", "state"),
    [
        (Result.PASSED, Authority.ADVISORY, False, D),
        (Result.PASSED, Authority.ADVISORY, True, D),
        (Result.PASSED, Authority.BINDING, False, State.DECIDED),
        (Result.TIED, Authority.ADVISORY, False, E),
        (Result.INCONCLUSIVE, Authority.BINDING, False, E),
        (Result.NO_QUORUM, Authority.ADVISORY, False, E),
        (Result.TIED, Authority.ADVISORY, True, D),
        (Result.INCONCLUSIVE, Authority.ADVISORY, True, D),
        (Result.NO_QUORUM, Authority.BINDING, True, D),
    ],
)
def test_where_a_vote_goes_at_its_close(
    result: Result, authority: Authority, is_reopened: bool, state: State
) -> None:
    assert first(result, authority, is_reopened=is_reopened) is state


@pytest.mark.parametrize(("rung", "higher"), [(E, D), (D, B), (B, S), (S, H)])
def test_silence_leads_to_the_next_rung_and_never_to_a_decision(rung: State, higher: State) -> None:
    assert above(rung) is higher


@pytest.mark.parametrize(
    ("rung", "there", "found"),
    [
        (E, {E, D, B, S}, E),
        (E, {D, B, S}, D),
        (D, {S}, S),
        (D, {E}, H),
        (B, {B}, B),
        (S, set(), H),
        (H, set(), H),
    ],
)
def test_a_rung_on_which_nobody_is_left_is_passed_at_once(
    rung: State, there: set[State], found: State
) -> None:
    assert reached(rung, there.__contains__) is found


async def test_nobody_answers_and_it_climbs_to_the_top(house: House) -> None:
    closed = Holiday(COMPANY, date(2026, 11, 9), "Founders' day")
    await house.database.write(lambda s: calendars.replace_holidays(s, [], [closed]))
    vote = await house.runs()

    for at, state, asked in CLIMB:
        await house.reaches(at - timedelta(seconds=1))
        before = (await house.vote(vote)).state
        await house.reaches(at)

        assert (before is not state, (await house.vote(vote)).state) == (True, state), at
        for name in asked:
            assert texts.ASKS[state] in (await house.sent(name))[-1].message.text, (name, state)

    await house.passes(timedelta(days=60))
    assert (await house.vote(vote)).state is H
    assert await house.decision(vote) is None


async def test_new_evidence_opens_it_once_more_with_fresh_ballots(house: House) -> None:
    vote = await house.runs()
    await house.casts(vote, Cleo="advance", Dan="more_evidence", Ben="more_evidence", Tom="decline")
    await house.passes(timedelta(days=2))

    short = await house.says("Cleo", f'vote reopen V-{vote} "Soon."')
    form = await house.presses("Cleo", await house.offered("Cleo", texts.REOPEN))
    answer = await house.sends("Cleo", form, {"note": NOTE})

    found = await house.vote(vote)
    assert "so far there are 5" in said(short)
    assert said(answer) == texts.REOPENED
    assert (found.state, found.version, found.is_reopened) == (State.OPEN, 2, True)
    assert found.closes_at == datetime(2026, 11, 4, 17, tzinfo=UTC)
    assert any(NOTE in parcel.message.text for parcel in await house.sent("Ben"))

    await house.reaches(found.closes_at)

    closed, count = await house.vote(vote), await house.count(vote)
    assert (closed.state, count and (count.version, count.result)) == (D, (2, Result.NO_QUORUM))


async def test_it_is_opened_once_more_by_few_and_only_once(house: House) -> None:
    vote = await house.runs()
    await house.passes(timedelta(days=2))

    others = said(await house.says("Ben", f'vote reopen V-{vote} "{NOTE}"'))
    await house.says("Eve", f'vote reopen V-{vote} "{NOTE}"')
    await house.passes(timedelta(days=1))
    again = said(await house.says("Eve", f'vote reopen V-{vote} "{NOTE}"'))

    assert others == texts.REOPENED_BY_OTHERS
    assert again == texts.not_reopenable(f"V-{vote}", D)


@pytest.mark.parametrize(
    ("choices", "state"),
    [({"Fay": "decline", "Gil": "decline"}, State.DECIDED), ({"Fay": "decline"}, B)],
)
async def test_the_directors_decide_when_both_say_the_same(
    house: House, choices: dict[str, str], state: State
) -> None:
    vote = await at_the_directors(house)

    for name, choice in choices.items():
        await house.says(name, f"vote decide V-{vote} {choice}")

    assert (await house.vote(vote)).state is state


async def test_directors_who_differ_leave_it_to_the_sponsor_who_decides(house: House) -> None:
    vote = await at_the_directors(house)

    await house.says("Fay", f"vote decide V-{vote} decline")
    differs = said(await house.says("Gil", f"vote decide V-{vote} advance"))
    late = said(await house.says("Fay", f"vote decide V-{vote} advance"))
    form = await house.presses("Hal", await house.offered("Hal", texts.DECIDE))
    await house.sends("Hal", form, {"choice": "more_evidence"})

    decision = await house.decision(vote)
    assert (differs, late) == (texts.YOU_DIFFER, texts.OTHERS_DECIDE[S])
    assert decision is not None
    assert (decision.decided, decision.decider_id) == ("more_evidence", IDS["Hal"])


async def test_a_director_may_think_again_until_the_other_has_spoken(house: House) -> None:
    vote = await at_the_directors(house)

    for name, choice in (("Fay", "decline"), ("Fay", "advance"), ("Gil", "advance")):
        await house.says(name, f"vote decide V-{vote} {choice}")

    decision = await house.decision(vote)
    assert decision is not None
    assert decision.decided == "advance"


async def test_on_hold_the_decider_can_still_decide(house: House) -> None:
    vote = await house.runs()
    await house.passes(timedelta(days=14))

    answer = await house.says("Eve", f"vote decide V-{vote} decline")

    assert said(answer) == texts.DECIDED
    assert (await house.vote(vote)).state is State.DECIDED


@pytest.mark.parametrize(
    ("leaves", "state"),
    [
        (lambda s: people.deactivate(s, IDS["Gil"]), S),
        (lambda s: people.revoke(s, IDS["Fay"], "director", department="security"), S),
    ],
)
async def test_one_director_alone_decides_nothing(
    house: House, leaves: Callable[..., object], state: State
) -> None:
    await house.database.write(leaves)
    vote = await house.runs()

    await house.reaches(CLIMB[2][0])

    assert (await house.vote(vote)).state is state


async def test_who_directs_both_departments_takes_the_seat_that_nobody_else_can(
    house: House,
) -> None:
    def shuffle(session: Session) -> None:
        people.revoke(session, IDS["Gil"], "director", department="ta")
        people.grant(session, IDS["Fay"], "director", department="ta")
        people.grant(session, IDS["Ines"], "director", department="security", rank=9)

    await house.database.write(shuffle)
    vote = await at_the_directors(house)

    for name in ("Fay", "Ines"):
        await house.says(name, f"vote decide V-{vote} advance")

    assert (await house.vote(vote)).state is State.DECIDED


async def test_without_anybody_to_ask_it_is_on_hold_at_once(house: House) -> None:
    gone = ("Cleo", "Eve", "Gil", "Hal")
    vote = await house.runs()
    await house.database.write(lambda s: leave(s, gone))

    await house.passes(timedelta(days=2))

    assert (await house.vote(vote)).state is H


async def test_who_is_recused_from_the_candidate_is_asked_nothing(house: House) -> None:
    await house.bars("Hal")
    vote = await house.runs()

    await house.reaches(CLIMB[3][0])

    assert (await house.vote(vote)).state is H
    assert await house.sent("Hal") == []
    answer = await house.says("Hal", f"vote decide V-{vote} decline")
    assert isinstance(answer, Message)
    assert answer.text.startswith("That is not here")


async def test_who_stepped_back_from_the_vote_does_not_decide_it(house: House) -> None:
    vote = await house.runs()
    await house.recuses(vote, "Eve")

    await house.passes(timedelta(days=2))
    reopenable = (await house.vote(vote)).state
    await house.reaches(CLIMB[1][0])

    answer = await house.says("Eve", f"vote decide V-{vote} decline")
    assert (reopenable, (await house.vote(vote)).state) == (State.EVIDENCE, State.DIRECTORS)
    assert said(answer) == texts.OTHERS_DECIDE[State.DIRECTORS]


def leave(session: Session, names: Iterable[str]) -> None:
    for name in names:
        people.deactivate(session, IDS[name])


async def at_the_directors(house: House) -> int:
    vote = await house.runs()
    await house.reaches(CLIMB[2][0])
    return vote
