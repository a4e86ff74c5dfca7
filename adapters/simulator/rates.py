"""Slack's rate limits: about one post a second in a channel, and tiers for each method."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from adapters.simulator.errors import Refusal


@dataclass(frozen=True, slots=True)
class Rates:
    """How much is allowed.

    Attributes:
        posts_a_second: per channel, after the first *post_burst* at once.
        tiers: whether the calls a minute of each method are counted.
    """

    posts_a_second: float = 1.0
    post_burst: int = 5
    tiers: bool = True

    @classmethod
    def unlimited(cls) -> "Rates":
        """Return limits that no test reaches."""
        return cls(posts_a_second=math.inf, tiers=False)


class RateLimits:
    """Counts calls in leaky buckets and refuses with `ratelimited` when one runs over."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        self.rates = rates
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def count_post(self, channel: str) -> None:
        """Count a post in *channel*."""
        if math.isfinite(self.rates.posts_a_second):
            self._count(f"post {channel}", self.rates.post_burst, self.rates.posts_a_second)

    def count_call(self, method: str, per_minute: int) -> None:
        """Count a call of *method*, of which *per_minute* are allowed."""
        if self.rates.tiers:
            self._count(method, per_minute, per_minute / 60)

    def _count(self, key: str, capacity: int, per_second: float) -> None:
        now = self._clock()
        level, seen = self._buckets.get(key, (0.0, now))
        level = max(0.0, level - (now - seen) * per_second)
        if level + 1 > capacity:
            self._buckets[key] = (level, now)
            wait = math.ceil((level + 1 - capacity) / per_second)
            raise Refusal("ratelimited", retry_after=max(1, wait))
        self._buckets[key] = (level + 1, now)
