"""The Bot Connector's rate limits: so many calls for a conversation in so many seconds."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from adapters.simulator.teams.errors import too_many

Limits = Mapping[float, int]


class Counted(StrEnum):
    """What is counted for each conversation by itself."""

    SEND = "send"
    CREATE = "create"
    MEMBERS = "members"


#: What Teams publishes for posting in one conversation, for looking, and for a whole tenant.
POSTS: Limits = MappingProxyType({1: 7, 2: 8, 30: 60, 3600: 1800})
LOOKS: Limits = MappingProxyType({1: 14, 2: 16, 30: 120, 3600: 3600})
TENANT: Limits = MappingProxyType({1: 50})


@dataclass(frozen=True, slots=True)
class Rates:
    """How much is allowed: seconds → calls.

    Attributes:
        tenant: for all conversations together.
    """

    posts: Limits = field(default_factory=lambda: POSTS)
    looks: Limits = field(default_factory=lambda: LOOKS)
    tenant: Limits = field(default_factory=lambda: TENANT)

    @classmethod
    def unlimited(cls) -> "Rates":
        """Return limits that nothing reaches."""
        return cls({}, {}, {})


class RateLimits:
    """Counts calls in sliding windows and refuses the one that is too many."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._clock = clock
        self._seen: dict[tuple[str, str], deque[float]] = {}

    def count(self, what: Counted, conversation: str) -> None:
        """Count a call about *conversation*.

        Raises:
            Refusal: it is one too many; calls that are refused do not count.
        """
        limits = self._rates.looks if what is Counted.MEMBERS else self._rates.posts
        counted = [((what, conversation), limits), (("tenant", ""), self._rates.tenant)]
        now = self._clock()
        wait = max(self._wait(key, limits, now) for key, limits in counted)
        if wait > 0:
            raise too_many(wait)
        for key, limits in counted:
            if limits:
                self._seen.setdefault(key, deque()).append(now)

    def _wait(self, key: tuple[str, str], limits: Limits, now: float) -> float:
        """Return after how many seconds one more call is allowed."""
        seen = self._seen.get(key, deque())
        while seen and seen[0] <= now - max(limits):
            seen.popleft()
        waits = [0.0]
        for seconds, most in limits.items():
            if len(seen) >= most:
                waits.append(seen[-most] + seconds - now)
        return max(waits)
