"""Keeping actions, decisions and notes: in the thread, elsewhere, and from beside a message."""

from datetime import date, timedelta

import pytest

from bot.ui import Choice, Form
from tests.workflows.acting import TEAMS, prefilled, said
from tests.workflows.agendas.capture_house import action, lines, marks, moves, owner, publish, runs
from tests.workflows.agendas.house import LENGTH, STARTS, House
from workflows.agendas.rules import ActionState, MinuteKind, State

DECISION, NOTE = MinuteKind.DECISION, MinuteKind.NOTE


async def test_an_action_is_typed_in_the_thread_with_its_owner_day_and_number(house: House) -> None:
    _, meeting = await runs(house)

    answer = await house.says("Max", 'action "Check the badge logs" @UTOM due=fri ref=s-12')

    kept, text = await action(house, 1)
    assert said(answer) == "A-1 is kept: Tom does it by 2026-11-13."
    assert (text, kept.owner_id, kept.due_on) == (
        "Check the badge logs",
        owner("Tom"),
        date(2026, 11, 13),
    )
    assert (kept.meeting_id, kept.ref, kept.state) == (meeting, "S-12", ActionState.OPEN)


async def test_an_action_without_a_name_is_whoevers_who_says_it(house: House) -> None:
    await runs(house)

    answer = await house.says("Max", "action Check the badge logs", TEAMS)

    kept, text = await action(house, 1)
    assert "A-1 is kept and yours." in said(answer)
    assert (text, kept.owner_id, kept.due_on) == ("Check the badge logs", owner("Max"), None)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("action", "Say what is to be done"),
        ("action @UTOM due=fri", "Say what is to be done"),
        ('action "x" nobody@northwind.example', "Nobody here has “nobody@northwind.example”"),
        ('action "x" due=someday', "“someday” is no day that I can read"),
        ('action "x" due=2026-11-01', "2026-11-01 is over"),
        ('action "x" due=2046-11-01', "more than two years away"),
        ("action Set level=3 @UTOM", "Put the words themselves in quotes"),
        ('action "x" ref=everything', "After `ref=` I read a number"),
        (f"action {'x' * 301}", "longer than 300 characters"),
        ("decision", "Say in words what is to be kept"),
        (f"note {'x' * 301}", "longer than 300 characters"),
        ("decision AG-9 x", "That is not here"),
    ],
)
async def test_what_cannot_be_kept_is_refused_in_words(house: House, words: str, why: str) -> None:
    _, meeting = await runs(house)

    answer = await house.says("Max", words)

    assert why in said(answer)
    assert await lines(house, meeting) == []


async def test_decisions_and_notes_are_kept_as_they_were_typed(house: House) -> None:
    _, meeting = await runs(house)

    answer = await house.says("Max", 'decision "Badges are checked twice a year"')
    await house.says("Tia", "note The vendor comes = on Tuesday", TEAMS)

    assert said(answer) == "Kept as a decision of this meeting. It will stand in the minutes."
    assert await lines(house, meeting) == [
        (DECISION, "Badges are checked twice a year"),
        (NOTE, "The vendor comes = on Tuesday"),
    ]


async def test_to_whoever_does_not_come_there_is_no_such_meeting(house: House) -> None:
    _, meeting = await runs(house)

    answer = await house.says("Olga", 'decision "Pay me"')

    assert "That is not here" in said(answer)
    assert await lines(house, meeting) == []


async def test_the_thread_says_which_meeting_and_elsewhere_it_is_the_one_that_runs(
    house: House,
) -> None:
    series, earlier = await runs(house)
    await moves(house, earlier, State.OVER)
    week = timedelta(weeks=1)
    later = await house.holds(
        series,
        slot_on=date(2026, 11, 16),
        starts_at=STARTS + week,
        ends_at=STARTS + week + LENGTH,
        state=State.RUNNING,
    )

    await house.says("Max", 'note "Too late for the first"')
    await house.says("Max", f'note AG-{series} "Said alone"', privately=True)

    assert await lines(house, earlier) == [(NOTE, "Too late for the first")]
    assert await lines(house, later) == [(NOTE, "Said alone")]


