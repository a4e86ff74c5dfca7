"""The package that Teams takes: whole, within the limits, and no more than is needed."""

import ast
import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest

from adapters.teams import manifest as module
from adapters.teams import permissions, sdk, shapes
from adapters.teams.manifest import App, Publisher, manifest, package
from bot.errors import Invalid
from bot.routes import Routes
from bot.wire import Json
from bot.workflow import Workflow
from tests.adapters.offered import listening, offering, product, quoted, said
from tests.adapters.teams.manifest_schema import Manifest

NORTHWIND = Publisher(
    "Northwind Shipping",
    "https://northwind.example",
    "https://northwind.example/privacy",
    "https://northwind.example/terms",
)
APP = App(
    id="8f2d1c7e-0000-4a4a-9b9b-0123456789ab",
    url="https://parley.northwind.example/chat",
    version="1.0.0",
    publisher=NORTHWIND,
)


def made(routes: Routes | None = None, app: App = APP) -> Json:
    return manifest(routes or product(), app)


class TestWithinTheLimits:
    def test_the_products_manifest_is_what_teams_takes(self) -> None:
        Manifest.model_validate(made())

    @pytest.mark.parametrize("routes", [offering(), listening(), Routes([])])
    def test_so_is_that_of_any_other_workflows(self, routes: Routes) -> None:
        Manifest.model_validate(made(routes))

    @pytest.mark.parametrize(
        ("routes", "part"),
        [
            (offering(title="K" * 33), "The title of kept.find"),
            (offering(title=""), "The title of kept.find"),
            (offering(help="K" * 129), "The help of keep"),
            (offering(usage="<" * 128), "The help of keep"),
        ],
    )
    def test_a_text_beyond_its_limit_is_refused_by_name(self, routes: Routes, part: str) -> None:
        with pytest.raises(Invalid, match=re.escape(part)):
            made(routes)

    def test_more_searches_and_shortcuts_than_teams_takes_are_refused(self) -> None:
        workflow = Workflow("many", summary="Many.")
        for number in range(11):
            workflow.shortcut(f"s{number}", title="Keep", help="Keep it.")(quoted)

        with pytest.raises(Invalid, match="the platform takes from 1 to 10, and there are 11"):
            made(Routes([workflow]))

    def test_a_menu_that_is_full_still_begins_with_help(self) -> None:
        workflow = Workflow("many", summary="Many.")
        for number in range(20):
            workflow.command(f"c{number}", help="Do it.")(said)

        [menu] = made(Routes([workflow]))["bots"][0]["commandLists"]

        assert [each["title"] for each in menu["commands"]][:2] == ["help", "c0"]
        assert len(menu["commands"]) == 10

    @pytest.mark.parametrize(
        ("app", "words"),
        [
            (replace(APP, id="parley"), "application ID"),
            (replace(APP, version="0.1.0"), "no version 0.1.0"),
            (replace(APP, version="1.0"), "no version 1.0"),
            (replace(APP, publisher=replace(NORTHWIND, name="N" * 33)), "The company's name"),
            (replace(APP, publisher=replace(NORTHWIND, name="")), "The company's name"),
            (replace(APP, publisher=replace(NORTHWIND, terms="http://n.example")), "no page at"),
            (
                replace(APP, publisher=replace(NORTHWIND, website=f"https://{'n' * 2048}")),
                "The address of a page",
            ),
        ],
    )
    def test_what_an_operator_says_wrongly_is_refused_in_words(self, app: App, words: str) -> None:
        with pytest.raises(Invalid, match=words) as refused:
            made(app=app)

        assert "Nothing was written." in str(refused.value)


