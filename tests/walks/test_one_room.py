"""One room on both platforms: what is sent, edited or pressed on one side is read on both."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

import workflows
from adapters.simulator.faults import FaultKind
from bot.clock import MovableClock
from tests.adapters.house import PATIENCE_SECONDS
from tests.walks import toys
from tests.walks.company import Company, a_company

SLACK_CHANNEL, TEAMS_CHANNEL = "hiring-security", "hiring-security"


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    """The company, with a room that has a channel on each platform."""
    async with a_company(database_url, packages=(workflows, toys)) as opened:
        await opened.slack.mention("farid", SLACK_CHANNEL, "room add counting")
        await opened.teams.mention("farid", TEAMS_CHANNEL, "room add counting")
        await reads_on_both(opened, "part of the room “counting”")
        yield opened


def on_slack(company: Company) -> list[str]:
    return [one.words() for one in company.in_slack(SLACK_CHANNEL)]


def on_teams(company: Company) -> list[str]:
    return [one.words() for one in company.in_teams(TEAMS_CHANNEL)]


async def reads_on_slack(company: Company, words: str) -> None:
    await company.slack.wait_for(
        lambda: any(words in said for said in on_slack(company)), PATIENCE_SECONDS
    )


async def reads_on_teams(company: Company, words: str) -> None:
    await company.teams.wait_for(
        lambda: any(words in said for said in on_teams(company)), PATIENCE_SECONDS
    )


async def reads_on_both(company: Company, words: str) -> None:
    await reads_on_slack(company, words)
    await reads_on_teams(company, words)


def counted(said: list[str]) -> int:
    return sum("counts" in words for words in said)


def catch_up(company: Company) -> None:
    """Let the time pass that a failed post waits for its next try."""
    clock = company.parley.clock
    assert isinstance(clock, MovableClock)
    clock.advance(timedelta(minutes=10))


async def test_what_is_sent_to_a_room_is_read_and_changed_on_both_platforms(
    company: Company,
) -> None:
    await company.slack.direct("ben", "count")
    await reads_on_both(company, "Ben Lindqvist counts 0.")
    cards = len(on_slack(company)), len(on_teams(company))

    await company.slack.press("ada", company.in_slack(SLACK_CHANNEL)[-1], "Count on")
    await reads_on_both(company, "Ada Okafor counts 1.")
    await company.teams.press("grace", company.in_teams(TEAMS_CHANNEL)[-1], "Count on")
    await reads_on_both(company, "Grace Kim counts 2.")

    assert (len(on_slack(company)), len(on_teams(company))) == cards
    assert not any("counts 1." in said for said in (*on_slack(company), *on_teams(company)))


async def test_a_failing_side_does_not_delay_the_other_and_catches_up(company: Company) -> None:
    company.slack.faults.add("chat.postMessage", FaultKind.SERVER_ERROR, times=99)

    await company.teams.direct("ben", "count")
    await reads_on_teams(company, "Ben Lindqvist counts 0.")
    behind = counted(on_slack(company))
    company.slack.faults.clear()
    catch_up(company)
    await reads_on_slack(company, "Ben Lindqvist counts 0.")

    assert behind == 0
    assert counted(on_slack(company)) == counted(on_teams(company)) == 1


async def test_a_side_that_fails_at_an_edit_catches_up_as_well(company: Company) -> None:
    await company.slack.direct("ben", "count")
    await reads_on_both(company, "Ben Lindqvist counts 0.")
    company.teams.faults.add("activities.update", FaultKind.UNAVAILABLE, times=99)

    await company.slack.press("ada", company.in_slack(SLACK_CHANNEL)[-1], "Count on")
    await reads_on_slack(company, "Ada Okafor counts 1.")
    behind = on_teams(company)[-1]
    company.teams.faults.clear()
    catch_up(company)
    await reads_on_teams(company, "Ada Okafor counts 1.")

    assert "Ben Lindqvist counts 0." in behind
    assert counted(on_slack(company)) == counted(on_teams(company)) == 1
