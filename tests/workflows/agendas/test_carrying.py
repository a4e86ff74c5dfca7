"""Carry-over: each action on every later agenda with its age, at the third with a question."""

from datetime import timedelta

from bot.context import Context
from bot.shown import words
from tests.workflows.acting import said
from tests.workflows.agendas.capture_house import action, moves, runs
from tests.workflows.agendas.house import LENGTH, SLOT, STARTS, House
from workflows.agendas import calls
from workflows.agendas.calls import Asked
from workflows.agendas.rules import Part, Reach, State

WEEK = timedelta(weeks=1)


async def carried(house: House, meeting: int, reach: Reach = Reach.KNOWN) -> list[str]:
    """Return what is carried over to a meeting."""
    starts_at = (await house.meeting(meeting)).starts_at

    def read(ctx: Context) -> list[str]:
        asked = Asked(series_id=1, meeting_id=meeting, starts_at=starts_at, since=None, reach=reach)
        return [words(item.line) for item in calls.items(ctx, Part.CARRIED, asked)]

    return await house.within(read)


async def weeks_later(house: House, weeks: int, state: State = State.DRAFT) -> int:
    """Let the meeting so many weeks after the first be there."""
    starts_at = STARTS + weeks * WEEK
    return await house.holds(
        1,
        slot_on=SLOT + weeks * WEEK,
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        state=state,
    )


async def test_ages_grow_by_meetings_and_the_third_asks_what_becomes_of_it(house: House) -> None:
    _, first = await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')
    at_first = await carried(house, first)
    await moves(house, first, State.OVER)
    seen = []

    for weeks in (1, 2, 3):
        meeting = await weeks_later(house, weeks)
        draft = await carried(house, meeting)
        await moves(house, meeting, State.PUBLISHED)
        assert await carried(house, meeting) == draft
        seen += draft
        await moves(house, meeting, State.OVER)

    head = "A-1: Check the badge logs; due 2026-11-13, overdue, back for the"
    assert at_first == []
    assert seen == [
        f"{head} 1st time",
        f"{head} 2nd time",
        f"{head} 3rd time: do it, drop it, or give it away?",
    ]
    assert (await action(house, 1))[0].carried == 3
    [question] = [text for text in await house.told("Tia") if "or more" in text]
    assert question.startswith("A-1 has stood on 3 agendas of Security and TA or more")
    answer = await house.presses("Tia", await house.offered("Tia", "Drop it"))
    assert said(answer) == "A-1 is dropped, and comes back on no agenda."


async def test_meetings_that_fell_out_count_for_nothing_and_the_overdue_stand_first(
    house: House,
) -> None:
    _, first = await runs(house)
    await house.says("Max", 'action "Someday" @UTIA')
    await house.says("Max", 'action "Next year" @UTIA due=2027-01-15')
    await house.says("Max", 'action "Late" @UTIA due=fri')
    await moves(house, first, State.OVER)
    await weeks_later(house, 1, State.SKIPPED)
    meeting = await weeks_later(house, 2)

    assert await carried(house, meeting) == [
        "A-3: Late; due 2026-11-13, overdue, back for the 1st time",
        "A-2: Next year; due 2027-01-15, back for the 1st time",
        "A-1: Someday; without a day, back for the 1st time",
    ]


async def test_where_others_read_along_an_action_is_a_number_with_its_day(house: House) -> None:
    _, first = await runs(house)
    await house.says("Max", 'action "Ask about C-104" @UTIA due=fri ref=S-12')
    await moves(house, first, State.OVER)
    meeting = await weeks_later(house, 1)

    outside = await carried(house, meeting, Reach.OUTSIDE)
    company = await carried(house, meeting, Reach.COMPANY)

    assert outside == ["A-1; due 2026-11-13, overdue, back for the 1st time"]
    assert company == [
        "A-1: Ask about C-104 (S-12); due 2026-11-13, overdue, back for the 1st time"
    ]


async def test_what_is_agreed_below_a_published_agenda_is_not_carried_to_it(house: House) -> None:
    _, first = await runs(house)
    await house.says("Max", 'action "Check the badge logs"')

    await moves(house, first, State.OVER)

    assert await carried(house, first) == []
