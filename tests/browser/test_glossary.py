"""The glossary in the browser, by the bot itself: everything between a key press and a row."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from app import Simulation
from tests.browser.screen import Screen
from tests.simulation import a_simulation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SPELT_OUT = "EDRM: Electronic Discovery Reference Model"
ADA, BEN, ELENA = "U0ADA", "U0BEN", "U0ELENA"


@pytest_asyncio.fixture(loop_scope="session")
async def parley(tmp_path: Path) -> AsyncIterator[Simulation]:
    """What `make run` starts on a fresh machine: Parley, its database, and the page."""
    async with a_simulation(f"sqlite:///{tmp_path}/parley.db") as simulation:
        yield simulation


@pytest_asyncio.fixture(loop_scope="session")
async def screen(tab: Screen, parley: Simulation) -> AsyncIterator[Screen]:
    """The page, played as Ada; any error in it fails the test."""
    async with tab.showing(parley.page_url):
        await tab.become(ADA)
        await tab.go("general")
        yield tab


def answer(screen: Screen, words: str) -> Locator:
    """Return the newest message that says *words*."""
    return screen.messages.filter(has_text=words).last


async def test_a_term_is_explained_to_the_one_who_asked(screen: Screen) -> None:
    await screen.say("/term EDRM")

    await expect(answer(screen, SPELT_OUT)).to_contain_text("Only visible to you")
    await screen.become(BEN)
    await expect(answer(screen, SPELT_OUT)).to_have_count(0)


async def test_a_slip_is_put_right_with_one_press(screen: Screen) -> None:
    await screen.say("/term edmr")
    slip = answer(screen, "Did you mean one of these?")

    await slip.get_by_role("button", name="EDRM", exact=True).click()

    await expect(answer(screen, SPELT_OUT)).to_be_visible()


async def test_a_suggestion_is_published_once_another_person_approves_it(screen: Screen) -> None:
    await screen.say("/term add boomerang = Somebody who left and now works here again.")
    await expect(screen.last).to_contain_text("Elena Marković can approve it")

    await screen.become(ELENA)
    await screen.go("Parley")
    card = answer(screen, "New meaning: boomerang")
    await card.get_by_role("button", name="Approve", exact=True).click()

    await expect(card).to_contain_text("Approved by Elena Marković")
    await expect(card.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    await screen.become(BEN)
    await screen.go("general")
    await screen.say("/term boomerang")
    await expect(screen.last).to_contain_text("Somebody who left and now works here again.")


async def test_a_meaning_is_shared_with_everybody_in_the_channel(screen: Screen) -> None:
    await screen.say("/term EDRM")

    private = answer(screen, SPELT_OUT)
    await private.get_by_role("button", name="Share here", exact=True).click()

    await expect(answer(screen, "Shared by Ada Okafor from the glossary.")).to_be_visible()
    await screen.become(BEN)
    await expect(answer(screen, SPELT_OUT)).to_contain_text("Shared by Ada Okafor")
