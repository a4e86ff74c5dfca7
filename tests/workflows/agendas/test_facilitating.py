"""Who facilitates: in turn between the departments, and with the time kept for them."""

from datetime import timedelta

from bot.context import Context
from storage import calendars
from tests.workflows.acting import buttons, said
from tests.workflows.agendas.capture_house import moves, owner, runs
from tests.workflows.agendas.house import LENGTH, SLOT, STARTS, House
from tests.workflows.agendas.live import Live
from tests.workflows.agendas.test_drafting import draft
from tests.workflows.agendas.test_editing import changes
from workflows.agendas.rules import Part, State

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


async def week(house: House, number: int) -> int:
    """Let a meeting be planned; return its number."""
    starts_at = STARTS + number * WEEK
    return await house.holds(
        1, slot_on=SLOT + number * WEEK, starts_at=starts_at, ends_at=starts_at + LENGTH
    )


async def test_the_departments_take_turns(house: House) -> None:
    await house.meets()
    led = []

    for number in range(4):
        meeting = await week(house, number)
        for state in (State.DRAFT, State.PUBLISHED, State.RUNNING, State.OVER):
            await moves(house, meeting, state)
        led.append((await house.meeting(meeting)).facilitator_id)

    assert led == [owner("Sina"), owner("Tom"), owner("Sina"), owner("Tom")]


async def test_turns_are_kept_when_the_next_meeting_is_planned_before_one_begins(
    house: House,
) -> None:
    await house.meets()
    first, second = await week(house, 0), await week(house, 1)

    for state in (State.PUBLISHED, State.RUNNING):
        await moves(house, first, state)
        await moves(house, second, State.DRAFT)

    assert (await house.meeting(first)).facilitator_id == owner("Sina")
    assert (await house.meeting(second)).facilitator_id == owner("Tom")


async def test_whoever_is_away_does_not_facilitate(house: House) -> None:
    await house.meets()
    meeting = await week(house, 0)

    def leave(ctx: Context) -> None:
        calendars.add_absence(ctx.session, owner("Sina"), STARTS - DAY, STARTS + DAY)

    await house.within(leave)
    await moves(house, meeting, State.DRAFT)

    assert (await house.meeting(meeting)).facilitator_id == owner("Tom")


async def test_the_time_is_kept_for_the_facilitator_who_asks_for_it(house: House) -> None:
    series = await house.meets()
    await house.says("Tia", 'agenda add "Badge rollout"')
    await house.says("Tia", 'agenda need "SOC analyst" by=2027-01-15')
    _, meeting = await runs_led_by_sina(house, series)
    start = await house.offered("Sina", "Keep the time")

    stranger = await house.presses("Max", start)
    first = await house.presses("Sina", start)
    await house.passes(timedelta(minutes=6))
    more = await house.presses("Sina", await house.offered("Sina", "Five more minutes"))
    second = await house.presses("Sina", buttons(first)[0])
    stale = await house.presses("Sina", buttons(first)[0])
    last = await house.presses("Sina", buttons(second)[0])
    await house.passes(timedelta(minutes=10))

    begins, over = await house.told("Sina")
    assert begins.splitlines()[1:3] == [
        "1. Upcoming needs (5 min)",
        "2. Added items (5 min)",
    ]
    assert "That is not here" in said(stranger)
    assert said(first).startswith("Now: Upcoming needs, 5 min.")
    assert over == "The time for “Upcoming needs” is over. Next item?"
    assert said(more).startswith("Now: Upcoming needs, 5 min.")
    assert said(second).startswith("Now: Added items, 5 min.")
    assert "another part already" in said(stale)
    assert said(last).startswith("That was the last part.")
    assert (await house.meeting(meeting)).at_part == 0


async def test_only_what_stands_on_the_edited_agenda_is_stepped_through(
    house: House, live: Live
) -> None:
    live.put(Part.ESCALATIONS, "V-7 waits")
    live.put(Part.SEARCHES, "S-1 waits")
    live.put(Part.ADDED, "Badges", minutes=40)
    meeting = await draft(house)
    await changes(house, "Leave out", what=["escalations"])
    await changes(house, "Change the order", what="added", where="first")

    for state in (State.PUBLISHED, State.RUNNING):
        await moves(house, meeting, state)

    [begins] = [text for text in await house.told("Sina") if "you facilitate" in text]
    assert begins.splitlines()[1:-1] == ["1. Added items (40 min)"]


async def runs_led_by_sina(house: House, series: int) -> tuple[int, int]:
    """Let a meeting run that Sina facilitates."""
    meeting = await week(house, 0)
    house.clock.move_to(STARTS)
    for state in (State.PUBLISHED, State.RUNNING):
        await moves(house, meeting, state)
    return series, meeting


async def test_when_the_meeting_is_over_no_time_is_kept(house: House) -> None:
    _, meeting = await runs(house, facilitator_id=owner("Sina"))
    await house.says("Tia", 'agenda need "SOC analyst" by=2027-01-15')
    await moves(house, meeting, State.RUNNING)
    start = await house.offered("Sina", "Keep the time")
    await moves(house, meeting, State.OVER)

    answer = await house.presses("Sina", start)

    assert "does not run now" in said(answer)
