"""One browser with one tab for the run; for each test a company of its own and a scripted bot."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from playwright.async_api import async_playwright
from slack_sdk.web.async_client import AsyncWebClient

from adapters.simulator.menu import CommandLine, Menu, ShortcutLine, TourLine
from adapters.simulator.page import Page as Site
from adapters.simulator.rates import Rates
from adapters.simulator.simulator import Settings, SlackSimulator
from tests.browser import chromium
from tests.browser.bot import ScriptedBot
from tests.browser.screen import Screen

MENU = Menu(
    commands=(
        CommandLine("/term", "Look a term up", "[term | add | share]"),
        CommandLine("/parley", "See what Parley can do", "[help]"),
    ),
    shortcuts=(ShortcutLine("incident.report", "Report to security"),),
    tour=(
        TourLine(
            "Look a term up",
            "Ada types /term EDRM.",
            "Electronic Discovery Reference Model",
            "U0ADA",
            "C0GENERAL",
            "/term",
            "EDRM",
        ),
        TourLine(
            "Share it",
            "Ada presses Share here.",
            "EDRM means",
            "U0ADA",
            "C0GENERAL",
            press="Share here",
        ),
        TourLine(
            "Approve it",
            "Elena presses Approve in her direct messages.",
            "Approved by Elena",
            "U0ELENA",
            press="Approve",
        ),
        TourLine(
            "Ask aloud",
            "Ben mentions Parley.",
            "@Parley hello",
            "U0BEN",
            "C0GENERAL",
            None,
            "@Parley hello",
        ),
    ),
)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_missing: list[str] = []


@dataclass
class MovedClock:
    """A clock that goes on from a fixed Monday morning."""

    ahead: timedelta = field(default_factory=lambda: MONDAY - datetime.now(UTC))

    def now(self) -> datetime:
        """Return the present moment of the company."""
        return datetime.now(UTC) + self.ahead

    def move_to(self, instant: datetime) -> None:
        """Go on from *instant*."""
        self.ahead = instant - datetime.now(UTC)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tab() -> AsyncIterator[Screen]:
    """The one tab of a headless Chromium, or a loud skip, which CI does not forgive.

    A tab for each test would cost a second of processor time, a window two.
    """
    path = chromium.executable()
    if path is None:
        reason = "No Chromium or Chrome was found, and none could be installed with apt-get."
        _missing.append(reason)
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path, args=list(chromium.ARGUMENTS)
        )
        yield Screen(await launched.new_page())
        await launched.close()


@pytest.fixture
def clock() -> MovedClock:
    """The company's clock: Monday 2026-11-23, 09:00 UTC."""
    return MovedClock()


@pytest_asyncio.fixture(loop_scope="session")
async def slack(clock: MovedClock) -> AsyncIterator[SlackSimulator]:
    """A running simulator."""
    settings = Settings(retry_seconds=(), rates=Rates.unlimited(), now=clock.now)
    async with SlackSimulator(settings=settings) as simulator:
        yield simulator


@pytest_asyncio.fixture(loop_scope="session")
async def bot(slack: SlackSimulator) -> AsyncIterator[ScriptedBot]:
    """The scripted bot, connected to the simulator."""
    async with ClientSession() as session:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, session=session)
        scripted = ScriptedBot(slack.signing_secret, client)
        app = web.Application()
        app.router.add_post("/slack/events", scripted.handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield scripted
        await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def address(slack: SlackSimulator, clock: MovedClock) -> AsyncIterator[str]:
    """Where the page is served."""
    site = Site(slack, MENU, clock)
    yield await site.start()
    await site.close()


@pytest_asyncio.fixture(loop_scope="session")
async def screen(tab: Screen, bot: ScriptedBot, address: str) -> AsyncIterator[Screen]:
    """The page; any error in it, or a word to a stranger, fails the test."""
    assert bot
    async with tab.showing(address):
        yield tab


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, in red, that nobody looked at the page."""
    for reason in _missing:
        terminalreporter.section("The simulator's page was not tested", red=True, bold=True)
        terminalreporter.line(reason)
