"""The tour without a page: it tells what it does, and notices what differs."""

from adapters.simulator.demo import DIRECT, Fills, Presses, Step, Types, play
from adapters.simulator.menu import clock_json
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.tour import TOUR
from tests.adapters.simulator.samples import card, form
from tests.adapters.simulator.stand_in import StandInBot

ASK = Step("Look up", "Ada asks.", "ada", "general", Types("/term", "EDRM"), "Discovery")
PRESS = Step("Share", "Ada shares it.", "ada", "general", Presses("Share here"), "Suggest a term")
FILL = Step(
    "Suggest", "Ada suggests.", "ada", "general", Fills({"Term": "XDR"}), "Thanks", seen_in=DIRECT
)


async def test_a_tour_that_shows_what_it_promises_has_no_differences(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    told: list[str] = []
    bot.will_answer(card(text="Electronic Discovery Reference Model"))

    differences = await play(slack, [ASK], told.append)

    assert differences == 0
    assert told == ["1. Look up: Ada asks.", "   ✓ Discovery"]


async def test_buttons_and_forms_are_played(slack: SlackSimulator, bot: StandInBot) -> None:
    bot.will_answer(card(text="Electronic Discovery Reference Model"))
    await play(slack, [ASK], list[str]().append)
    slack.workspace.views.open("U0ADA", form())

    differences = await play(slack, [FILL], list[str]().append, patience_seconds=0.1)

    assert bot.payloads("view_submission")
    assert differences == 1


async def test_what_does_not_come_into_sight_is_a_difference(
    slack: SlackSimulator, bot: StandInBot
) -> None:
    told: list[str] = []
    bot.will_answer(card(text="No such term"))

    differences = await play(slack, [ASK, PRESS], told.append, patience_seconds=0.1)

    assert differences == 2
    assert "“Discovery” did not come into sight" in told[1]
    assert "No such term" in told[1]


async def test_what_was_there_before_does_not_count(slack: SlackSimulator, bot: StandInBot) -> None:
    bot.will_answer(card(text="Electronic Discovery Reference Model"))
    await play(slack, [ASK], list[str]().append)

    again = await play(slack, [ASK], list[str]().append, patience_seconds=0.1)

    assert again == 1


async def test_a_missing_form_is_a_difference(slack: SlackSimulator, bot: StandInBot) -> None:
    told: list[str] = []

    differences = await play(slack, [FILL], told.append, patience_seconds=0.1)

    assert differences == 1
    assert "No form is open." in told[1]


async def test_the_tours_steps_name_people_and_channels_that_exist(slack: SlackSimulator) -> None:
    lines = [step.line(slack) for step in TOUR]

    assert lines[0].command == "/term"
    assert {line.person for line in lines} <= {member.id for member in slack.workspace.people}


def test_a_clock_that_cannot_be_moved_says_so() -> None:
    shown = clock_json(None)

    assert shown["can_move"] is False
    assert [jump["label"] for jump in shown["jumps"]][2] == "Next Monday 09:00"
