"""Tells whoever waits that something changed."""

import asyncio
import time
from collections.abc import Callable

from adapters.simulator.errors import Unplayable

LOOK_SECONDS = 0.05


class Changes:
    """A number that grows with every change, and a way to wait for the next one."""

    def __init__(self) -> None:
        self.n = 0
        self._next = asyncio.Event()

    def note(self) -> None:
        """Say that something changed."""
        self.n += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, n: int) -> int:
        """Return the number of the newest change once it is above *n*."""
        while self.n <= n:
            await self._next.wait()
        return self.n

    async def until(self, claim: Callable[[], object], timeout_seconds: float) -> None:
        """Wait until *claim* holds; it is asked again after every change.

        Raises:
            Unplayable: it did not come true in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while not claim():
            left = deadline - time.monotonic()
            if left <= 0:
                raise Unplayable(f"What was waited for did not happen in {timeout_seconds} s.")
            waiting = self._next
            try:
                # A claim may rest on the bot's own state, which tells nobody.
                await asyncio.wait_for(waiting.wait(), min(left, LOOK_SECONDS))
            except TimeoutError:
                continue
