"""Actions: done, dropped, converted or given away; reminded of; and theirs alone to change."""

from datetime import date, timedelta

from bot.context import Context
from bot.ui import Button
from storage import calendars
from tests.workflows.acting import TEAMS, buttons, said
from tests.workflows.agendas.capture_house import action, moves, owner, runs
from tests.workflows.agendas.house import STARTS, House
from workflows.agendas.rules import ActionState, State

DAY = timedelta(days=1)


def labelled(found: list[Button], label: str) -> Button:
    return next(button for button in found if button.label == label)


async def test_an_action_is_done_once_by_its_owner_and_by_nobody_else(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA')

    stranger = await house.says("Max", "action done A-1")
    answer = await house.says("Tia", "action done A-1", TEAMS)
    again = await house.says("Tom", "action drop A-1")

    kept, _ = await action(house, 1)
    assert "That is not here" in said(stranger)
    assert said(answer) == "A-1 is done. Thank you."
    assert said(again) == "A-1 is done already. Nothing was changed."
    assert (kept.state, kept.closed_at) == (ActionState.DONE, STARTS)


async def test_owners_of_the_meeting_drop_and_convert(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "First" @UTIA')
    await house.says("Max", 'action "Second" @UTIA')

    dropped = await house.says("Sina", "action drop A-1")
    converted = await house.says("Tom", "action convert A-2 V-7")
    unclear = await house.says("Tom", "action convert A-2")

    assert said(dropped) == "A-1 is dropped, and comes back on no agenda."
    assert said(converted) == "A-2 goes on as V-7, and comes back on no agenda."
    assert "what it goes on as" in said(unclear)
    assert (await action(house, 2))[0].became == "V-7"


async def test_an_action_is_given_away_and_both_are_told(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')

    answer = await house.says("Sina", "action give A-1 @UMAX due=2026-11-20")

    assert said(answer) == "Max does A-1 now by 2026-11-20, and has been told."
    assert await house.told("Max") == [
        "Sina gave you A-1 by 2026-11-20: Check the badge logs",
    ]
    assert await house.told("Tia") == ["Max does A-1 now; you need not do anything about it."]


async def test_without_a_name_a_form_asks_to_whom_an_action_goes(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')
    form = await house.says("Tia", "action give A-1")

    answer = await house.sends("Tia", form, {"who": "UTOM"})
    stranger = await house.sends("Max", form, {"who": "UMAX"})

    assert said(answer) == "Tom does A-1 now by 2026-11-13, and has been told."
    assert "That is not here" in said(stranger)
    assert (await action(house, 1))[0].owner_id == owner("Tom")


async def test_the_lists_show_ones_own_and_to_those_who_come_all(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri ref=S-12')
    await house.says("Max", 'action "Ask the vendor"')

    own = await house.says("Tia", "action list")
    everything = await house.says("Sina", "action list AG-1")
    nothing = await house.says("Tom", "action list")
    stranger = await house.says("Olga", "action list AG-1")
    await house.presses("Tia", labelled(buttons(own), "Done: A-1"))

    assert said(own).splitlines()[1:] == [
        "A-1: Check the badge logs (S-12); due 2026-11-13",
    ]
    assert said(everything).splitlines() == [
        "What is open of Security and TA:",
        "A-1: Check the badge logs (S-12); Tia; due 2026-11-13",
        "A-2: Ask the vendor; Max; without a day",
    ]
    assert "nothing to do" in said(nothing)
    assert "That is not here" in said(stranger)
    assert (await action(house, 1))[0].state is ActionState.DONE


async def reminded(house: House) -> list[str]:
    """Return how Tia was reminded, in order."""
    return [text for text in await house.told("Tia") if text.startswith("A-")]


async def test_an_owner_hears_on_the_day_and_two_working_days_later(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')

    await house.passes(3 * DAY)
    before = await reminded(house)
    await house.passes(2 * DAY)
    first = await reminded(house)
    await house.passes(7 * DAY)
    both = await reminded(house)

    assert before == []
    assert first == ["A-1 is due on 2026-11-13: Check the badge logs"]
    assert len(both) == 2  # on the Friday, and on the Tuesday after it
    assert both[1].startswith("A-1 was due on 2026-11-13: Check the badge logs\nIs it done?")
    assert (await action(house, 1))[0].next_look == ""


async def test_nobody_is_reminded_of_what_is_done_or_while_they_are_away(house: House) -> None:
    await runs(house)
    await house.says("Max", 'action "First" @UTIA due=2026-11-12')
    await house.says("Max", 'action "Second" @UTIA due=2026-11-11')
    await house.says("Tia", "action done A-1")

    def leave(ctx: Context) -> None:
        calendars.add_absence(ctx.session, owner("Tia"), STARTS + DAY, STARTS + 3 * DAY)

    await house.within(leave)
    await house.passes(3 * DAY - timedelta(minutes=1))
    while_away = await reminded(house)
    await house.passes(timedelta(hours=2))

    assert while_away == []
    assert await reminded(house) == [
        "A-2 was due on 2026-11-11: Second\nIs it done? If it cannot be done, drop it or give it "
        "away; else it stands on the next agenda."
    ]


async def test_what_is_agreed_after_a_meeting_is_told_at_once(house: House) -> None:
    _, meeting = await runs(house)
    await moves(house, meeting, State.OVER)

    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')
    button = await house.offered("Tia", "Done")
    answer = await house.presses("Tia", button)

    assert await house.told("Tia") == ["Max gave you A-1 by 2026-11-13: Check the badge logs"]
    assert said(answer) == "A-1 is done. Thank you."
    assert (await action(house, 1))[0].due_on == date(2026, 11, 13)
