"""The manifest that Slack makes an app from: whole, within the limits, and no more than needed."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.simulator.rates import Rates
from adapters.simulator.scopes import EVENTS
from adapters.simulator.simulator import Settings, SlackSimulator
from adapters.slack import scopes, shapes
from adapters.slack.api import SlackApi
from adapters.slack.manifest import RESERVED, manifest, slash
from bot.errors import DeliveryError, Invalid
from bot.routes import Routes
from bot.wire import Json
from bot.workflow import Workflow
from tests.adapters.offered import listening, offering, product, quoted, said
from tests.adapters.slack.manifest_schema import Manifest

ADAPTER = Path(scopes.__file__).parent
HOW_TO = ADAPTER.parents[1] / "docs" / "slack.md"
URL = "https://parley.example.com"
NO_NAMES: Mapping[str, str] = {}
#: What a method of the Web API is called; other dotted names of ours begin otherwise.
METHOD = re.compile(
    r"(?!.*\.com$)(admin|apps|auth|bots|chat|conversations|files|reactions|users|views)\.[\w.]+"
)


def made(
    routes: Routes | None = None, *, url: str | None = URL, names: Mapping[str, str] = NO_NAMES
) -> Json:
    return manifest(routes or product(), url=url, names=names)


def asked(routes: Routes) -> list[str]:
    """Return all scopes that the manifest asks for."""
    bot: list[str] = made(routes)["oauth_config"]["scopes"]["bot"]
    return bot


def subscribed(routes: Routes) -> list[str]:
    events: list[str] = made(routes)["settings"]["event_subscriptions"]["bot_events"]
    return events


def called() -> set[str]:
    """Return every method of the Web API that the adapter's code names."""
    sources = [file for file in ADAPTER.glob("*.py") if file.name != "scopes.py"]
    return {text for file in sources for text in _texts(file) if METHOD.fullmatch(text)} | {
        "auth.test"  # `greet` stands beside the table itself
    }


def _texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


class TestWithinTheLimits:
    @pytest.mark.parametrize("url", [URL, None])
    def test_the_products_manifest_is_what_slack_takes(self, url: str | None) -> None:
        Manifest.model_validate(made(url=url))

    def test_a_workflow_without_shortcuts_makes_a_manifest_without_an_empty_list(self) -> None:
        Manifest.model_validate(made(listening()))

        assert "shortcuts" not in made(listening())["features"]

    @pytest.mark.parametrize(
        ("routes", "part"),
        [
            (offering(title="K" * 25), "The title of kept.keep"),
            (offering(help="K" * 2001), "The help of /keep"),
            (offering(help=""), "The help of /keep"),
            (offering(usage="<" * 1001), "The usage of /keep"),
        ],
    )
    def test_a_text_beyond_its_limit_is_refused_by_name(self, routes: Routes, part: str) -> None:
        with pytest.raises(Invalid, match=re.escape(part)):
            made(routes)

    def test_more_shortcuts_than_slack_takes_are_refused(self) -> None:
        workflow = Workflow("many", summary="Many.")
        for number in range(11):
            workflow.shortcut(f"s{number}", title="Keep", help="Keep it.")(quoted)

        with pytest.raises(Invalid, match="Message shortcuts: the platform takes from 1 to 10"):
            made(Routes([workflow]))

    def test_more_commands_than_slack_takes_are_refused(self) -> None:
        workflow = Workflow("many", summary="Many.")
        for number in range(50):
            workflow.command(f"c{number}", help="Do it.")(said)

        with pytest.raises(Invalid, match="Slash commands: the platform takes from 1 to 50"):
            made(Routes([workflow]))

    def test_an_address_beyond_the_limit_is_refused(self) -> None:
        with pytest.raises(Invalid, match="The address"):
            made(url=f"{URL}/{'a' * 3000}")


class TestCommands:
    def test_each_verb_has_a_command_and_parley_is_the_first(self) -> None:
        commands = {each["command"]: each for each in made()["features"]["slash_commands"]}

        verbs = [slash(product(), verb) for verb in product().verbs()]
        assert list(commands) == ["/parley", *(f"/{verb}" for verb in verbs)]
        assert commands["/term"]["description"] == product().commands["term"].help
        assert commands["/term"]["usage_hint"] == product().commands["term"].usage
        assert {each["url"] for each in commands.values()} == {f"{URL}/slack/events"}

    def test_a_workspace_may_call_commands_differently(self) -> None:
        commands = [
            each["command"]
            for each in made(names={"jargon": "term", "bot": "parley"})["features"][
                "slash_commands"
            ]
        ]

        assert {"/jargon", "/bot"} <= set(commands)
        assert not {"/term", "/parley"} & set(commands)

    @pytest.mark.parametrize("name", ["Jargon", "two words", "a" * 32, "", "feedback"])
    def test_a_name_that_slack_does_not_take_is_refused(self, name: str) -> None:
        with pytest.raises(Invalid, match="Slack takes no command with the name"):
            made(names={name: "term"})

    def test_a_verb_that_is_slacks_own_goes_by_another_word_for_it(self) -> None:
        commands = [each["command"] for each in made()["features"]["slash_commands"]]

        assert "/scorecard" in commands
        assert "/feedback" not in commands

    def test_a_workspace_may_rename_a_command_by_either_of_its_words(self) -> None:
        for word in ("feedback", "scorecard"):
            commands = made(names={"card": word})["features"]["slash_commands"]

            assert "/card" in [each["command"] for each in commands]

    @pytest.mark.parametrize("verb", sorted(RESERVED))
    def test_a_verb_that_is_slacks_own_is_refused(self, verb: str) -> None:
        with pytest.raises(Invalid, match=f"the name /{verb}: it is Slack's own"):
            made(offering(verb=verb))

    def test_a_name_for_what_is_no_command_is_refused(self) -> None:
        with pytest.raises(Invalid, match="gives a name to trem, which is no command"):
            made(names={"jargon": "trem"})

    def test_one_name_for_two_commands_is_refused(self) -> None:
        with pytest.raises(Invalid, match="gives two commands the same name"):
            made(names={"term": "parley"})

    def test_each_shortcut_is_offered_under_the_id_by_which_it_is_known(self) -> None:
        shortcuts = {each["callback_id"]: each for each in made()["features"]["shortcuts"]}

        assert shortcuts.keys() == product().shortcuts.keys()
        assert shortcuts["glossary.explain"]["name"] == "Explain a term"
        assert {each["type"] for each in shortcuts.values()} == {"message"}

    def test_without_an_address_the_app_uses_socket_mode(self) -> None:
        socket = made(url=None)

        assert socket["settings"]["socket_mode_enabled"] is True
        assert "https://" not in str(socket)
        assert made()["settings"]["socket_mode_enabled"] is False


