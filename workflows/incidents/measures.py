"""Figures of reports and incidents, as exact values; what each means stands in docs/metrics.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction

#: A group of fewer is not told: a figure of few tells of each of them.
FEWEST = 5


class Metric(StrEnum):
    """What is measured, in the order in which it is read."""

    RECEIPT = "receipt"
    ACKNOWLEDGED = "acknowledged"
    ACKNOWLEDGED_WORKING = "acknowledged_working"
    ACKNOWLEDGED_SINCE_EVENT = "acknowledged_since_event"
    ACKNOWLEDGED_IN_TIME = "acknowledged_in_time"
    OPEN = "open"
    LINKED_ALONE = "linked_alone"
    DECIDED = "decided"
    DELAY = "delay"
    SIGNAL = "signal"
    LOOP_CLOSED = "loop_closed"
    AGAIN = "again"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    DEPARTMENT = "department"
    UPDATES = "updates"
    REVIEWS = "reviews"
    ACTIONS_30 = "actions_30"
    ACTIONS_60 = "actions_60"
    ACTIONS_90 = "actions_90"
    REPEAT = "repeat"
    GAVE_UP = "gave_up"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class Spans:
    """How long something took, each time."""

    metric: Metric
    values: tuple[timedelta, ...]

    @property
    def n(self) -> int:
        """Return how many there are."""
        return len(self.values)

    def mean(self) -> timedelta:
        """Return the mean, to the microsecond."""
        return sum(self.values, timedelta(0)) / self.n

    def percentile(self, percent: int) -> timedelta:
        """Return the smallest value that so many percent do not exceed (the nearest rank)."""
        rank = -(-percent * self.n // 100)
        return sorted(self.values)[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class Share:
    """How many *of* so many; *group* is one department of several, or ""."""

    metric: Metric
    part: int
    n: int
    group: str = ""

    @property
    def exact(self) -> Fraction:
        """Return the share itself."""
        return Fraction(self.part, self.n)


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; never left out, since it says that something waits."""

    metric: Metric
    n: int
    oldest: timedelta | None = None  #: the age of the oldest


Figure = Spans | Share | Count


def is_told(figure: Figure) -> bool:
    """Say whether a figure may be told: what waits always, all else from five on."""
    return isinstance(figure, Count) or figure.n >= FEWEST


def share(metric: Metric, hits: Iterable[bool], group: str = "") -> Share:
    """Return how many of *hits* are true."""
    found = list(hits)
    return Share(metric, sum(found), len(found), group)
