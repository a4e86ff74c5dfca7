"""How long things may wait, by severity: every figure can be read here, and nowhere else.

Where a figure follows a tool's practice, that is said; the others are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from workflows.reports.rules import Severity

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Wait:
    """A span of time: of any hours, or of working time (a working day has 8 hours)."""

    span: timedelta
    is_working: bool = False


def _minutes(count: int) -> Wait:
    return Wait(count * _MINUTE)


def _hours(count: int) -> Wait:
    return Wait(count * _HOUR)


def _office_hours(count: int) -> Wait:
    return Wait(count * _HOUR, is_working=True)


def _office_days(count: int) -> Wait:
    return Wait(count * _DAY, is_working=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What may take how long in one severity; None is never.

    *steps* are counted from the moment a report waits: the triager on duty, the deputies, the
    head of security, everybody. *repeats* says how often the chain begins anew after its end.
    """

    acknowledge: Wait
    steps: tuple[Wait, ...]
    repeats: int
    decide: Wait
    remind_holder: Wait  #: of a report that somebody took and has not touched since
    release: Wait  #: after that reminder
    lead: Wait | None
    department: Wait | None
    update: Wait | None  #: until it is contained
    update_later: Wait | None
    progress: Wait  #: what a reporter hears when there is nothing new
    question: Wait
    close_silent: Wait | None  #: after *question*; None hands it back to triage
    settle: Wait  #: what is resolved goes to a review, or is closed
    stale: Wait


#: OnCall repeats at most five times; PagerDuty and incidentbot ask for an update every half hour.
PACES: Mapping[Severity, Pace] = MappingProxyType(
    {
        Severity.S1: Pace(
            acknowledge=_minutes(15),
            steps=(_minutes(0), _minutes(5), _minutes(15), _minutes(30)),
            repeats=5,
            decide=_hours(1),
            remind_holder=_minutes(30),
            release=_minutes(15),
            lead=_minutes(10),
            department=_minutes(30),
            update=_minutes(30),
            update_later=_hours(2),
            progress=_hours(4),
            question=_minutes(30),
            close_silent=None,
            settle=_hours(4),
            stale=_hours(24),
        ),
        Severity.S2: Pace(
            acknowledge=_minutes(30),
            steps=(_minutes(0), _minutes(15), _minutes(30), _minutes(60)),
            repeats=5,
            decide=_hours(4),
            remind_holder=_hours(1),
            release=_minutes(30),
            lead=_minutes(10),
            department=_hours(2),
            update=_hours(2),
            update_later=_office_days(1),
            progress=_office_days(1),
            question=_office_hours(2),
            close_silent=None,
            settle=_office_days(1),
            stale=_hours(24),
        ),
        Severity.S3: Pace(
            acknowledge=_office_hours(4),
            steps=(_office_hours(0), _office_hours(4), _office_hours(8), _office_hours(12)),
            repeats=2,
            decide=_office_hours(8),
            remind_holder=_office_days(1),
            release=_office_hours(0),
            lead=_office_hours(4),
            department=_office_days(1),
            update=_office_days(1),
            update_later=_office_days(3),
            progress=_office_days(2),
            question=_office_days(1),
            close_silent=_office_days(3),
            settle=_office_days(3),
            stale=_office_days(3),
        ),
        Severity.S4: Pace(
            acknowledge=_office_hours(8),
            steps=(_office_hours(0), _office_hours(8), _office_hours(16)),
            repeats=1,
            decide=_office_days(3),
            remind_holder=_office_days(3),
            release=_office_hours(0),
            lead=None,
            department=None,
            update=None,
            update_later=None,
            progress=_office_days(5),
            question=_office_days(1),
            close_silent=_office_days(3),
            settle=_office_days(3),
            stale=Wait(timedelta(days=7)),
        ),
    }
)
#: The reporter hears how it ended within so long.
CLOSING_NOTE = _office_days(1)
#: "Not a report" and "Move to private" under a receipt.
TAKE_BACK = timedelta(minutes=15)
#: A reporter can say that it is not over after all.
REOPEN = timedelta(days=14)
#: A review of an incident is published within so long.
REVIEW = _office_days(10)
#: Those who acted meet about it within so long; PagerDuty asks for three days after the worst.
MEETING: Mapping[Severity, Wait] = MappingProxyType(
    {Severity.S1: Wait(timedelta(days=3)), Severity.S2: _office_days(5)}
)
