"""What is a blind judgement, and what waits for the interview; over both databases."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from bot.context import unasked
from storage import people
from tests.furniture import Furniture
from tests.workflows.feedback.house import (
    CARDS,
    COMPLETE,
    HOUR,
    IDS,
    House,
    buttons,
    move_in,
    prefilled,
    said,
)
from workflows.feedback import giving_texts as texts
from workflows.feedback import summary_texts
from workflows.feedback.ladder import Rung
from workflows.feedback.rules import CardState
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls as hiring
from workflows.hiring.rules import InterviewStatus, Reveal
from workflows.hiring.tables import Interview, PanelSeat, Search

GLASS = 'feedback open C-1 --reason="The debrief was moved ahead."'


def first_met(session: Session) -> None:
    """Let Cleo and Dan alone have met the first candidate."""
    move_in(session)
    session.get_one(Interview, 2).status = InterviewStatus.CANCELLED
    for card in session.exec(select(Scorecard).where(col(Scorecard.interview_id) == 2)):
        card.state = CardState.VOID


@pytest.fixture
def furniture() -> Furniture:
    """Two who have met the first candidate, and nobody else who has."""
    return first_met


async def gives(house: House, name: str, **changed: str) -> str:
    """Let somebody hand in, and return what they are told."""
    return said(await house.sends(name, await house.opens(name), {**COMPLETE, **changed}))


async def joins(house: House, name: str) -> None:
    """Let somebody be asked who was not on the panel."""
    now = house.clock.now()
    seat = PanelSeat(interview_id=1, person_id=IDS[name])
    due = now + timedelta(hours=24)
    card = Scorecard(interview_id=1, interviewer_id=IDS[name], requested_at=now, due_at=due)
    await house.add(seat, card)


async def is_admin(house: House, name: str) -> None:
    await house.database.write(lambda session: people.grant(session, IDS[name], "admin"))


async def judged(house: House, name: str) -> tuple[int, list[bool]]:
    """Return which version of somebody's counts, and which of them are no blind judgements."""
    versions = await house.versions(name)
    return (await house.card(name)).counted, [one.post_reveal for one, _ in versions]


async def test_who_read_after_their_own_no_longer_judges_alone(house: House) -> None:
    def open_up(session: Session) -> None:
        session.get_one(Search, 1).reveal = Reveal.AFTER_OWN

    await house.database.write(open_up)
    await joins(house, "Ben")
    await gives(house, "Cleo")
    await gives(house, "Cleo", rate_comm="1")
    await gives(house, "Dan")

    form = await house.opens("Dan")
    answer = await house.sends("Dan", form, {"rate_comm": "1"})

    assert texts.REVISING_LATE in str(form)
    assert said(answer) == texts.THANKS_LATE
    assert await judged(house, "Dan") == (1, [False, True])
    # Nobody else had given theirs, so there was nothing to read.
    assert await judged(house, "Cleo") == (2, [False, False])


@pytest.mark.parametrize("is_over", [False, True])
async def test_who_read_by_break_glass_no_longer_judges_alone(house: House, is_over: bool) -> None:
    await is_admin(house, "Eve")
    await joins(house, "Ben")
    await gives(house, "Cleo")
    await house.says("Eve", GLASS)
    await house.says("Dan", "feedback reassign I-1 @UEVE")
    if is_over:
        house.clock.move_to(house.clock.now() + timedelta(hours=2))

    answer = await gives(house, "Eve")

    assert answer == texts.THANKS_LATE
    assert await judged(house, "Eve") == (0, [True])


@pytest.mark.parametrize("before", ["feedback", 'feedback decline I-1 "I was away"'])
async def test_who_sits_on_the_panel_without_a_scorecard_breaks_no_glass(
    house: House, before: str
) -> None:
    await is_admin(house, "Dan")
    await joins(house, "Ben")
    await gives(house, "Cleo")
    await house.says("Dan", before)

    assert said(await house.says("Dan", GLASS)) == summary_texts.GIVE_YOURS_FIRST

    await gives(house, "Dan")
    assert await judged(house, "Dan") == (1, [False])
    assert said(await house.says("Dan", GLASS)) != summary_texts.GIVE_YOURS_FIRST


async def test_who_joins_once_the_others_are_in_still_judges_alone(house: House) -> None:
    await gives(house, "Cleo")
    await gives(house, "Dan")
    house.clock.move_to(house.clock.now() + timedelta(hours=1))
    await joins(house, "Ines")

    answer = await gives(house, "Ines")
    await gives(house, "Ines", rate_comm="1")

    assert answer == texts.THANKS
    assert await judged(house, "Ines") == (1, [False, True])


