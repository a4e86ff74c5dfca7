"""The page as a test uses it: by names and roles, as people do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Locator, Page, Request, ViewportSize, expect

PATIENCE_MS = 60_000
SIZE: ViewportSize = {"width": 1280, "height": 800}
expect.set_options(timeout=PATIENCE_MS)


class Screen:
    """A tab; `problems` gathers what must not happen on the page that it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = ""
        self.problems: list[str] = []
        self._expected: tuple[str, ...] = ()
        self.pane = "slack"
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"unhandled: {error}"))
        page.on("request", self._request)

    @asynccontextmanager
    async def showing(self, address: str) -> AsyncIterator[None]:
        """Open the page, and leave it as a tab is that was never used.

        Each company has a port of its own, and so an origin: nothing that it stored is seen again.
        """
        self.address, self.problems, self._expected = address, [], ()
        await self.page.set_viewport_size(SIZE)
        await self.open()
        yield
        problems = list(self.problems)
        await self.page.goto("about:blank")
        await self.page.unroute_all()
        await self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        await self.page.mouse.move(0, 0)
        assert problems == []

    async def open(self) -> None:
        """Load the page and wait until it is ready."""
        await self.page.goto(self.address)
        await self.page.locator("body[data-ready]").wait_for()

    def expect_console(self, *words: str) -> None:
        """Let console errors pass that say one of *words*: the test causes them."""
        self._expected = words

    @property
    def field(self) -> Locator:
        """Return the message field of the pane."""
        return self.page.locator(f"#{self.pane}-field")

    @property
    def messages(self) -> Locator:
        """Return all messages of the pane's open conversation."""
        return self.page.locator(f"#{self.pane}-talk article")

    @property
    def last(self) -> Locator:
        """Return the newest message of the open conversation."""
        return self.messages.last

    @property
    def offers(self) -> Locator:
        """Return what the list above the message field offers."""
        return self.page.get_by_role("listbox", name="Suggestions").get_by_role("option")

    @property
    def window(self) -> Locator:
        """Return the open modal."""
        return self.page.locator("dialog[open]")

    def button(self, name: str) -> Locator:
        """Return the button with exactly this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    async def say(self, text: str) -> None:
        """Write *text* and send it with the keyboard."""
        await self.field.fill(text)
        if await self.page.locator(".suggestions:visible").count():
            await self.field.press("Escape")
        await self.field.press("Enter")

    async def become(self, person: str) -> None:
        """Play the person with this id."""
        await self.page.locator(f"#{self.pane}-person-select").select_option(person)

    async def go(self, conversation: str) -> None:
        """Open a conversation by its name."""
        channels = self.page.locator(f"#{self.pane}-channels")
        await channels.locator(".channel", has_text=conversation).click()

    def _console(self, message: ConsoleMessage) -> None:
        is_expected = any(words in message.text for words in self._expected)
        if message.type in {"error", "warning"} and not is_expected:
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.problems.append(f"a request to a stranger: {request.url}")
