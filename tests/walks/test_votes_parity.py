"""Two stories of votes, on Slack, on Teams and across both: the same rows and words."""

import pytest

from tests.walks.parity import ACROSS, Played, Story, played_on
from tests.walks.votes_story import CAST, CHANNEL, MONDAY, tell, tell_in_secret

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

NAMED = Story(tell, CAST, MONDAY, tables=("votes_",), channel=CHANNEL)
SECRET = Story(tell_in_secret, CAST, MONDAY, tables=("votes_",), channel=CHANNEL)


@pytest.fixture(scope="module")
def named_on_slack(empty_url: str) -> Played:
    """The named vote on Slack and SQLite, with which all others are compared."""
    played = played_on(NAMED, empty_url, "slack")
    ballots = [(row["version"], row["choice"]) for row in played.rows["votes_ballot"]]
    assert len(ballots) == 6, "one ballot was changed"
    assert [row["is_override"] for row in played.rows["votes_decision"]] == [True]
    return played


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_a_named_vote_reads_and_is_kept_the_same_on_each_platform(
    sqlite_url: str, named_on_slack: Played, where: str
) -> None:
    assert played_on(NAMED, sqlite_url, where) == named_on_slack


@pytest.mark.twin
def test_a_named_vote_across_both_platforms_is_kept_the_same_on_postgresql(
    postgresql_url: str, named_on_slack: Played
) -> None:
    assert played_on(NAMED, postgresql_url, ACROSS) == named_on_slack


def test_a_secret_vote_reads_and_is_kept_the_same_everywhere_and_keeps_no_ballot(
    sqlite_url: str, postgresql_url: str
) -> None:
    on_slack = played_on(SECRET, sqlite_url, "slack")

    across = played_on(SECRET, postgresql_url, ACROSS)

    assert across == on_slack
    assert on_slack.rows["votes_ballot"] == []
    assert len(on_slack.rows["votes_voter_mark"]) == 6
