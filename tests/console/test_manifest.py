"""`manifest`: files that Slack and Teams take, or a sentence that says what is missing."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.adapters.slack.manifest_schema import Manifest as SlackManifest
from tests.adapters.teams.manifest_schema import Manifest as TeamsManifest
from tests.console.conftest import CommandLine

URL = "https://parley.example.com"
APP_ID = "8f2d1c7e-0000-4a4a-9b9b-0123456789ab"
SLACK = ("manifest", "slack")
TEAMS = ("manifest", "teams", "--out", "parley-teams.zip")


@pytest.fixture
def line(operator: Callable[[str], CommandLine]) -> CommandLine:
    """The command line without any database: manifests need none."""
    return operator("sqlite:///none.db")


def packed(file: Path) -> dict[str, bytes]:
    """Return what a package holds."""
    with ZipFile(BytesIO(file.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class TestSlack:
    def test_the_manifest_is_printed(self, line: CommandLine) -> None:
        made = json.loads(line(*SLACK, "--url", f"{URL}/"))

        SlackManifest.model_validate(made)
        assert made["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"

    def test_the_address_may_stand_in_the_settings(
        self, line: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PARLEY_PUBLIC_URL", URL)

        assert f"{URL}/slack/events" in line(*SLACK)

    def test_it_is_written_to_a_file(self, line: CommandLine, tmp_path: Path) -> None:
        said = line(*SLACK, "--socket-mode", "--out", "slack.json")

        SlackManifest.model_validate(json.loads((tmp_path / "slack.json").read_text()))
        assert said.startswith("Wrote slack.json.")

    def test_with_a_token_for_socket_mode_it_needs_no_address(
        self, line: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("SIGNING_SECRET", "BOT_TOKEN", "APP_TOKEN"):
            monkeypatch.setenv(f"PARLEY_SLACK_{name}", "a secret")

        made = json.loads(line(*SLACK))

        assert made["settings"]["socket_mode_enabled"] is True
        assert "a secret" not in str(made)

    def test_commands_are_called_as_the_workspace_calls_them(
        self, line: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PARLEY_SLACK_COMMANDS", "term=jargon")

        commands = json.loads(line(*SLACK, "--url", URL))["features"]["slash_commands"]

        assert "/jargon" in {each["command"] for each in commands}

    def test_without_an_address_it_says_what_to_do(self, line: CommandLine) -> None:
        assert "say --url https://parley.example.com" in line.refused(*SLACK)

    def test_an_address_that_slack_cannot_reach_is_refused(self, line: CommandLine) -> None:
        assert "write the address as" in line.refused(*SLACK, "--url", "http://localhost")

    def test_a_name_that_slack_does_not_take_is_refused(
        self, line: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PARLEY_SLACK_COMMANDS", "term=feedback")

        assert "the name /feedback" in line.refused(*SLACK, "--url", URL)

    def test_a_file_that_cannot_be_written_is_named(self, line: CommandLine) -> None:
        said = line.refused(*SLACK, "--url", URL, "--out", "no/such/folder.json")

        assert said == (
            "I cannot write no/such/folder.json: No such file or directory. Nothing was written.\n"
        )


class TestTeams:
    def test_the_package_is_written(self, line: CommandLine, tmp_path: Path) -> None:
        said = line(*TEAMS, "--url", URL, "--app-id", APP_ID, "--company", "Northwind")

        files = packed(tmp_path / "parley-teams.zip")
        made = json.loads(files["manifest.json"])
        TeamsManifest.model_validate(made)
        assert files.keys() == {"manifest.json", "color.png", "outline.png"}
        assert made["developer"] == {
            "name": "Northwind",
            "websiteUrl": URL,
            "privacyUrl": URL,
            "termsOfUseUrl": URL,
        }
        assert said.startswith("Wrote parley-teams.zip.")

    def test_the_app_may_stand_in_the_settings(
        self, line: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PARLEY_PUBLIC_URL", URL)
        monkeypatch.setenv("PARLEY_TEAMS_APP_ID", APP_ID.upper())
        monkeypatch.setenv("PARLEY_TEAMS_APP_PASSWORD", "a secret")
        monkeypatch.setenv("PARLEY_TEAMS_TENANT_ID", APP_ID)

        line(*TEAMS, "--website", "https://northwind.example", "--version", "1.2.0")

        files = packed(tmp_path / "parley-teams.zip")
        made = json.loads(files["manifest.json"])
        assert (made["id"], made["version"]) == (APP_ID, "1.2.0")
        assert made["developer"]["termsOfUseUrl"] == "https://northwind.example"
        assert not any(b"a secret" in content for content in files.values())

    @pytest.mark.parametrize("given", [("--url", URL), ("--app-id", APP_ID), ()])
    def test_what_is_missing_is_named_and_nothing_is_written(
        self, line: CommandLine, tmp_path: Path, given: tuple[str, ...]
    ) -> None:
        said = line.refused(*TEAMS, *given)

        assert "PARLEY_TEAMS_APP_ID and PARLEY_PUBLIC_URL" in said
        assert not (tmp_path / "parley-teams.zip").exists()

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("--app-id", "parley"), "The application ID"),
            (("--version", "two"), "no version two"),
            (("--privacy", "ftp://northwind.example"), "no page at ftp://northwind.example"),
        ],
    )
    def test_what_teams_does_not_take_is_refused_and_nothing_is_written(
        self, line: CommandLine, tmp_path: Path, given: tuple[str, ...], words: str
    ) -> None:
        said = line.refused(*TEAMS, "--url", URL, "--app-id", APP_ID, *given)

        assert words in said
        assert not (tmp_path / "parley-teams.zip").exists()