@pytest.mark.parametrize("name", ["Eve", "Ada"])
async def test_who_oversaw_an_open_round_and_then_joins_may_have_read(
    house: House, name: str
) -> None:
    await gives(house, "Cleo")
    await gives(house, "Dan")
    await joins(house, name)

    await gives(house, name)

    assert await judged(house, name) == (0, [True])


async def test_who_could_read_and_is_held_back_again_may_have_read(house: House) -> None:
    await gives(house, "Cleo")
    await house.reveal()
    house.clock.move_to(house.clock.now() + timedelta(minutes=1))

    await gives(house, "Dan")

    assert await judged(house, "Dan") == (0, [True])


async def test_who_read_and_meets_the_candidate_again_may_have_read(house: House) -> None:
    await gives(house, "Cleo")
    await gives(house, "Dan")
    house.clock.move_to(house.clock.now() + HOUR)

    def ask(session: Session) -> None:
        session.get_one(Interview, 2).status = InterviewStatus.DONE
        card = session.get_one(Scorecard, CARDS[2, "Cleo"])
        card.state, card.requested_at = CardState.REQUESTED, house.clock.now()

    await house.database.write(ask)

    again = await house.opens("Cleo", 2)

    assert said(await house.sends("Cleo", again, COMPLETE)) == texts.THANKS_LATE


async def test_who_read_hands_over_and_is_asked_again_may_have_read(house: House) -> None:
    await gives(house, "Cleo")
    house.clock.move_to(house.clock.now() + HOUR)
    await house.reveal()
    house.clock.move_to(house.clock.now() + HOUR)

    await house.says("Dan", "feedback reassign I-1 @UBEN")
    await house.says("Ben", "feedback reassign I-1 @UDAN")

    assert await gives(house, "Dan") == texts.THANKS_LATE


async def test_who_read_and_whose_interview_moves_may_have_read(house: House) -> None:
    await gives(house, "Cleo")
    await house.reveal()
    starts_at = house.clock.now() + 2 * HOUR

    def move(session: Session) -> None:
        interview = session.get_one(Interview, 1)
        interview.starts_at, interview.ends_at = starts_at, starts_at + HOUR
        session.get_one(Scorecard, CARDS[1, "Dan"]).rung = Rung.NUDGE
        hiring.interview_changed(unasked(session, house.sealer, house.clock.now()), 1)

    await house.database.write(move)
    house.clock.move_to(starts_at + HOUR)

    assert await gives(house, "Dan") == texts.THANKS_LATE


async def test_who_left_the_panel_before_it_read_still_judges_alone(house: House) -> None:
    await house.says("Dan", "feedback reassign I-1 @UBEN")
    await gives(house, "Cleo")
    house.clock.move_to(house.clock.now() + HOUR)
    await house.reveal()
    house.clock.move_to(house.clock.now() + HOUR)

    await house.says("Ben", "feedback reassign I-1 @UDAN")

    assert await gives(house, "Dan") == texts.THANKS


# Before the interview -----------------------------------------------------------------------


@pytest.mark.parametrize("door", ["form", "quick"])
async def test_before_the_interview_a_scorecard_stays_a_draft(house: House, door: str) -> None:
    starts_at = house.clock.now() + timedelta(days=2)

    def move(session: Session) -> None:
        interview = session.get_one(Interview, 1)
        interview.starts_at, interview.ends_at = starts_at, starts_at + HOUR

    await house.database.write(move)

    if door == "form":
        answer = await house.sends("Dan", await house.opens("Dan"), COMPLETE)
    else:
        answer = await house.says("Dan", "feedback quick I-1 tech=4 -- " + COMPLETE["tell_tech"])

    assert said(answer).startswith("The interview I-1 has not begun")
    assert "Wednesday 4 November, 09:00 (UTC)" in said(answer)
    assert [button.label for button in buttons(answer)] == [texts.GO_ON]
    assert (await house.card("Dan")).state is CardState.DRAFT
    assert await house.versions("Dan") == []

    house.clock.move_to(starts_at)
    again = await house.presses("Dan", buttons(answer)[0])

    assert prefilled(again)["tell_tech"] == COMPLETE["tell_tech"]
    assert said(await house.sends("Dan", again, COMPLETE)) == texts.THANKS
