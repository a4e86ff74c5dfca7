"""The tour without a page: it tells what it does, and notices what differs."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.demo import Scenes, Step, lines, play, scenes_of
from adapters.simulator.menu import NEXT_MONDAY_EARLY, NEXT_SUNDAY, clock_json
from adapters.simulator.scenes import DIRECT, TEAMS, Fills, Presses, Says, Types, Waits
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.tour import TOUR
from bot.clock import FrozenClock
from tests.adapters.simulator.samples import card, form
from tests.adapters.simulator.stand_in import StandInBot

ASK = Step("Look up", "Ada asks.", "ada", "general", Types("/term", "EDRM"), "Discovery")
PRESS = Step("Share", "Ada shares it.", "ada", "general", Presses("Share here"), "Suggest a term")
FILL = Step(
    "Suggest", "Ada suggests.", "ada", "general", Fills({"Term": "XDR"}), "Thanks", seen_in=DIRECT
)


def on_slack(slack: SlackSimulator) -> Scenes:
    """Return where a tour plays that leaves Teams alone."""
    return scenes_of(slack, TeamsSimulator())


async def test_a_tour_that_shows_what_it_promises_has_no_differences(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    told: list[str] = []
    bot.will_answer(card(text="Electronic Discovery Reference Model"))

    differences = await play(on_slack(slack), [ASK], told.append)

    assert differences == 0
    assert told == ["1. Look up: Ada asks.", "   ✓ Discovery"]


async def test_a_button_that_is_still_on_its_way_is_waited_for(
    slack: SlackSimulator, bot: StandInBot, client: AsyncWebClient
) -> None:
    step = replace(PRESS, channel=DIRECT, expects="Approved")

    async def deliver_late() -> None:
        await asyncio.sleep(0.1)
        await client.chat_postMessage(channel="U0ADA", **card())
        await slack.wait_for(lambda: bot.payloads("block_actions"))
        await client.chat_postMessage(channel="U0ADA", text="Approved by Elena")

    _, differences = await asyncio.gather(
        deliver_late(), play(on_slack(slack), [step], list[str]().append)
    )

    assert differences == 0


async def test_a_form_is_filled_in(slack: SlackSimulator, bot: StandInBot) -> None:
    slack.workspace.views.open("U0ADA", form())

    await play(on_slack(slack), [FILL], list[str]().append, patience_seconds=0.1)

    values = bot.payloads("view_submission")[0]["view"]["state"]["values"]
    assert values["label"]["label_input"]["value"] == "XDR"


async def test_a_press_goes_on_to_send_the_form_that_it_opens(
    slack: SlackSimulator, bot: StandInBot, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel="C0GENERAL", **card())
    nothing_asked = form() | {"blocks": card()["blocks"][:1]}
    slack.workspace.views.open("U0ADA", nothing_asked)
    step = replace(PRESS, act=Presses("Share here", then="Suggest"))

    await play(on_slack(slack), [step], list[str]().append, patience_seconds=0.1)

    assert bot.payloads("block_actions")
    assert bot.payloads("view_submission")


async def test_what_does_not_come_into_sight_is_a_difference(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    told: list[str] = []
    bot.will_answer(card(text="No such term"))

    differences = await play(on_slack(slack), [ASK, PRESS], told.append, patience_seconds=0.1)

    assert differences == 2
    assert "“Discovery” did not come into sight" in told[1]
    assert "No such term" in told[1]


async def test_what_was_there_before_does_not_count(slack: SlackSimulator, bot: StandInBot) -> None:
    bot.will_answer(card(text="Electronic Discovery Reference Model"))
    await play(on_slack(slack), [ASK], list[str]().append)

    again = await play(on_slack(slack), [ASK], list[str]().append, patience_seconds=0.1)

    assert again == 1


async def test_a_missing_form_is_a_difference(slack: SlackSimulator, bot: StandInBot) -> None:
    told: list[str] = []

    differences = await play(on_slack(slack), [FILL], told.append, patience_seconds=0.1)

    assert differences == 1
    assert "No form is open." in told[1]


async def test_the_tours_steps_name_people_and_channels_that_exist(slack: SlackSimulator) -> None:
    teams = TeamsSimulator()

    listed = lines(scenes_of(slack, teams), TOUR)

    presses = [(line.platform, line.press, line.channel) for line in listed if line.press]
    beside = [line.beside for line in listed if line.beside]
    rooms = {one.channel for one in beside}
    said = [(line.platform, line.text) for line in listed if (line.text or "").startswith("@")]
    assert listed[0].command == "/term"
    assert presses == [
        ("slack", "EDRM", "C0GENERAL"),
        ("teams", "Approve", None),
        ("teams", "Read the summary", teams.conversation("Security").id),
        ("teams", "Advance", teams.conversation("Security").id),
        ("teams", "Confirm: Advance", None),
        ("teams", "Take it", teams.conversation("security-triage").id),
        ("slack", "Approve", None),
    ]
    assert [(one.platform, one.person) for one in beside] == [
        ("slack", "U0ADA"),
        ("teams", teams.person("farid").id),
        ("slack", "U0ADA"),
        ("teams", teams.person("farid").id),
        ("slack", "U0ADA"),
        ("teams", teams.person("chiara").id),
        ("slack", "U0ELENA"),
        ("teams", teams.person("chiara").id),
        ("teams", teams.person("farid").id),
        ("teams", teams.person("chiara").id),
    ]
    named = {teams.conversation(name).id for name in ("Security", "security-triage")}
    assert rooms == {None, "C0HIRINGSEC", *named}
    assert [(line.press, line.then) for line in listed if line.then] == [("Advance", "Vote")]
    assert [line.wait_seconds for line in listed if line.wait_seconds] == [432_000, 7_200]
    assert [line.jump for line in listed if line.jump] == [NEXT_SUNDAY, NEXT_MONDAY_EARLY]
    assert said == [("teams", "@Parley term crown jewels")]


async def test_a_step_on_teams_is_done_there_and_shows_beside_on_slack(
    slack: SlackSimulator,
) -> None:
    async with TeamsSimulator() as teams:
        step = Step("Say", "Ada.", "ada", DIRECT, Says("hello"), "hello", platform=TEAMS)
        scenes = scenes_of(slack, teams)

        alone = await play(scenes, [step], list[str]().append, patience_seconds=0.1)
        beside = replace(step, beside="ada", act=Says("hello again"), expects="hello again")
        unseen = await play(scenes, [beside], list[str]().append, patience_seconds=0.1)

    assert (alone, unseen) == (0, 1)


async def test_what_cannot_be_done_on_a_platform_is_a_difference(slack: SlackSimulator) -> None:
    told: list[str] = []
    step = replace(ASK, platform=TEAMS)

    differences = await play(scenes_of(slack, TeamsSimulator()), [step], told.append)

    assert differences == 1
    assert "A tour cannot do that on Teams." in told[1]


async def test_a_step_that_waits_moves_the_clock_and_without_one_it_is_a_difference(
    slack: SlackSimulator, client: AsyncWebClient
) -> None:
    told: list[str] = []
    clock = FrozenClock(datetime(2026, 11, 2, tzinfo=UTC))
    step = replace(ASK, act=Waits(days=5), expects="due")

    async def remind() -> None:
        await client.chat_postMessage(channel="C0GENERAL", text="It is due.")

    moved, _ = await asyncio.gather(
        play(on_slack(slack), [step], told.append, clock=clock), remind()
    )
    still = await play(on_slack(slack), [step], told.append, patience_seconds=0.1)

    assert (moved, still) == (0, 1)
    assert clock.now() == datetime(2026, 11, 7, tzinfo=UTC)
    assert "This clock cannot be moved." in told[-1]


def test_a_clock_that_cannot_be_moved_says_so() -> None:
    shown = clock_json(None)

    assert shown["can_move"] is False
    labels = [jump["label"] for jump in shown["jumps"]]
    assert labels[2:5] == [NEXT_SUNDAY, NEXT_MONDAY_EARLY, "Next Monday 09:00"]
