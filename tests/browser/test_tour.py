"""The tour on the page, over both panes: suggested on Slack, approved on Teams."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from adapters.simulator.tour import TOUR
from app import Simulation
from tests.browser.screen import Screen
from tests.simulation import a_simulation

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def parley(tmp_path: Path) -> AsyncIterator[Simulation]:
    """What `make run` starts on a fresh machine."""
    async with a_simulation(f"sqlite:///{tmp_path}/parley.db") as simulation:
        yield simulation


@pytest_asyncio.fixture(loop_scope="session")
async def screen(tab: Screen, parley: Simulation) -> AsyncIterator[Screen]:
    """The page, wide enough for both panes and the tour."""
    async with tab.showing(parley.page_url):
        await tab.page.set_viewport_size({"width": 1800, "height": 1000})
        yield tab


def said(screen: Screen, pane: str, words: str) -> Locator:
    return screen.page.locator(f"#{pane}-talk article").filter(has_text=words).last


async def test_what_is_suggested_on_slack_is_approved_on_teams_and_both_cards_change(
    screen: Screen,
) -> None:
    tour = screen.page.get_by_role("region", name="First tour")
    steps = tour.locator(".tour-step")

    for number, step in enumerate(TOUR):
        button = tour.get_by_role("button", name=f"Do it: {step.title}", exact=True)
        await button.press("Enter")
        await expect(steps.nth(number)).to_contain_text("(seen)")
        if step.beside:
            await expect(said(screen, "teams", step.expects)).to_be_visible()
            copy = said(screen, "slack", step.expects)
            await expect(copy).to_be_visible()
        if step.expects.startswith("Approved"):
            await expect(copy).to_contain_text("New meaning: crown jewels")
            await expect(copy.get_by_role("button", name="Approve")).to_have_count(0)

    await expect(tour).to_contain_text("That was the tour.")


async def test_the_card_on_teams_is_approved_by_keyboard(screen: Screen) -> None:
    await screen.become("U0ADA")
    await screen.say('/term add "crown jewels" --dept=security = What would hurt us most.')
    await expect(screen.last).to_contain_text("Farid Haddad")
    await screen.go("Parley")
    await expect(screen.last).to_contain_text("New meaning: crown jewels")
    screen.pane = "teams"

    chooser = screen.page.locator("#teams-person-select")
    await chooser.focus()
    await chooser.select_option(label="Farid Haddad, Director of security")
    await screen.page.locator("#teams-channels .channel", has_text="Parley").press("Enter")
    card = said(screen, "teams", "New meaning: crown jewels")
    await card.get_by_role("button", name="Approve").press("Enter")

    await expect(card).to_contain_text("Approved by Farid Haddad")
    await expect(said(screen, "slack", "New meaning")).to_contain_text("Approved by Farid Haddad")
    screen.pane = "slack"
