"""Starting, killing and stopping bots that are processes of their own."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from tests.faults import child
from tests.faults.child import Orders
from tests.faults.traffic import PATIENCE_SECONDS, cancel, eventually

# A process that has imported everything forks each bot: a cold start would cost seconds.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.faults.child"])

READY_SECONDS = 5.0
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Bot:
    """One running bot."""

    url: str
    process: ForkServerProcess
    ready_after_seconds: float

    @property
    def pid(self) -> int:
        pid = self.process.pid
        assert pid is not None
        return pid

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive()

    def url_now(self) -> str:
        """Return where it answers, as a bot that never changes."""
        return self.url

    async def kill(self) -> None:
        """Kill -9, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        await self.gone()

    async def stop(self) -> tuple[int | None, float]:
        """Ask it to end; return its exit code and the seconds it took."""
        began = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        await self.gone()
        return self.process.exitcode, time.monotonic() - began

    async def died(self) -> None:
        """Wait until it has killed itself, where it was told to."""
        await self.gone()
        assert self.process.exitcode == -signal.SIGKILL

    async def gone(self) -> None:
        """Wait until it has ended."""
        await asyncio.to_thread(self.process.join, PATIENCE_SECONDS)
        assert not self.is_alive, "the bot did not end"


@dataclass(frozen=True, slots=True)
class Bots:
    """The bots of one test; whatever still runs at its end is killed."""

    orders: Orders
    started: list[Bot] = field(default_factory=list)

    async def start(self, orders: Orders | None = None) -> Bot:
        """Start a bot and wait until it serves; *orders* of its own change what all are told."""
        began = time.monotonic()
        process, hears = await self._begin(orders or self.orders)
        with hears:
            url = await asyncio.to_thread(hears.recv)
        bot = Bot(url, process, time.monotonic() - began)
        self.started.append(bot)
        return bot

    async def lose(self, orders: Orders, *, is_over: Callable[[], bool]) -> None:
        """Start a bot that is to die by itself, be it as it starts, and wait until it has.

        On a busy machine one thread of a bot may do what comes next before another can let it
        die: where all *is over* by then, the bot after it is killed.
        """
        process, hears = await self._begin(orders)
        bot = Bot("", process, 0)
        self.started.append(bot)
        with hears:
            await eventually(lambda: not bot.is_alive or is_over())
        if bot.is_alive:
            await bot.kill()
        assert process.exitcode == -signal.SIGKILL

    @staticmethod
    async def _begin(orders: Orders) -> tuple[ForkServerProcess, Connection]:
        hears, says = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(target=child.run, args=(orders, says), daemon=True)
        await asyncio.to_thread(process.start)
        says.close()
        return process, hears

    async def end(self) -> None:
        """Kill what still runs."""
        for bot in self.started:
            if bot.is_alive:
                await bot.kill()
            bot.process.close()


class Revived:
    """One bot that is started again whenever it has died."""

    def __init__(self, bots: Bots, first: Bot, orders: Orders | None = None) -> None:
        self.bot = first
        self._bots, self._orders = bots, orders
        self._revival = asyncio.create_task(self._revive())

    def url(self) -> str:
        """Return where the bot of this moment answers."""
        return self.bot.url

    async def kill(self) -> None:
        """Kill -9, and wait until another has taken its place."""
        killed = self.bot
        os.kill(killed.pid, signal.SIGKILL)
        await eventually(lambda: self.bot is not killed)

    async def end(self) -> None:
        """Revive it no more."""
        await cancel(self._revival)

    async def _revive(self) -> None:
        while True:
            if not self.bot.is_alive:
                self.bot = await self._bots.start(self._orders)
            await asyncio.sleep(LOOK_SECONDS)
