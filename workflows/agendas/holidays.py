"""Days off by lists: the public holidays of a region, and the lists of the company itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import structlog
from sqlmodel import Session

from bot.clock import zone_named
from bot.errors import Invalid
from storage import calendars, people
from storage.calendars import COMPANY
from storage.people import Person
from workflows.agendas import clock_texts as texts

log = structlog.get_logger()

#: A country of ISO 3166, perhaps with one of its parts: "US", "GB-ENG".
_REGION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,4})?")
_YEARS_KEPT = 200


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The days off of those who come to one series."""

    own: Mapping[tuple[str, date], str]  #: of the company's lists, by list and day
    named: tuple[str, ...]  #: the lists that the series names

    def name(self, person: Person, day: date) -> str:
        """Return the name of somebody's day off, "" where it is none.

        A list that the series names holds for all who come; that of a region for those who
        live in its country, and for those of whom their time zone does not say where they live.
        """
        for name in (COMPANY, person.department or COMPANY, person.timezone, *self.named):
            if (name, day) in self.own:
                return self.own[name, day]
        country = country_of(person.timezone)
        regions = [name for name in self.named if is_region(name)]
        mine = (_days(name, day.year) for name in regions if country in (None, name[:2]))
        return next((days[day] for days in mine if day in days), "")


def load(session: Session, named: Iterable[str], crew: Iterable[Person]) -> DaysOff:
    """Return the days off of those who come, with the lists that their series names."""
    lists = {COMPANY, *named}
    for person in crew:
        lists |= {person.timezone, person.department or COMPANY}
    found = calendars.holidays(session, lists)
    return DaysOff({(one.list, one.day): one.name for one in found}, tuple(named))


def is_region(name: str) -> bool:
    """Say whether a list is that of a region, and none of the company's."""
    return _REGION.fullmatch(name) is not None


def list_named(session: Session, text: str) -> str:
    """Return the name of a list as somebody typed it.

    Raises:
        Invalid: there is no such region, department or time zone.
    """
    region = text.strip().upper()
    if is_region(region) and _is_known(region):
        return region
    own = text.strip().casefold()
    if own in {COMPANY, *people.departments(session)}:
        return own
    try:
        return zone_named(text.strip()).key
    except Invalid:
        raise Invalid(texts.no_list(text)) from None


@cache
def country_of(timezone: str) -> str | None:
    """Return the country that a time zone is of; None where it tells none, such as UTC."""
    return _countries().get(timezone)


@cache
def _countries() -> Mapping[str, str]:
    """Read which country's each zone is: a table of country, place on the globe, zone."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@lru_cache(_YEARS_KEPT)
def _days(region: str, year: int) -> Mapping[date, str]:
    # Costs 20 MiB and a third of a second, and most houses name no region.
    import holidays  # noqa: PLC0415 - see above

    country, _, part = region.partition("-")
    try:
        found = holidays.country_holidays(country, part or None, years=year, language="en_US")
    except NotImplementedError:  # the library's word for a country or a part that it lacks
        log.warning("region_without_holidays", region=region)
        return {}
    return dict(found)


def _is_known(region: str) -> bool:
    from holidays import list_supported_countries  # noqa: PLC0415 - see `_days`

    country, _, part = region.partition("-")
    known = list_supported_countries()
    return country in known and (not part or part in known[country])
