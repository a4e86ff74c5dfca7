"""Who is asked for a scorecard, and what becomes of that when the interview changes."""

from collections.abc import AsyncIterator

import pytest
from sqlmodel import Session

from bot.context import Context
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.feedback.panels import DAY, HOUR, IDS, TUESDAY, Panel, move_in, seated
from workflows.feedback import tables
from workflows.feedback.rules import CardState
from workflows.hiring import calls
from workflows.hiring.rules import InterviewStatus
from workflows.hiring.tables import Application, Candidate, PanelSeat, Recusal

A_WEEK = 7 * DAY


@pytest.fixture
def furniture() -> Furniture:
    """Everybody, and candidates to meet."""
    return move_in


@pytest.fixture
async def panel(database: Database) -> AsyncIterator[Panel]:
    async with seated(database) as panel:
        yield panel


async def states(panel: Panel, interview: int = 1) -> dict[str, CardState]:
    def read(session: Session) -> dict[str, CardState]:
        cards = {card.interviewer_id: card for card in tables.cards_of(session, [interview])}
        return {name: cards[id].state for name, id in IDS.items() if id in cards}

    return await panel.database.read(read)


async def test_everybody_on_the_panel_is_asked_when_the_interview_is_over(panel: Panel) -> None:
    await panel.meets("Ada", "Ben")

    card = await panel.card("Ada")
    told = await panel.until(TUESDAY)

    assert card.due_at == TUESDAY + 2 * DAY + 8 * HOUR
    assert told == ["Ada Tue 03 09:00 ask", "Ben Tue 03 09:00 ask"]
    assert panel.parcels[0].message.text == (
        "Ada, please write your scorecard for I-1 with C-1 while you remember it. "
        "It is due on Thursday 5 November, 17:00 (UTC)."
    )
    assert panel.parcels[0].envelope.sensitive
    assert panel.parcels[0].envelope.about == "interview:1"


async def test_the_candidate_and_who_is_recused_are_never_asked(panel: Panel) -> None:
    def close(ctx: Context) -> None:
        ctx.session.get_one(Candidate, 1).internal_person_id = IDS["Ada"]
        recusal = Recusal(application_id=1, person_id=IDS["Ben"], at=ctx.now)
        ctx.session.add(recusal)

    await panel.act(close)
    await panel.meets("Ada", "Ben", "Cleo")

    assert await states(panel) == {"Cleo": CardState.REQUESTED}
    assert await panel.until(TUESDAY) == ["Cleo Tue 03 09:00 ask"]


async def test_who_is_recused_later_is_not_reminded_any_more(panel: Panel) -> None:
    await panel.meets("Ada", "Ben")
    await panel.until(TUESDAY)

    def recuse(ctx: Context) -> None:
        ctx.session.add(Recusal(application_id=1, person_id=IDS["Ada"], at=ctx.now))
        calls.interview_changed(ctx, 1)

    await panel.act(recuse)

    assert await states(panel) == {"Ada": CardState.VOID, "Ben": CardState.REQUESTED}
    assert {line.split()[0] for line in await panel.until(TUESDAY + 2 * DAY)} == {"Ben"}


async def test_a_seat_given_up_takes_the_request_with_it_until_it_is_taken_again(
    panel: Panel,
) -> None:
    await panel.meets("Ada", "Ben")

    def leave(ctx: Context) -> None:
        ctx.session.delete(ctx.session.get_one(PanelSeat, (1, IDS["Ada"])))
        calls.interview_changed(ctx, 1)

    def come_back(ctx: Context) -> None:
        ctx.session.add(PanelSeat(interview_id=1, person_id=IDS["Ada"]))
        calls.interview_changed(ctx, 1)

    await panel.act(leave)
    gone = await states(panel)
    await panel.act(come_back)

    assert gone == {"Ada": CardState.VOID, "Ben": CardState.REQUESTED}
    assert await panel.until(TUESDAY) == ["Ada Tue 03 09:00 ask", "Ben Tue 03 09:00 ask"]


@pytest.mark.parametrize(
    "status", [InterviewStatus.CANCELLED, InterviewStatus.NO_SHOW, InterviewStatus.RESCHEDULED]
)
async def test_when_nobody_was_met_nobody_hears_of_it_any_more(
    panel: Panel, status: InterviewStatus
) -> None:
    await panel.meets("Ada", "Ben")
    await panel.until(TUESDAY)

    await panel.changes(1, status=status)

    assert set((await states(panel)).values()) == {CardState.VOID}
    assert await panel.until(TUESDAY + A_WEEK) == []
    assert await panel.loose_ends() == set()


