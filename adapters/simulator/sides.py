"""Slack and Teams as the page shows and plays them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from adapters.simulator import gestures, screen
from adapters.simulator.menu import Menu
from adapters.simulator.said import Said
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams import gestures as teams_gestures
from adapters.simulator.teams import screen as teams_screen
from adapters.simulator.teams.simulator import TeamsSimulator

Json = dict[str, Any]
Act = Callable[[Said], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Side:
    """One platform.

    Attributes:
        setup: returns what stays as it is while the page is open.
        state: returns all that a person sees now.
        acts: what a person can do, by the name it has in an address.
    """

    simulator: SlackSimulator | TeamsSimulator
    setup: Callable[[], Json]
    state: Callable[[str], Json]
    acts: Mapping[str, Act]


def slack_side(slack: SlackSimulator, menu: Menu) -> Side:
    """Return Slack with what *menu* offers there."""

    def setup() -> Json:
        workspace = slack.workspace
        return {
            "team": {"id": workspace.team_id, "name": workspace.sample.team_name},
            "bot": {"id": workspace.bot.id, "name": workspace.bot.name},
            "people": [screen.person_json(member) for member in screen.nameable(workspace)],
            "commands": [line.as_json() for line in menu.commands],
            "shortcuts": [line.as_json() for line in menu.shortcuts],
        }

    def state(person: str) -> Json:
        return screen.screen_json(slack.workspace, slack.person(person), slack.changes.n)

    acts = {name: partial(act, slack) for name, act in gestures.GESTURES.items()}
    return Side(slack, setup, state, acts)


def teams_side(teams: TeamsSimulator, menu: Menu) -> Side:
    """Return Teams with what *menu* offers there."""

    def setup() -> Json:
        world = teams.world
        return {
            "team": {"id": world.tenant_id, "name": world.sample.name},
            "bot": {"id": world.bot_id, "name": world.bot_name},
            "people": [teams_screen.account_json(world, account) for account in world.people],
            "commands": [line.as_json() for line in menu.words],
            "shortcuts": [line.as_json() for line in menu.shortcuts if line.kind == "message"],
            "searches": [line.as_json() for line in menu.searches],
        }

    def state(person: str) -> Json:
        return teams_screen.screen_json(teams.world, teams.person(person), teams.changes.n)

    acts = {name: partial(act, teams) for name, act in teams_gestures.GESTURES.items()}
    return Side(teams, setup, state, acts)
