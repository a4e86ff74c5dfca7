"""One act's way through the engine: timed, counted, and a line in the log."""

from __future__ import annotations

import os
import time
from enum import StrEnum
from functools import cache

from bot import logs
from bot.inbound import Inbound, Notice
from bot.metrics import INBOUND

#: Looking a counter up by its labels costs as much as reading a command; the labels are few.
counter = cache(INBOUND.labels)


class Outcome(StrEnum):
    """How an act ended."""

    OK = "ok"
    REPEAT = "repeat"  #: it was done before
    REFUSED = "refused"  #: in words that say why
    FAILED = "failed"  #: with an apology
    BUSY = "busy"  #: the platform is to repeat it
    IGNORED = "ignored"  #: it was nothing that anybody listens to


class Passage:
    """One act on its way; whatever is not said about its end means that it failed."""

    __slots__ = ("_began", "_inbound", "is_traceless", "outcome", "reference", "route")

    def __init__(self, inbound: Inbound | Notice) -> None:
        self._began = time.perf_counter()
        self._inbound = inbound
        self.reference = os.urandom(4).hex()  #: what a person reads in an apology
        self.route = ""  #: the step's id, once it is known
        self.is_traceless = False  #: nobody is to be found by having come this way
        self.outcome = Outcome.FAILED

    def end(self) -> None:
        """Count the act and write its line.

        Most of what is said in channels leaves none, nor does what is traceless: a line has the
        time, and at a console the account.
        """
        user, outcome = self._inbound.user, self.outcome
        kind = type(self._inbound).__name__.lower()
        counter(user.platform, kind, outcome.value).inc()
        if outcome is Outcome.IGNORED or self.is_traceless:
            return
        logs.requests.write(
            logs.Request(
                self.reference,
                user.platform,
                user.user,
                kind,
                self.route,
                (time.perf_counter() - self._began) * 1000,
                outcome.value,
            )
        )
