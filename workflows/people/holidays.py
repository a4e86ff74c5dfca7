"""Holidays as they stand in a file, and how their lists come to be so."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from bot.clock import zone_named
from bot.errors import Invalid
from storage import calendars
from storage.calendars import COMPANY, Holiday
from workflows.people import rules, texts
from workflows.people.calendar_texts import no_list

COLUMNS = ("date", "list", "name")


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """What a file changes, each year of a list as a whole."""

    added: tuple[Holiday, ...]
    removed: tuple[Holiday, ...]
    kept: int


def read_holidays(text: str, departments: Iterable[str]) -> list[Holiday]:
    """Return the holidays of a file.

    Raises:
        Invalid: lines cannot be taken; the text names each with its reason.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    known = frozenset(departments)
    found: dict[tuple[str, object], Holiday] = {}
    problems: list[str] = []
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise Invalid(texts.columns_missing(missing, COLUMNS))
        for cells in reader:
            try:
                one = _holiday(cells, known)
                found[one.list, one.day] = one
            except Invalid as problem:
                problems.append(texts.in_line(reader.line_num, str(problem)))
    except csv.Error:
        problems.append(texts.in_line(reader.line_num, texts.LINE_NOT_CSV))
    if problems:
        raise Invalid("\n".join([*problems, texts.MEND_LINES]))
    return sorted(found.values())


def settle_holidays(session: Session, wanted: Iterable[Holiday]) -> HolidayPlan:
    """Let each year of each list that is named be as written; doing so again changes nothing."""
    new = set(wanted)
    years = {(one.list, one.day.year) for one in new}
    there = {
        one
        for one in calendars.holidays(session, {name for name, _ in years})
        if (one.list, one.day.year) in years
    }
    calendars.replace_holidays(session, there - new, new - there)
    return HolidayPlan(tuple(sorted(new - there)), tuple(sorted(there - new)), len(new & there))


def _holiday(cells: Mapping[str, str | None], departments: frozenset[str]) -> Holiday:
    day = rules.day_named((cells["date"] or "").strip())
    if day is None:
        raise Invalid(texts.bad_day(""))
    name = (cells["name"] or "").strip()
    return Holiday(_list_named((cells["list"] or "").strip(), departments), day, name)


def _list_named(text: str, departments: frozenset[str]) -> str:
    """Return the name of a list: for everybody, for a department, or for a time zone."""
    if text.casefold() in departments | {COMPANY}:
        return text.casefold()
    try:
        return zone_named(text).key
    except Invalid:
        raise Invalid(no_list(text, COMPANY)) from None
