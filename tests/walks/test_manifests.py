"""What the manifests offer to people works: every command, shortcut and search in them."""

import pytest

import workflows
from adapters.simulator.messages import texts_in
from adapters.slack import manifest as slack_manifest
from adapters.teams import manifest as teams_manifest
from app import Simulation
from bot.routes import Routes
from bot.workflow import discover

pytestmark = pytest.mark.repeats

PATIENCE_SECONDS = 20.0
ROUTES = Routes(discover(workflows))
SLACK = slack_manifest.manifest(ROUTES, url=None, names={})["features"]
TEAMS = teams_manifest.manifest(
    ROUTES,
    teams_manifest.App(
        id="8f2d1c7e-0000-4a4a-9b9b-0123456789ab",
        url="https://parley.example.com",
        version="1.0.0",
        publisher=teams_manifest.Publisher("Parley", *["https://parley.example.com"] * 3),
    ),
)
UNKNOWN = "I do not know the word"


async def test_every_command_of_slacks_manifest_is_understood(simulation: Simulation) -> None:
    slack = simulation.slack

    def seen() -> list[str]:
        """Return what she reads there, and the form before her."""
        form = slack.view_of("ada")
        read = [one.words() for one in slack.sees("ada", "general")]
        return [*read, " ".join(texts_in(form.blocks))] if form else read

    async def answered(command: str) -> str:
        before = len(seen())
        await slack.command("ada", "general", command)
        await slack.wait_for(lambda: len(seen()) > before, PATIENCE_SECONDS)
        answer = seen()[-1]
        if form := slack.view_of("ada"):
            await slack.close_view("ada", form)
        return answer

    answers = [await answered(line["command"]) for line in SLACK["slash_commands"]]

    assert len(answers) > 1
    assert not any(UNKNOWN in answer for answer in answers)


@pytest.mark.parametrize("id", [each["callback_id"] for each in SLACK["shortcuts"]])
async def test_every_shortcut_of_slacks_manifest_leads_somewhere(
    simulation: Simulation, id: str
) -> None:
    slack = simulation.slack
    said = (await slack.post("ben", "general", "Which EDRM step are we at?")).message

    await slack.shortcut("ada", id, said)

    await slack.wait_for(
        lambda: slack.view_of("ada") or len(slack.sees("ada", "general")) > 1, PATIENCE_SECONDS
    )


async def test_every_command_of_teams_menu_is_understood(simulation: Simulation) -> None:
    teams = simulation.teams

    async def answered(words: str) -> str:
        before = len(teams.sees_direct("ada"))
        await teams.direct("ada", words)
        # What she says stands there as well.
        await teams.wait_for(lambda: len(teams.sees_direct("ada")) > before + 1, PATIENCE_SECONDS)
        return teams.sees_direct("ada")[-1].words()

    [menu] = TEAMS["bots"][0]["commandLists"]
    answers = [await answered(line["title"]) for line in menu["commands"]]

    assert len(answers) > 1
    assert not any(UNKNOWN in answer for answer in answers)


@pytest.mark.parametrize(
    "line", TEAMS["composeExtensions"][0]["commands"], ids=lambda line: line["id"]
)
async def test_everything_in_teams_message_extension_leads_somewhere(
    simulation: Simulation, line: dict[str, str]
) -> None:
    teams = simulation.teams
    said = (await teams.say("ben", "hiring-security", "Which EDRM step are we at?")).message
    assert said is not None

    if line["type"] == "query":
        played = await teams.search("ada", "hiring-security", line["id"], "edrm")
    else:
        played = await teams.use_on("ada", said, line["id"])

    assert not played.problems
    assert played.hits or played.dialog or played.notice