class TestScopes:
    def test_every_method_that_is_called_is_in_the_table_and_no_other(self) -> None:
        methods = {method for scope in scopes.SCOPES for method in scope.methods}

        assert called() == methods | scopes.FREE_METHODS

    def test_every_event_that_is_heard_is_in_the_table_and_no_other(self) -> None:
        in_the_table = {
            event.partition(".")[0]
            for scope in scopes.SCOPES
            for event in (*scope.events, scope.overheard)
            if event
        }

        assert in_the_table | set(scopes.FREE_EVENTS) == shapes._EVENTS

    def test_every_scope_is_needed_by_a_call_an_event_or_a_command(self) -> None:
        for scope in scopes.SCOPES:
            opened = scope.methods or scope.events or scope.reveals
            assert opened or scope.name == scopes.COMMANDS, scope.name

    @pytest.mark.parametrize("routes", [product(), listening()], ids=["product", "listening"])
    def test_every_event_has_its_scope_in_the_same_manifest(self, routes: Routes) -> None:
        needed = {EVENTS[event] for event in subscribed(routes)} - {""}

        assert needed <= set(asked(routes))

    def test_the_optional_scopes_are_asked_for_as_such(self) -> None:
        routes = offering()
        both = made(routes)["oauth_config"]["scopes"]

        assert both["bot_optional"] == [
            "channels:history",
            "groups:history",
            "files:read",
            "groups:write",
        ]
        assert set(both["bot_optional"]) < set(both["bot"])
        assert set(both["bot"]) == scopes.needs(routes).keys() | scopes.wishes(routes).keys()

    def test_channels_are_only_overheard_when_a_workflow_listens_in_a_room(self) -> None:
        overheard = {"message.channels", "message.groups"}

        assert not overheard & set(subscribed(offering()))
        for routes in (listening(), product()):
            optional = made(routes)["oauth_config"]["scopes"]["bot_optional"]
            assert overheard <= set(subscribed(routes))
            assert optional == ["files:read", "groups:write"]

    def test_the_how_to_names_each_scope_and_no_other(self) -> None:
        table = re.findall(r"^\| (`.*`.*?) \|", HOW_TO.read_text(), re.MULTILINE)
        named = [name for row in table for name in re.findall(r"`([^`]+)`", row)]

        assert sorted(named) == sorted(scope.name for scope in scopes.SCOPES)

    @pytest.mark.parametrize(
        ("scope", "method"),
        [(scope.name, method) for scope in scopes.SCOPES for method in scope.methods],
    )
    async def test_slack_refuses_a_call_whose_scope_is_left_out(
        self, scope: str, method: str
    ) -> None:
        channel = {"channels": "C0GENERAL", "groups": "C0HIRINGSEC", "im": "D0ADAPARLEY"}
        place = channel.get(scope.partition(":")[0], "C0GENERAL")
        rest = frozenset(asked(product())) - {scope}

        with pytest.raises(DeliveryError) as refused:
            await call_with(rest, method, channel=place)

        assert refused.value.code == "missing_scope"

    async def test_slack_hides_what_a_scope_would_reveal_of_a_person(self) -> None:
        asked_for = frozenset(asked(product()))
        revealing = {scope.name for scope in scopes.SCOPES if scope.reveals}

        seen = await call_with(asked_for, "users.info", user="U0ADA")
        hidden = await call_with(asked_for - revealing, "users.info", user="U0ADA")

        differing = seen["user"]["profile"].keys() - hidden["user"]["profile"].keys()
        assert differing == {name for scope in scopes.SCOPES for name in scope.reveals}


async def call_with(granted: frozenset[str], method: str, **arguments: Any) -> Json:
    """Call *method* as a bot with these scopes."""
    settings = Settings(rates=Rates.unlimited(), scopes=granted)
    async with SlackSimulator(settings=settings) as slack:
        slack.direct_channel("ada")
        api = SlackApi(slack.api_base, slack.bot_token)
        try:
            return await api.call(method, **arguments)
        finally:
            await api.close()
