"""One story of the glossary, on Slack, on Teams and across both: the same rows and words."""

import pytest

from tests.walks.glossary_story import CAST, MONDAY, tell
from tests.walks.parity import ACROSS, Played, Story, played_on

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

STORY = Story(tell, CAST, MONDAY, tables=("glossary_",))


@pytest.fixture(scope="module")
def on_slack(empty_url: str) -> Played:
    """The story on Slack and SQLite, with which all others are compared."""
    played = played_on(STORY, empty_url, "slack")
    assert all(played.rows.values()), "the story leaves nothing in a table"
    return played


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_everybody_reads_and_the_database_keeps_the_same_on_each_platform(
    sqlite_url: str, on_slack: Played, where: str
) -> None:
    assert played_on(STORY, sqlite_url, where) == on_slack


@pytest.mark.twin
def test_each_database_keeps_the_same(postgresql_url: str, on_slack: Played) -> None:
    assert played_on(STORY, postgresql_url, ACROSS) == on_slack
