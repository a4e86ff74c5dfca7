"""What a series is agreed to be: its rhythm, its length, and what becomes of it on days off."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.errors import Invalid
from bot.recurrence import Recurrence
from workflows.agendas import series_texts as texts
from workflows.agendas.rules import (
    DRAFT_LEAD,
    LONGEST,
    LONGEST_NAME,
    PUBLISH_LEAD,
    SHORTEST,
    USUAL,
    HolidayPolicy,
    Part,
)
from workflows.agendas.tables import Series

_MINUTE = timedelta(minutes=1)
LONGEST_LEAD = timedelta(days=7)
#: Any later day leaves no room to count weeks from, see `bot.recurrence`.
YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A meeting as its owners want it.

    Weeks count from *first*: a rhythm of two weeks meets in its week, not in the next.
    """

    name: str
    rhythm: Recurrence
    first: date
    last: date | None = None
    length: timedelta = USUAL
    draft_lead: timedelta = DRAFT_LEAD
    publish_lead: timedelta = PUBLISH_LEAD
    policy: HolidayPolicy = HolidayPolicy.SKIP
    holidays: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()  #: none for all


def usual(name: str, timezone: str, today: date) -> Terms:
    """Return what a meeting is unless somebody says otherwise."""
    return Terms(name=name, rhythm=Recurrence.parse("mon 09:00", timezone), first=today)


def checked(terms: Terms) -> Terms:
    """Return *terms* with its weeks counted from its first day.

    Raises:
        Invalid: they do not fit; the problem stands under the name of its input.
    """
    for name, is_right, problem in (
        ("name", len(terms.name) <= LONGEST_NAME, texts.bad_name(LONGEST_NAME)),
        ("length", SHORTEST <= terms.length <= LONGEST, texts.BAD_LENGTH),
        ("first", terms.first.year in YEARS, texts.BAD_YEAR),
        ("last", terms.last is None or terms.last.year in YEARS, texts.BAD_YEAR),
        ("last", terms.last is None or terms.last >= terms.first, texts.ENDS_FIRST),
        ("draft", terms.publish_lead <= terms.draft_lead <= LONGEST_LEAD, texts.BAD_LEADS),
        ("publish", terms.publish_lead >= timedelta(0), texts.BAD_LEADS),
    ):
        if not is_right:
            raise Invalid(fields={name: problem})
    counted = terms.rhythm.every_weeks > 1
    return replace(terms, rhythm=replace(terms.rhythm, anchor=terms.first if counted else None))


def of(series: Series) -> Terms:
    """Return what a series is agreed to be."""
    return Terms(
        name=series.name,
        rhythm=Recurrence.parse(series.rule, series.timezone),
        first=series.active_from,
        last=series.active_until,
        length=series.minutes * _MINUTE,
        draft_lead=series.draft_minutes * _MINUTE,
        publish_lead=series.publish_minutes * _MINUTE,
        policy=series.policy,
        holidays=tuple(series.holidays),
        parts=tuple(map(Part, series.parts)),
    )


def columns(terms: Terms) -> dict[str, Any]:
    """Return *terms* as they are stored."""
    return {
        "name": terms.name,
        "rule": str(terms.rhythm),
        "timezone": terms.rhythm.timezone,
        "active_from": terms.first,
        "active_until": terms.last,
        "minutes": terms.length // _MINUTE,
        "draft_minutes": terms.draft_lead // _MINUTE,
        "publish_minutes": terms.publish_lead // _MINUTE,
        "policy": terms.policy,
        "holidays": list(terms.holidays),
        "parts": list(terms.parts),
    }
