"""One story of a panel, on Slack, on Teams and across both: the same rows and words."""

import pytest

from tests.walks.feedback_story import CAST, MONDAY, tell
from tests.walks.parity import ACROSS, Played, Story, played_on

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

STORY = Story(tell, CAST, MONDAY, tables=("hiring_", "feedback_"))


@pytest.fixture(scope="module")
def on_slack(empty_url: str) -> Played:
    """The story on Slack and SQLite, with which all others are compared."""
    played = played_on(STORY, empty_url, "slack")
    hints = [given["hints"] for given in played.rows["feedback_submission"]]
    assert hints == [{"family": 1}, {}, {}]
    return played


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_a_panel_reads_and_the_database_keeps_the_same_on_each_platform(
    sqlite_url: str, on_slack: Played, where: str
) -> None:
    assert played_on(STORY, sqlite_url, where) == on_slack


@pytest.mark.twin
def test_both_platforms_on_postgresql_keep_the_same(postgresql_url: str, on_slack: Played) -> None:
    assert played_on(STORY, postgresql_url, ACROSS) == on_slack
