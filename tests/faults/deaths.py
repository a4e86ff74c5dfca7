"""Where a bot is to die: kill -9 as it comes to one of its own functions, or as that ends."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from inspect import iscoroutinefunction
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from prometheus_client import generate_latest


class Side(StrEnum):
    """On which side of a function."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Death:
    """One moment: on this side of *function*, the first time that its arguments name *about*."""

    side: Side
    function: str  #: with its module and class
    about: str = ""


def before(function: str, about: str = "") -> Death:
    """Return the moment at which *function* is called."""
    return Death(Side.BEFORE, function, about)


def after(function: str, about: str = "") -> Death:
    """Return the moment at which *function* has returned, or has failed."""
    return Death(Side.AFTER, function, about)


#: A report by form is committed: its sender has no answer yet, and no worker has looked.
STORED = before("bot.repeats.Repeats.keep", "reports.tell")


def on_the_way_of(timer: str, send: str) -> tuple[Death, ...]:
    """Return each step between a timer that is due and what it sends, whose key begins so.

    Who is killed at one of them leaves the next bot just there, so each follows on the last.
    """
    return (
        before("bot.worker.Worker._claim"),
        before("bot.worker.Worker._start", timer),  # claimed
        after("bot.engine.write_audit", timer),  # all is written, nothing is committed
        after("bot.engine.Engine.run_timer", timer),  # committed
        before("bot.delivery.Delivery.deliver", send),  # claimed again, to be delivered
        after("bot.delivery.Delivery._post", send),  # the platform has it, and nobody noted that
    )


def arm(death: Death, folder: Path) -> None:
    """Let this process die at that moment; what it has counted until then is left in *folder*."""
    owner_path, _, name = death.function.rpartition(".")
    owner = resolve_name(owner_path)
    setattr(owner, name, _deadly(getattr(owner, name), death, folder))


def count_up(folder: Path) -> None:
    """Leave the figures of this process in *folder*, since they go with it."""
    (folder / f"figures-{os.getpid()}").write_bytes(generate_latest())


def _deadly(alive: Callable[..., Any], death: Death, folder: Path) -> Callable[..., Any]:
    @contextmanager
    def dying(arguments: object) -> Iterator[None]:
        is_meant = death.about in repr(arguments)
        if is_meant and death.side is Side.BEFORE:
            _die(folder)
        try:
            yield
        finally:
            if is_meant and death.side is Side.AFTER:
                _die(folder)

    @wraps(alive)
    async def waited_for(*args: object, **named: object) -> Any:
        with dying((args, named)):
            return await alive(*args, **named)

    @wraps(alive)
    def called(*args: object, **named: object) -> Any:
        with dying((args, named)):
            return alive(*args, **named)

    return waited_for if iscoroutinefunction(alive) else called


def _die(folder: Path) -> None:
    count_up(folder)
    os.kill(os.getpid(), signal.SIGKILL)