async def test_a_new_time_after_none_was_known_asks_anew(panel: Panel) -> None:
    await panel.meets("Ada")
    await panel.until(TUESDAY)
    await panel.changes(1, status=InterviewStatus.RESCHEDULED)

    await panel.changes(
        1,
        status=InterviewStatus.SCHEDULED,
        starts_at=TUESDAY + A_WEEK - HOUR,
        ends_at=TUESDAY + A_WEEK,
    )

    assert await panel.until(TUESDAY + A_WEEK) == ["Ada Tue 10 09:00 ask"]


async def test_an_interview_that_moves_is_waited_for(panel: Panel) -> None:
    await panel.meets("Ada")
    before = (await panel.card("Ada")).due_at

    await panel.moves(1, TUESDAY + A_WEEK)

    assert (await panel.card("Ada")).due_at == before + A_WEEK
    assert await panel.until(TUESDAY + A_WEEK) == ["Ada Tue 10 09:00 ask"]


async def test_the_ladder_starts_anew_when_an_interview_moves_after_it_was_asked_for(
    panel: Panel,
) -> None:
    await panel.meets("Ada")
    await panel.until(TUESDAY + 5 * HOUR)

    await panel.moves(1, TUESDAY + A_WEEK)
    told = await panel.until(TUESDAY + A_WEEK + 5 * HOUR)

    assert told == ["Ada Tue 10 09:00 ask", "Ada Tue 10 13:00 reminder"]
    assert (await panel.card("Ada")).reminders == 2
    keys = [parcel.envelope.key for parcel in panel.parcels]
    assert len(set(keys)) == len(keys) == 4  # none edits an earlier one in silence


async def test_a_debrief_that_is_set_later_moves_the_due_time_alone(panel: Panel) -> None:
    await panel.meets("Ada")
    await panel.until(TUESDAY)

    await panel.changes(1, debrief_at=TUESDAY + 6 * HOUR)

    assert (await panel.card("Ada")).due_at == TUESDAY + 4 * HOUR
    assert await panel.until(TUESDAY + 7 * HOUR) == ["Ada Tue 03 13:00 reminder"]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ("moved", CardState.SUBMITTED),
        ("cancelled", CardState.DECLINED),
        ("seat lost", CardState.SUBMITTED),
    ],
)
async def test_what_is_settled_is_never_touched(
    panel: Panel, change: str, state: CardState
) -> None:
    await panel.meets("Ada")
    await panel.until(TUESDAY)
    await panel.settles("Ada", state=state)
    before = (await panel.card("Ada")).due_at

    def lose_seat(ctx: Context) -> None:
        ctx.session.delete(ctx.session.get_one(PanelSeat, (1, IDS["Ada"])))
        calls.interview_changed(ctx, 1)

    if change == "moved":
        await panel.moves(1, TUESDAY + A_WEEK)
    elif change == "cancelled":
        await panel.changes(1, status=InterviewStatus.CANCELLED)
    else:
        await panel.act(lose_seat)

    card = await panel.card("Ada")
    assert (card.state, card.due_at) == (state, before)
    assert await panel.until(TUESDAY + 2 * A_WEEK) == []


async def test_who_is_asked_late_has_as_much_time_as_others(panel: Panel) -> None:
    await panel.until(TUESDAY)

    await panel.meets("Ada", end=TUESDAY - 90 * DAY)

    assert (await panel.card("Ada")).due_at == TUESDAY + 2 * DAY + 8 * HOUR
    assert await panel.until(TUESDAY + HOUR) == ["Ada Tue 03 09:00 ask"]


async def test_saying_the_same_again_changes_nothing(panel: Panel) -> None:
    await panel.meets("Ada", "Ben")
    await panel.until(TUESDAY)
    before = (await panel.card("Ada")).model_dump()

    await panel.changes(1)

    assert (await panel.card("Ada")).model_dump() == before
    assert await panel.until(TUESDAY + HOUR) == []


async def test_with_an_application_its_scorecards_and_what_waits_for_them_go(
    panel: Panel,
) -> None:
    await panel.meets("Ada")

    await panel.act(lambda ctx: ctx.session.delete(ctx.session.get_one(Application, 1)))

    assert await panel.until(TUESDAY + A_WEEK) == []