class TestWhatIsOffered:
    def test_the_menu_holds_help_and_each_verb_that_it_has_room_for(self) -> None:
        [bot] = made()["bots"]
        [menu] = bot["commandLists"]

        titles = [each["title"] for each in menu["commands"]]
        assert titles == ["help", *(verb for verb in product().verbs() if verb != "note")]
        assert menu["commands"][-2] == {
            "title": "term",
            "description": f"term <word>: {product().commands['term'].help}",
        }
        assert bot["scopes"] == menu["scopes"] == ["personal", "team", "groupChat"]

    def test_the_message_extension_has_a_search_and_a_command_for_each_shortcut(self) -> None:
        [extension] = made()["composeExtensions"]

        kinds = {each["id"]: (each["type"], each["context"]) for each in extension["commands"]}
        assert kinds == {
            "agendas.keep": ("action", ["message"]),
            "feedback.give_quoted": ("action", ["message"]),
            "glossary.find": ("query", ["compose", "commandBox"]),
            "glossary.add_quoted": ("action", ["message"]),
            "glossary.explain": ("action", ["message"]),
            "reports.report_quoted": ("action", ["message"]),
            "incidents.mark": ("action", ["message"]),
            "votes.escalate_quoted": ("action", ["message"]),
        }
        assert all(each.get("fetchTask") for each in extension["commands"][1:])

    def test_the_app_names_its_address_and_who_runs_it(self) -> None:
        app = made()

        assert app["validDomains"] == ["parley.northwind.example"]
        assert app["developer"]["name"] == "Northwind Shipping"
        assert app["id"] == app["bots"][0]["botId"] == app["webApplicationInfo"]["id"] == APP.id


class TestPermissions:
    def test_every_call_to_the_connector_is_in_the_table_and_no_other(self) -> None:
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(Path(sdk.__file__).read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "self.conversations"
        }

        assert called == _in_the_tables("calls")

    def test_every_activity_that_is_heard_is_in_the_table_and_no_other(self) -> None:
        types = (
            get_args(shape.model_fields["type"].annotation) for shape in get_args(shapes.Heard)
        )
        heard = {name for names in types for name in names} | set(shapes._INVOKES)

        assert heard == _in_the_tables("activities")

    def test_every_entry_is_needed_by_a_call_or_an_activity(self) -> None:
        entries = (*permissions.ENTRIES, *permissions.PERMISSIONS)

        assert [entry.name for entry in entries if not entry.calls + entry.activities] == []

    def test_the_manifest_holds_the_entries_and_permissions_of_the_table_and_no_other(
        self,
    ) -> None:
        app = made()

        assert {"bots", "composeExtensions"} == {entry.name for entry in permissions.ENTRIES}
        assert {entry.name for entry in permissions.ENTRIES} <= app.keys()
        assert app["permissions"] == [entry.name for entry in permissions.PERMISSIONS]
        assert "authorization" not in app

    def test_without_a_search_or_a_shortcut_there_is_no_message_extension(self) -> None:
        assert "composeExtensions" not in made(listening())

    def test_teams_are_overheard_only_when_asked_for(self) -> None:
        asked = made(listening(), replace(APP, overhears=True))

        Manifest.model_validate(asked)
        assert asked["authorization"]["permissions"]["resourceSpecific"] == [
            {"name": "ChannelMessage.Read.Group", "type": "Application"}
        ]
        assert "authorization" not in made(listening())

    def test_to_overhear_for_nothing_is_refused(self) -> None:
        with pytest.raises(Invalid, match="No workflow listens in a room"):
            made(offering(), replace(APP, overhears=True))


class TestPackage:
    def test_it_holds_the_manifest_and_the_icons_that_it_names(self) -> None:
        with ZipFile(BytesIO(package(product(), APP))) as archive:
            inside = json.loads(archive.read("manifest.json"))
            names = archive.namelist()

        assert inside == made()
        assert sorted(names) == sorted(["manifest.json", *inside["icons"].values()])

    @pytest.mark.repeats
    def test_the_same_app_makes_the_same_bytes(self) -> None:
        assert package(product(), APP) == package(product(), APP)

    def test_nothing_is_packed_that_teams_would_refuse(self) -> None:
        with pytest.raises(Invalid):
            package(product(), replace(APP, version="one"))


def _in_the_tables(kind: str) -> set[str]:
    entries = (*permissions.ENTRIES, *permissions.PERMISSIONS)
    return {name for entry in entries for name in getattr(entry, kind)}


def test_the_schema_that_is_named_is_of_the_version_that_is_kept_to() -> None:
    assert f"/v{made()['manifestVersion']}/" in module.SCHEMA
