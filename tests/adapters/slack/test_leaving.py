"""What was acknowledged is answered, also when Parley stops while Slack takes its time."""

import pytest

from adapters.simulator.faults import FaultKind
from adapters.slack import platform
from tests.adapters.slack.house import House, a_house

pytestmark = pytest.mark.repeats


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "LAST_ERRANDS_SECONDS", 0.05)


async def announced(house: House) -> None:
    """Put a message with buttons where everybody can press them."""
    await house.slack.command("ada", "general", "/announce")
    await house.sees("ada", "general", "Press one")


async def press(house: House, label: str, method: str) -> None:
    """Press a button whose answer hangs in Slack, and wait until it does."""
    house.slack.faults.add(method, FaultKind.SLOW, times=9, seconds=30)
    post = await house.sees("ben", "general", "Press one")
    await house.slack.press("ben", post, label)
    await house.until(lambda: not any(fault.times == 9 for fault in house.slack.faults))


async def test_an_answer_under_way_is_posted_after_the_next_start(database_url: str) -> None:
    async with a_house(database_url) as stopping:
        await announced(stopping)
        await press(stopping, "Count", "response_url")

    async with a_house(database_url) as again:
        seen = await again.sees("ben", "general", "Counted 1.")

    assert seen.only_for == "U0BEN"
    assert stopping.toy.heard == ["count 1 in C0GENERAL"]
    assert again.toy.heard == []


async def test_a_form_that_is_still_opening_is_offered_after_the_next_start(
    database_url: str,
) -> None:
    async with a_house(database_url) as stopping:
        await announced(stopping)
        await press(stopping, "Write a note", "views.open")

    async with a_house(database_url) as again:
        seen = await again.sees("ben", "general", "opens in a window")

    assert seen.only_for == "U0BEN"


async def test_a_home_under_way_is_left_for_the_next_visit(database_url: str) -> None:
    async with a_house(database_url) as stopping:
        stopping.slack.faults.add("views.publish", FaultKind.SLOW, times=9, seconds=30)
        await stopping.slack.open_home("ben")
        await stopping.until(lambda: not any(f.times == 9 for f in stopping.slack.faults))

    async with a_house(database_url) as again:
        await again.slack.open_home("ben")
        await again.until(lambda: again.slack.home_of("ben"))

    assert again.slack.sees_direct("ben") == []