async def test_before_the_first_meeting_there_is_nothing_to_keep_a_decision_of(
    house: House,
) -> None:
    await house.meets()

    answer = await house.says("Max", 'decision "Go on"')

    assert "No meeting of this series has begun yet" in said(answer)


async def test_a_message_becomes_what_is_chosen_and_only_once(house: House) -> None:
    _, meeting = await runs(house)
    form = await marks(house, "Max", "Let us check badges twice a year.")
    twin = await marks(house, "Tia", "Let us check badges twice a year.")

    answer = await house.sends("Max", form, {"kind": "decision"})
    late = await house.sends("Tia", twin, {"kind": "action"})
    again = await marks(house, "Tia", "Let us check badges twice a year.")

    assert prefilled(form)["what"] == "Let us check badges twice a year."
    assert said(answer) == "Kept as a decision of this meeting. It will stand in the minutes."
    assert "Somebody kept this message before. It stands in the minutes" in said(late)
    assert "Somebody kept this message before" in said(again)
    assert await lines(house, meeting) == [(DECISION, "Let us check badges twice a year.")]


async def test_a_message_becomes_an_action_of_whoever_is_picked(house: House) -> None:
    _, meeting = await runs(house)
    form = await marks(house, "Max", "Somebody should check the badge logs.")

    answer = await house.sends("Max", form, {"who": "UTIA", "due": "2026-11-20"})
    again = await marks(house, "Tia", "Somebody should check the badge logs.")

    kept, text = await action(house, 1)
    assert said(answer) == "A-1 is kept: Tia does it by 2026-11-20."
    assert "It is A-1, and nothing was kept twice." in said(again)
    assert (kept.meeting_id, kept.owner_id) == (meeting, owner("Tia"))
    assert text == "Somebody should check the badge logs."


async def test_as_what_a_message_was_kept_is_for_those_who_come_to_that_meeting(
    house: House,
) -> None:
    await runs(house)
    for id, kind in (("5.0", "action"), ("6.0", "decision")):
        form = await marks(house, "Max", "Check the badge logs.", id=id)
        await house.sends("Max", form, {"kind": kind})
    stranger = await marks(house, "Olga", "Check the badge logs.")
    await house.says("Olga", "agenda schedule Budget tue 09:00 @UADAM")

    other = [await marks(house, "Olga", "Check the badge logs.", id=id) for id in ("5.0", "6.0")]

    assert "You come to no meeting that Parley knows" in said(stranger)
    assert {said(answer) for answer in other} == {
        "Somebody kept this message for a meeting before, and nothing was kept twice."
    }


async def test_outside_of_a_thread_the_form_asks_which_meeting(house: House) -> None:
    series = await house.meets()
    meeting = await house.holds(series, state=State.RUNNING)
    house.clock.move_to(STARTS)
    form = await marks(house, "Max", "We go on.")
    stranger = await marks(house, "Olga", "We go on.")

    await house.sends("Max", form, {"kind": "note"})

    assert isinstance(form, Form)
    [which, _] = [part for part in form.inputs if isinstance(part, Choice)]
    assert [option.label for option in which.options] == ["AG-1, Security and TA"]
    assert "You come to no meeting that Parley knows" in said(stranger)
    assert await lines(house, meeting) == [(NOTE, "We go on.")]


async def test_what_a_form_names_is_looked_at_again(house: House) -> None:
    _, meeting = await runs(house)
    form = await marks(house, "Max", "We go on.")

    answer = await house.sends("Olga", form, {"kind": "note"})

    assert "That is not here" in said(answer)
    assert await lines(house, meeting) == []


async def test_a_published_agenda_has_a_thread_before_the_meeting_begins(house: House) -> None:
    series = await house.meets()
    meeting = await house.holds(series, state=State.PUBLISHED)
    await publish(house, meeting)

    await house.says("Max", 'note "Read the report first"')

    assert await lines(house, meeting) == [(NOTE, "Read the report first")]
