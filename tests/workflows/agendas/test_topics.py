"""Topics and needs: on the next agenda until it is published, then parked."""

import pytest

from bot.context import Context
from tests.workflows.acting import TEAMS, buttons, said
from tests.workflows.agendas.capture_house import moves, owner, topic
from tests.workflows.agendas.house import STARTS, House
from workflows.agendas import calls
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach, State, TopicState


async def stands(house: House, part: Part, reach: Reach = Reach.KNOWN) -> list[Item]:
    """Return what a part of the first series' agenda holds."""

    def read(ctx: Context) -> list[Item]:
        asked = Asked(series_id=1, meeting_id=1, starts_at=STARTS, since=None, reach=reach)
        return calls.items(ctx, part, asked)

    return await house.within(read)


async def test_a_topic_stands_on_the_next_agenda_with_its_minutes_and_speaker(house: House) -> None:
    await house.meets()
    await house.holds(1, state=State.DRAFT)

    answer = await house.says("Tia", 'agenda add "Badge rollout" 5m @UTOM', TEAMS)

    assert said(answer) == ("TP-1 stands on the next agenda. `agenda withdraw TP-1` takes it back.")
    assert await stands(house, Part.ADDED) == [
        Item(key="topic:1", line="Badge rollout", owner_id=owner("Tom"), minutes=5)
    ]


async def test_below_the_company_a_topic_is_nameless_and_outside_a_number(house: House) -> None:
    await house.meets()
    await house.says("Tia", 'agenda add "Badge rollout" @UTOM')
    await house.says("Tia", 'agenda need "SOC analyst" by=2027-01-15 @UTOM')

    company = [*await stands(house, Part.ADDED, Reach.COMPANY)]
    company += await stands(house, Part.NEEDS, Reach.COMPANY)
    outside = [*await stands(house, Part.ADDED, Reach.OUTSIDE)]
    outside += await stands(house, Part.NEEDS, Reach.OUTSIDE)

    assert [(one.line, one.owner_id) for one in company] == [
        ("Badge rollout", None),
        ("SOC analyst, needed by 2027-01-15", None),
    ]
    assert [(one.line, one.owner_id) for one in outside] == [
        ("TP-1", None),
        ("Something planned, needed by 2027-01-15", None),
    ]


async def test_what_comes_after_publication_is_parked_until_the_meeting_is_over(
    house: House,
) -> None:
    await house.meets()
    meeting = await house.holds(1, state=State.DRAFT)
    await house.says("Tia", 'agenda add "In time"')
    await moves(house, meeting, State.PUBLISHED)

    answer = await house.says("Tia", 'agenda add "Too late"')
    listed = await house.says("Max", "agenda topics")
    published = await stands(house, Part.ADDED)
    await moves(house, meeting, State.OVER)

    assert "so TP-2 is parked" in said(answer)
    assert said(listed).splitlines()[1:] == [
        "TP-1: In time (on the next agenda)",
        "TP-2: Too late (parked)",
    ]
    assert [one.key for one in published] == ["topic:1"]
    assert [one.key for one in await stands(house, Part.ADDED)] == ["topic:2"]


async def test_what_there_was_no_time_for_stands_on_the_next_agenda(house: House) -> None:
    await house.meets()
    meeting = await house.holds(1, state=State.DRAFT)
    for minutes in (30, 10, 20):
        await house.says("Tia", f'agenda add "Takes {minutes}" {minutes}m')

    await moves(house, meeting, State.PUBLISHED)
    await moves(house, meeting, State.OVER)

    assert [one.key for one in await stands(house, Part.ADDED)] == ["topic:3"]


async def test_what_is_parked_stays_so_when_a_later_meeting_falls_out(house: House) -> None:
    await house.meets()
    meeting = await house.holds(1, state=State.PUBLISHED)
    await house.says("Tia", 'agenda add "Too late"')

    await house.says("Tom", "agenda skip AG-1 2026-11-16")

    assert await stands(house, Part.ADDED) == []
    await moves(house, meeting, State.OVER)
    assert len(await stands(house, Part.ADDED)) == 1


async def test_a_topic_is_parked_or_withdrawn_by_whoever_it_is_of(house: House) -> None:
    await house.meets()
    await house.says("Tia", 'agenda add "First"')
    await house.says("Tia", 'agenda add "Second"')

    stranger = await house.says("Max", "agenda withdraw TP-1")
    parked = await house.says("Sina", "agenda park TP-1")
    withdrawn = await house.says("Tia", "agenda withdraw TP-2")
    again = await house.says("Tia", "agenda withdraw TP-2")

    assert "That is not here" in said(stranger)
    assert "TP-1 is parked" in said(parked)
    assert said(withdrawn) == "TP-2 is taken back."
    assert "waits for no agenda any more" in said(again)
    assert [(await topic(house, id)).state for id in (1, 2)] == [
        TopicState.PARKED,
        TopicState.DROPPED,
    ]


async def test_without_words_a_form_asks_for_the_topic(house: House) -> None:
    await house.meets()
    form = await house.says("Tia", "agenda add")

    await house.sends("Tia", form, {"topic": "Badge rollout", "minutes": "10", "who": "UMAX"})

    assert await stands(house, Part.ADDED) == [
        Item(key="topic:1", line="Badge rollout", owner_id=owner("Max"), minutes=10)
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("agenda add 5m", "Say what is to be talked about"),
        ('agenda add "x" 500m', "from 1 to 240 minutes"),
        ('agenda add "x" 5m 6m', "Put the topic in quotes"),
        (f"agenda add {'x' * 141}", "at most 140 characters"),
        ('agenda need "SOC analyst"', "what will be needed and by when"),
    ],
)
async def test_what_cannot_be_added_is_refused_in_words(house: House, words: str, why: str) -> None:
    await house.meets()

    answer = await house.says("Tia", words)

    assert why in said(answer)
    assert await stands(house, Part.ADDED) == []


async def test_a_need_shows_from_ninety_days_before_until_it_is_taken_off(house: House) -> None:
    await house.meets()
    await house.says("Tia", 'agenda need "Later" by=2027-09-01')
    answer = await house.says("Tia", 'agenda need "SOC analyst" by=2027-01-15')
    shown = await stands(house, Part.NEEDS)
    listed = await house.says("Max", "agenda needs")
    stranger = await house.presses("Olga", buttons(listed)[0])

    off = await house.presses("Max", buttons(listed)[0])

    assert "Noted: SOC analyst, needed by 2027-01-15." in said(answer)
    assert [one.line for one in shown] == ["SOC analyst, needed by 2027-01-15"]
    assert "That is not here" in said(stranger)
    assert said(off) == "SOC analyst is not needed any more."
    assert await stands(house, Part.NEEDS) == []
