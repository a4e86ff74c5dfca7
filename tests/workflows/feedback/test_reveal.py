"""A round opens once: when all is in or its time has come, and a room reads no content."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.inbound import Place
from storage import people
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.engine import MONDAY, engine_around
from tests.workflows.feedback import reading_house as rows
from tests.workflows.feedback.reading_house import FIVE, IDS, House, button, said
from workflows import feedback
from workflows.feedback import handlers, sight, tables
from workflows.feedback import summary_texts as texts
from workflows.feedback.rules import CardState, Overall
from workflows.hiring.rules import InterviewStatus
from workflows.hiring.tables import Interview, PanelSeat

assert handlers


def settle(session: Session) -> None:
    """Let there be a panel, and a room for the search."""
    rows.seat_panel(session)
    rows.bind_room(session)


@pytest.fixture
def furniture() -> Furniture:
    """A panel and its room."""
    return settle


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A panel of three that was just asked, and a room for the search."""
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        made = House(engine, database, clock, sealer, cards=dict(rows.PANEL))
        await made.tells(1)
        await made.runs_timers()
        yield made


async def revealed_at(house: House) -> object:
    def look(session: Session) -> object:
        found = tables.round_of(session, 1, rows.STAGE)
        return found and found.revealed_at

    return await house.database.read(look)


async def all_give(house: House) -> None:
    for name in ("Ada", "Ben", "Cleo"):
        await house.gives(name, overall=Overall.STRONG_NO)


async def test_the_last_card_opens_the_round_and_the_panel_is_told_once(house: House) -> None:
    await house.gives("Ada")
    await house.gives("Ben")
    assert await revealed_at(house) is None
    await house.gives("Cleo")
    await house.gives("Ben", {**FIVE, "tech": 1}, late=True)
    await house.moves_to(await house.opens_at())

    sent = await house.told()

    assert await revealed_at(house) == MONDAY
    # Somebody may never see it, so no room is told.
    assert [each.person for each in sent] == [IDS[name] for name in ("Ada", "Ben", "Cleo", "Hugo")]
    assert {each.envelope.key for each in sent} == {"feedback:round:1"}
    assert {each.envelope.about for each in sent} == {"round:1"}
    assert all(each.envelope.sensitive for each in sent)


async def test_a_room_in_which_all_may_read_gets_one_card_without_content(house: House) -> None:
    await house.changes(rows.nobody_barred)
    await all_give(house)

    [post] = await house.told()

    assert post.place == Place("slack", "T1", "CPANEL")
    assert "strong no" not in said(post.message)
    assert not any(name in said(post.message) for name in ("Ada", "Ben", "Cleo"))
    pressed = button(post.message, texts.READ_SUMMARY)
    assert "strong no" in said(await house.presses("Hugo", pressed))
    assert "strong no" not in said(await house.presses("Olga", pressed))


async def test_the_time_opens_a_round_with_what_is_missing(house: House) -> None:
    await house.gives("Ada")
    opens_at = await house.opens_at()

    await house.moves_to(opens_at - timedelta(seconds=1))
    assert await revealed_at(house) is None
    assert await house.loose() == {}
    await house.moves_to(opens_at)

    assert await revealed_at(house) == opens_at
    answer = await house.says("Ben", "feedback summary C-1")
    assert "Still waited for: Ben, Cleo." in said(answer)
    assert await house.loose() == {}


async def test_a_debrief_opens_the_round_and_moves_with_it(house: House) -> None:
    first, second = MONDAY + timedelta(hours=5), MONDAY + timedelta(hours=8)
    for debrief in (first, second):

        def plan(session: Session, at: object = debrief) -> None:
            session.get_one(Interview, 1).debrief_at = at  # type: ignore[assignment]  # a time

        await house.changes(plan)
        await house.tells(1)
        await house.runs_timers()
    await house.gives("Ada")

    await house.moves_to(first)
    assert await revealed_at(house) is None
    await house.moves_to(second)

    assert await revealed_at(house) == second


async def test_a_cancelled_interview_lets_the_others_be_read(house: House) -> None:
    other = await house.database.write(lambda s: rows.seat(s, ["Hugo"]))
    await house.tells(2)
    await all_give(house)
    await house.runs_timers()
    assert await revealed_at(house) is None

    def cancel(session: Session) -> None:
        session.get_one(Interview, 2).status = InterviewStatus.CANCELLED
        rows.card(session, other["Hugo"]).state = CardState.VOID

    await house.changes(cancel)
    await house.tells(2)
    await house.runs_timers()

    assert await revealed_at(house) == MONDAY


