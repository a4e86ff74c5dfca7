"""A real Parley in a process of its own, there to be killed."""

import asyncio
import os
import signal
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from adapters.slack import api
from adapters.slack.platform import SlackPlatform  # before the fork, so that a child starts fast
from app import Parley
from bot import logs
from bot.clock import MovableClock
from bot.settings import Settings
from tests.faults import deaths, disk
from tests.faults.deaths import Death
from tests.faults.toys.tally.handlers import FOLDER


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child is told; its times are short, so that a test sees many tries."""

    settings: Settings
    folder: Path
    spacing_seconds: float = 0
    backoff_seconds: float = 0.02
    poll_seconds: float = 0.05
    breath_seconds: float = 0.05
    patience_seconds: float = api.MOST_SECONDS  #: with the platform, for one call
    lease_seconds: float = 6
    unreliable_disk: bool = False
    packages: tuple[str, ...] = ("tests.faults.toys",)  #: of workflows
    ahead: timedelta = timedelta(0)  #: how far its clock is moved
    dies: Death | None = None  #: where it kills itself


def run(orders: Orders, started: Connection) -> None:
    """Serve until SIGTERM; says its address through *started*."""
    _log_to(orders.folder / "bot.log")
    if orders.unreliable_disk:
        disk.make_unreliable(orders.folder)
    os.environ[FOLDER] = str(orders.folder)
    logs.configure(console=False)
    asyncio.run(_serve(orders, started))


async def _serve(orders: Orders, started: Connection) -> None:
    api.MOST_SECONDS = orders.patience_seconds
    packages = tuple(map(import_module, orders.packages))
    if orders.dies is not None:
        deaths.arm(orders.dies, orders.folder)
    clock = MovableClock()
    clock.advance(orders.ahead)
    parley = Parley(orders.settings, clock, packages=packages)
    SlackPlatform.spacing = timedelta(seconds=orders.spacing_seconds)
    parley.worker._pace = replace(
        parley.worker._pace,
        lease=timedelta(seconds=orders.lease_seconds),
        backoff_seconds=orders.backoff_seconds,
        poll_seconds=orders.poll_seconds,
        breath_seconds=orders.breath_seconds,
    )
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await parley.start()
    started.send(parley.url)
    await stopped.wait()
    await parley.close()
    deaths.count_up(orders.folder)


def _log_to(path: Path) -> None:
    log = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
