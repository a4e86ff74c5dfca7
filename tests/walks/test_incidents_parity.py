"""An incident from the first post to the answer, on Slack, on Teams and across both."""

import json
from collections.abc import Iterator

import pytest

from adapters.simulator.sample import BOT
from tests.walks.company import Company, a_company
from tests.walks.incidents_story import BESIDE, CAST, CHANNEL, MONDAY, OF, ON_BOTH, POSTED, tell
from tests.walks.parity import ACROSS, Played, Story, played_on
from tests.walks.script import plainly
from workflows.reports import reporting_texts

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

STORY = Story(
    tell,
    CAST,
    MONDAY,
    tables=("reports_", "incidents_"),
    channel=CHANNEL,
    beside=BESIDE,
    of=OF,
    on_both=ON_BOTH,
)


#: What triage reads of the post: addresses open nothing, marks and mentions are but letters.
INERT = (
    "hxxps://evil[.]example/login",
    "*now* _please_",
    "[our bank](hxxps://bank[.]example)",
    "@channel",
    "[U+202E]lived",
)
TRAPS = ("https://evil", "https://bank", "<!channel", "<at>channel", "\\u202e")


@pytest.fixture(scope="module")
def on_slack(empty_url: str) -> Played:
    """The story on Slack and SQLite, with which the others are compared."""
    played = played_on(STORY, empty_url, "slack")
    assert [row["source"] for row in played.rows["reports_report"]] == ["channel_post", "form"]
    assert [row["outcome"] for row in played.rows["reports_report"]] == ["incident"] * 2
    assert [row["state"] for row in played.rows["incidents_incident"]] == ["closed"]
    return played


def test_an_incident_reads_and_is_kept_the_same_on_teams(sqlite_url: str, on_slack: Played) -> None:
    assert played_on(STORY, sqlite_url, "teams") == on_slack


@pytest.mark.twin
def test_an_incident_across_both_platforms_is_kept_the_same_on_postgresql(
    postgresql_url: str, on_slack: Played
) -> None:
    assert played_on(STORY, postgresql_url, ACROSS) == on_slack


def test_whoever_typed_a_password_reads_what_to_do_before_any_thanks(on_slack: Played) -> None:
    [receipt] = [one for one in on_slack.minutes if reporting_texts.DO_NOW in one]

    assert receipt.startswith(f"ben: {reporting_texts.DO_NOW}")
    assert receipt.index("Change that password now") < receipt.index("Thank you")


def test_what_somebody_posted_reads_as_it_was_typed_and_opens_nothing(on_slack: Played) -> None:
    cards = [one for one in on_slack.minutes if "R-1: Not sure" in one]

    assert cards
    for card in cards:
        for words in INERT:
            assert words in card


async def test_a_post_that_its_author_deletes_is_kept_as_it_was_and_shown_inert(
    sqlite_url: str,
) -> None:
    async with a_company(sqlite_url, channel=CHANNEL, beside=BESIDE) as company:
        for number, client in enumerate(company.on.values(), start=1):
            await client.post("ada", POSTED)
            await client.is_said(f"This is R-{number}")
            await company.quiet()

            await client.take_back("ada")
            await client.whisper("chiara", f"security evidence R-{number}")
            await client.is_told("chiara", f"what is kept of R-{number}")
            await client.whisper("chiara", f"security verify R-{number}")
            await client.is_told("chiara", "captured")
            await client.is_told("chiara", f"evidence of R-{number}")

            [shown] = [one for one in client.told("chiara") if f"kept of R-{number}," in one]
            assert all(words in plainly(shown) for words in INERT)
        assert not any(trap in raw for raw in raws(company) for trap in TRAPS)


def raws(company: Company) -> Iterator[str]:
    """Yield everything that Parley has sent to anybody, as it goes over the wire."""
    for channel in company.slack.workspace.channels.values():
        said = (one for one in channel.messages.values() if one.user == BOT.id)
        yield from (json.dumps([one.text, list(one.blocks)]) for one in said)
    world = company.teams.world
    for talk in world.conversations.values():
        said_there = (one for one in talk.messages.values() if one.author == world.bot_id)
        yield from (json.dumps([one.text, one.card]) for one in said_there)