async def test_an_interview_that_leaves_a_stage_is_not_waited_for_there(house: House) -> None:
    await house.database.write(lambda s: rows.seat(s, ["Hugo"]))
    await house.tells(2)
    await all_give(house)
    await house.runs_timers()
    assert await revealed_at(house) is None

    def move(session: Session) -> None:
        session.get_one(Interview, 2).stage = "final"

    await house.changes(move)
    await house.tells(2)
    await house.runs_timers()

    assert await revealed_at(house) == MONDAY


async def test_nobody_waits_for_who_may_not_judge(house: House) -> None:
    def seat_remy(session: Session) -> None:
        session.add(PanelSeat(interview_id=1, person_id=IDS["Remy"]))

    await house.changes(seat_remy)
    await all_give(house)

    assert await revealed_at(house) == MONDAY


async def test_a_seat_that_was_not_asked_yet_keeps_the_round_closed(house: House) -> None:
    def seat_olga(session: Session) -> None:
        session.add(PanelSeat(interview_id=1, person_id=IDS["Olga"]))

    await house.changes(seat_olga)
    await all_give(house)

    assert await revealed_at(house) is None


async def test_once_open_a_round_stays_open(house: House) -> None:
    await all_give(house)

    house.cards |= await house.database.write(lambda s: rows.seat(s, ["Olga"]))
    await house.tells(2)
    await house.runs_timers()

    assert await revealed_at(house) == MONDAY
    assert "strong no" in said(await house.says("Ada", "feedback summary C-1"))


async def test_who_joins_a_round_that_is_open_still_judges_alone(house: House) -> None:
    await all_give(house)

    def seat_olga(session: Session) -> None:
        session.add(PanelSeat(interview_id=1, person_id=IDS["Olga"]))

    for join in (seat_olga, lambda s: house.cards.update(rows.ask(s, "Olga"))):
        await house.changes(join)

        assert "strong no" not in said(await house.says("Olga", "feedback summary C-1"))
        assert "strong no" in said(await house.says("Ada", "feedback summary C-1"))

    house.clock.move_to(await house.opens_at())
    assert "strong no" in said(await house.says("Olga", "feedback summary C-1"))


async def test_who_could_read_late_goes_on_reading_when_somebody_joins(house: House) -> None:
    await house.gives("Ada", overall=Overall.STRONG_NO)
    await house.moves_to(await house.opens_at())

    await house.database.write(lambda s: rows.seat(s, ["Olga"], ended=house.clock.now()))

    assert "strong no" in said(await house.says("Ben", "feedback summary C-1"))
    assert "strong no" not in said(await house.says("Olga", "feedback summary C-1"))


async def test_a_debrief_before_an_interview_of_the_round_opens_nothing(house: House) -> None:
    debrief, ended = MONDAY + timedelta(hours=5), MONDAY + timedelta(days=3)

    def plan(session: Session) -> None:
        session.get_one(Interview, 1).debrief_at = debrief
        house.cards |= rows.seat(session, ["Olga"], ended=ended)

    await house.changes(plan)
    await house.tells(1, 2)
    await house.runs_timers()
    await house.gives("Ada")
    opens_at = await house.opens_at()

    await house.moves_to(debrief)
    assert await revealed_at(house) is None
    await house.moves_to(opens_at)

    assert await revealed_at(house) == opens_at


async def test_no_debrief_opens_a_round_while_an_interview_waits_for_a_new_time(
    house: House,
) -> None:
    debrief = MONDAY + timedelta(hours=5)

    def plan(session: Session) -> None:
        house.cards |= rows.seat(session, ["Olga"])
        for interview in (1, 2):
            session.get_one(Interview, interview).debrief_at = debrief
        session.get_one(Interview, 2).status = InterviewStatus.RESCHEDULED

    await house.changes(plan)
    await house.tells(1, 2)
    await all_give(house)

    await house.moves_to(debrief)

    assert await revealed_at(house) is None
    assert "strong no" not in said(await house.says("Olga", "feedback summary C-1"))


async def test_two_last_cards_at_once_open_the_round_once(house: House) -> None:
    await house.gives("Ada")

    await asyncio.gather(house.gives("Ben"), house.gives("Cleo"))

    assert await revealed_at(house) == MONDAY
    assert len(await house.told()) == 4


async def test_what_is_written_once_a_round_is_open_is_known_as_such(house: House) -> None:
    def could_read(session: Session) -> bool:
        now = house.clock.now()
        ada = people.by_id(session, IDS["Ada"], now=now)
        return sight.could_read(session, ada, rows.card(session, house.cards["Ada"]), now)

    assert not await house.database.read(could_read)
    house.clock.move_to(await house.opens_at())
    assert await house.database.read(could_read)
