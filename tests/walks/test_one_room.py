"""One room on both platforms: what is sent, edited or pressed on one side is read on both."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

import workflows
from adapters.simulator.faults import FaultKind, Faults
from tests.walks import toys
from tests.walks.company import Company, a_company

pytestmark = pytest.mark.repeats

#: How each platform's API calls a post in a channel and an edit.
CALLS = {
    "slack": ("chat.postMessage", "chat.update"),
    "teams": ("conversations.create", "activities.update"),
}
#: Longer than a failed post waits for its next try.
A_WHILE = timedelta(minutes=10)
FIRST, NEXT = "Ben Lindqvist counts 0.", "Ada Okafor counts 1."


@pytest.fixture
async def company(database_url: str) -> AsyncIterator[Company]:
    """The company, with a room that has a channel on each platform."""
    async with a_company(database_url, packages=(workflows, toys)) as opened:
        for side in opened.on.values():
            await side.mention("farid", "room add counting")
            await side.is_said("part of the room “counting”")
        yield opened


def faults_of(company: Company, platform: str) -> Faults:
    return company.slack.faults if platform == "slack" else company.teams.faults


def cards(company: Company) -> dict[str, list[str]]:
    """Return what each side reads of the counting."""
    return {
        platform: [said for said in side.public() if "counts" in said]
        for platform, side in company.on.items()
    }


async def test_what_is_sent_to_a_room_is_read_and_changed_on_both_platforms(
    company: Company,
) -> None:
    slack, teams = company.on["slack"], company.on["teams"]

    for writer, at in (("ben", slack), ("grace", teams)):
        await at.whisper(writer, "count")
        for side in (slack, teams):
            await side.is_said("counts 0.")
        await slack.press("ada", "Count on")
        await company.quiet()
        await teams.press("chiara", "Count on")
        await company.quiet()

    assert [len(said) for said in cards(company).values()] == [1, 1]
    assert all("Chiara Rossi counts 2." in said for [said] in cards(company).values())


@pytest.mark.parametrize("failing", CALLS)
async def test_a_failing_side_does_not_delay_the_other_and_catches_up(
    company: Company, failing: str
) -> None:
    [working] = CALLS.keys() - {failing}
    healthy, faults = company.on[working], faults_of(company, failing)
    post, edit = CALLS[failing]

    faults.add(post, FaultKind.UNAVAILABLE, times=99)
    await healthy.whisper("ben", "count")
    await healthy.is_said(FIRST)
    before_post = cards(company)[failing]
    faults.clear()
    company.clock.advance(A_WHILE)
    await company.on[failing].is_said(FIRST)

    faults.add(edit, FaultKind.UNAVAILABLE, times=99)
    await healthy.press("ada", "Count on")
    await healthy.is_said(NEXT)
    before_edit = cards(company)[failing]
    faults.clear()
    company.clock.advance(A_WHILE)
    await company.on[failing].is_said(NEXT)

    assert before_post == []
    assert FIRST in before_edit[0]
    assert [len(said) for said in cards(company).values()] == [1, 1]
