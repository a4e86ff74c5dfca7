"""An agenda from the series to the action that comes back, on Slack, on Teams and across both."""

import pytest

from bot.clock import FrozenClock
from tests.walks.agendas_story import CAST, CHANNEL, MONDAY, OF, SERIES, tell
from tests.walks.company import a_company
from tests.walks.parity import ACROSS, Played, Story, played_on

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

STORY = Story(tell, CAST, MONDAY, tables=("agendas_",), channel=CHANNEL, of=OF, on_both=OF.keys())


@pytest.fixture(scope="module")
def on_slack(empty_url: str) -> Played:
    """The story on Slack and SQLite, with which the others are compared."""
    played = played_on(STORY, empty_url, "slack")
    assert [row["state"] for row in played.rows["agendas_meeting"]] == [
        "over",
        "published",
        "planned",
    ]
    assert [row["kind"] for row in played.rows["agendas_minute"]] == ["decision"]
    assert [row["state"] for row in played.rows["agendas_action"]] == ["done"]
    return played


def test_an_agenda_reads_and_is_kept_the_same_on_teams(sqlite_url: str, on_slack: Played) -> None:
    assert played_on(STORY, sqlite_url, "teams") == on_slack


@pytest.mark.twin
def test_an_agenda_across_both_platforms_is_kept_the_same_on_postgresql(
    postgresql_url: str, on_slack: Played
) -> None:
    assert played_on(STORY, postgresql_url, ACROSS) == on_slack


async def test_the_dates_are_a_file_on_slack_and_words_on_teams(sqlite_url: str) -> None:
    async with a_company(sqlite_url, clock=FrozenClock(MONDAY), channel=CHANNEL) as company:
        slack, teams = company.on["slack"], company.on["teams"]
        await teams.whisper("chiara", f"agenda schedule {SERIES}")
        await slack.is_told("elena", "AG-1")

        await slack.whisper("elena", "agenda calendar AG-1")
        await slack.is_told("elena", "in our own chat")
        await teams.whisper("chiara", "agenda calendar AG-1")
        await teams.is_told("chiara", "in our own chat")
        await company.quiet()

        [file] = [one for said in company.slack.sees_direct("elena") for one in said.files]
        assert file["name"] == "agenda-1.ics"
        assert company.slack.workspace.file(file["id"]).content.startswith(b"BEGIN:VCALENDAR")
        assert any(
            "A file that Microsoft Teams does not take" in one for one in teams.told("chiara")
        )
