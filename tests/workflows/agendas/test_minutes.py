"""The minutes: a card in the thread of each place, and to everybody what they took home."""

from datetime import timedelta

import pytest

from adapters.slack import render as slack_cards
from adapters.teams import render as teams_cards
from bot.inbound import Place, UserRef
from bot.outbox import Parcel
from bot.platform import Standing
from bot.ui import Items
from storage.database import Database
from tests.bot.platforms import MemoryPlatform
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, said
from tests.workflows.agendas.capture_house import HEAD, action, moves, runs, topic
from tests.workflows.agendas.house import IDS, SLOT, House
from tests.workflows.engine import engine_around
from workflows import agendas
from workflows.agendas import actions_views, copying, minutes, minutes_views
from workflows.agendas.rules import LONGEST_LINE, State, TopicState

NOW = timedelta(0)
MORE = "and 50 more"
GUEST = UserRef(SLACK, "T1", "UGUEST")


@pytest.fixture
async def house(database: Database):  # type: ignore[no-untyped-def]  # a generator of the house
    """The engine, where a guest reads along on one of the platforms when they are let in."""
    platforms = {name: MemoryPlatform(name) for name in (SLACK, TEAMS)}
    platforms[SLACK].standings[GUEST] = Standing.GUEST
    for name, platform in platforms.items():
        platform.members["C1"] = [account("Sina", name), account("Tia", name)]
    async with engine_around(agendas.workflow, database, platforms=platforms) as (
        engine,
        clock,
        sealer,
    ):
        found = House(engine, database, clock, sealer, IDS)
        found.platforms = platforms  # type: ignore[attr-defined]  # for the tests below alone
        yield found


async def keep_some(house: House) -> int:
    """Let something of each kind be kept of a meeting that runs."""
    _, meeting = await runs(house)
    await house.says("Max", 'action "Check the badge logs" @UTIA due=fri')
    await house.says("Max", 'decision "Badges are checked twice a year"')
    await house.says("Tia", 'note "The vendor comes on Tuesday"')
    await house.says("Tia", 'agenda add "Badge rollout" 5m')
    return meeting


async def cards(house: House) -> list[Parcel]:
    return [one for one in await house.sent() if one.envelope.key.startswith("minutes:")]


async def test_when_a_meeting_is_over_its_minutes_hang_below_each_agenda(house: House) -> None:
    meeting = await keep_some(house)

    await moves(house, meeting, State.OVER)
    await house.passes(NOW)

    found = await cards(house)
    assert [one.place for one in found] == [
        Place(SLACK, "T1", "C1", HEAD),
        Place(TEAMS, "tenant", "C1", HEAD),
    ]
    assert {one.message.text for one in found} == {
        "What came of Security and TA, 2026-11-09\n"
        "Decisions:\n- Badges are checked twice a year\n"
        "Actions:\n- A-1: Check the badge logs; Tia; due 2026-11-13\n"
        "Notes:\n- The vendor comes on Tuesday\n"
        "Parked for the next meeting:\n- TP-1: Badge rollout\n"
        "Something is missing? Say it here: `action`, `decision` or `note`, and the words in "
        "quotes."
    }


async def test_where_a_guest_reads_along_the_minutes_are_numbers(house: House) -> None:
    house.platforms[SLACK].members["C1"].append(GUEST)  # type: ignore[attr-defined]  # see above
    meeting = await keep_some(house)

    await moves(house, meeting, State.OVER)
    await house.passes(NOW)

    slack, teams = await cards(house)
    assert "badge" not in slack.message.model_dump_json().casefold()
    assert "1 decision, 1 action, 1 parked topic." in slack.message.text
    assert "Badges are checked" in teams.message.text


async def test_where_not_everybody_is_known_departments_stand_for_names(house: House) -> None:
    house.platforms[SLACK].members["C1"].append(account("Nobody"))  # type: ignore[attr-defined]  # see above
    meeting = await keep_some(house)

    await moves(house, meeting, State.OVER)
    await house.passes(NOW)

    slack, teams = await cards(house)
    assert "- A-1: Check the badge logs; Talent Acquisition; due 2026-11-13" in slack.message.text
    assert "Tia" not in slack.message.model_dump_json()
    assert "- A-1: Check the badge logs; Tia; due 2026-11-13" in teams.message.text


async def test_a_channel_that_is_left_before_its_answer_gets_no_minutes(house: House) -> None:
    meeting = await keep_some(house)
    await moves(house, meeting, State.OVER)
    before = await cards(house)
    left = {"meeting": meeting, "at": copying.spot_of(Place(SLACK, TENANTS[SLACK], "C9"))}

    await house.within(lambda ctx: minutes.post.call(ctx, {**left, "answer": [1]}))

    assert len(await cards(house)) == len(before)


async def test_everybody_is_told_in_one_message_what_they_took_home(house: House) -> None:
    meeting = await keep_some(house)
    await house.says("Max", 'action "Ask the vendor" @UTIA')
    await house.says("Max", 'action "Dropped again" @UTOM')
    await house.says("Tom", "action drop A-3")

    await moves(house, meeting, State.OVER)

    assert await house.told("Tia") == [
        "From Security and TA on 2026-11-09 you have to do:\n"
        "A-1: Check the badge logs; due 2026-11-13\n"
        "A-2: Ask the vendor; without a day"
    ]
    assert "Dropped again" not in "".join(await house.told("Tom"))
    button = await house.offered("Tia", "Done: A-2")
    await house.presses("Tia", button)
    assert (await action(house, 2))[0].closed_at is not None


async def test_what_is_kept_afterwards_changes_the_same_card(house: House) -> None:
    meeting = await keep_some(house)
    await moves(house, meeting, State.OVER)
    await house.passes(NOW)

    await house.says("Max", 'decision "And twice in May"')
    await house.passes(NOW)

    found = await cards(house)
    assert {one.envelope.key for one in found} == {f"minutes:{meeting}"}
    assert "- And twice in May" in found[-1].message.text


async def test_the_minutes_are_read_by_those_who_come(house: House) -> None:
    await keep_some(house)

    answer = await house.says("Sina", "agenda minutes")
    stranger = await house.says("Olga", "agenda minutes AG-1")

    assert "- Badges are checked twice a year" in said(answer)
    assert "That is not here" in said(stranger)


async def test_what_was_parked_stands_on_the_next_agenda(house: House) -> None:
    meeting = await keep_some(house)
    before = (await topic(house, 1)).state

    await moves(house, meeting, State.OVER)

    assert before is TopicState.PARKED
    assert (await topic(house, 1)).state is TopicState.OPEN


@pytest.mark.parametrize("letter", ["x", "\u4f1a", "*"])
def test_the_longest_minutes_and_lists_fit_on_each_platform(letter: str) -> None:
    lines = [f"{number} {letter * LONGEST_LINE}" for number in range(90)]
    kept = minutes_views.Kept(
        code="AG-1",
        name="Security and TA",
        day=SLOT,
        decisions=lines,
        actions=lines,
        notes=lines,
        parked=lines,
    )

    shown = [minutes_views.card(kept), actions_views.listing("What is open:", lines)]

    for each in shown:
        assert slack_cards.render_message(each)
        assert teams_cards.render_message(each)
        assert [block.items[-1] for block in each.blocks if isinstance(block, Items)][-1] == MORE
