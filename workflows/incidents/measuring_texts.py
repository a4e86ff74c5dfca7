"""What the figures are called, in English, ready for translation."""

from collections.abc import Mapping

from workflows.incidents.measures import FEWEST, Metric

HELP = "Show how fast reports and incidents were dealt with, in exact figures."
USAGE = "[--since=2026-01]"
WHICH_MONTH = (
    "Name a month that has begun, such as `--since=2026-01`. Figures begin with a month, so that "
    "no two of them tell of a single report."
)
TITLES: Mapping[Metric, str] = {
    Metric.RECEIPT: "Receipt to the reporter",
    Metric.ACKNOWLEDGED: "Until a person looked",
    Metric.ACKNOWLEDGED_WORKING: "Until a person looked, in working time",
    Metric.ACKNOWLEDGED_SINCE_EVENT: "From the event until a person looked",
    Metric.ACKNOWLEDGED_IN_TIME: "Looked at in time",
    Metric.OPEN: "Not looked at yet",
    Metric.LINKED_ALONE: "Joined an incident by themselves",
    Metric.DECIDED: "Until it was decided",
    Metric.DELAY: "From the event to the report",
    Metric.SIGNAL: "Reports of something real",
    Metric.LOOP_CLOSED: "Reporters told in time how it ended",
    Metric.AGAIN: "Would report again",
    Metric.CONTAINED: "Incidents: until contained",
    Metric.RESOLVED: "Incidents: until resolved",
    Metric.REOPENED: "Incidents: reopened, times",
    Metric.DEPARTMENT: "On it in time",
    Metric.UPDATES: "Updates in time",
    Metric.REVIEWS: "Reviews in time",
    Metric.ACTIONS_30: "Actions done 30 days after the review",
    Metric.ACTIONS_60: "Actions done 60 days after the review",
    Metric.ACTIONS_90: "Actions done 90 days after the review",
    Metric.REPEAT: "Incidents that repeat an earlier one",
    Metric.GAVE_UP: "Messages and timers that were given up",
    Metric.OUT_OF_REACH: "People to be called whom nothing reaches",
}
TOO_FEW = f"fewer than {FEWEST}"
NOTE = (
    "Exercises and what was withdrawn do not count, nor what you must not know of. A figure of "
    f"fewer than {FEWEST} is not told. What each means: docs/metrics.md."
)
HEADER = ("Figure", "n", "Value")


def heading(month: str) -> str:
    """Say since when."""
    return f"Reports and incidents since {month}"


def oldest(age: str) -> str:
    """Say how long the oldest has waited."""
    return f"the oldest for {age}"


def share(part: int, of: int, percent: int) -> str:
    """Say a share exactly."""
    return f"{part} of {of} ({percent} %)"
