"""What somebody typed of a meeting that comes back: `"Security and TA" mon 09:00 every 2w 45m`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from bot.clock import zone_named
from bot.errors import Invalid
from bot.recurrence import Recurrence
from bot.text import Line, Ref
from workflows.agendas import series_texts as texts
from workflows.agendas.rules import SERIES
from workflows.agendas.terms import YEARS, Terms

_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_WEEKS = re.compile(r"([0-9]{1,2})w")
_LENGTH = re.compile(r"(?=[0-9])(?:([0-9]{1,2})h)?(?:([0-9]{1,3})m(?:in)?)?")
#: What a name is written between, so none of it stands within.
_QUOTES = re.compile('["“”„‟«»\N{FULLWIDTH QUOTATION MARK}]')
_MINUTE = timedelta(minutes=1)
_ANY_TIME, _ANY_ZONE = "00:00", "UTC"
_FLAG = "cron"


@dataclass(slots=True)
class Said:
    """What somebody typed of a meeting; None and "" for what they left out."""

    name: str = ""
    days: str = ""
    at: str = ""
    zone: str = ""
    cron: str = ""
    weeks: int | None = None
    length: timedelta | None = None
    first: date | None = None
    last: date | None = None
    who: list[str] = field(default_factory=list)

    @property
    def has_rhythm(self) -> bool:
        """Say whether it says when the meeting comes back."""
        return bool(self.cron or (self.days and self.at))

    @property
    def is_nothing(self) -> bool:
        """Say whether nothing at all was typed."""
        return self == Said()


def read(line: Line) -> Said:
    """Take apart what somebody typed of a meeting; the name stands first.

    Raises:
        Invalid: a word after the name is nothing that a meeting has.
    """
    said, name = Said(cron=line.flags.get(_FLAG, "")), list[str]()
    words = iter(word for word in line.words if not _is_series(word))
    for word in words:
        if _take(said, word, words):
            continue
        if said != Said(cron=said.cron):
            raise Invalid(texts.not_understood(word))
        name.append(word)
    said.name = " ".join(_QUOTES.sub("", " ".join(name)).split())
    return said


def applied(said: Said, usual: Terms) -> Terms:
    """Return *usual* with what somebody typed instead.

    Raises:
        Invalid: a day, a time, a zone or a cron line cannot be read.
    """
    return replace(
        usual,
        name=said.name or usual.name,
        rhythm=_rhythm(said, usual),
        first=said.first or usual.first,
        last=said.last or usual.last,
        length=usual.length if said.length is None else said.length,
    )


def words(terms: Terms) -> tuple[str, ...]:
    """Return *terms* as people type them, without the name."""
    rhythm = terms.rhythm
    last = (f"until {terms.last}",) if terms.last else ()
    return (
        *str(replace(rhythm, every_weeks=1, anchor=None)).split(),
        *(rhythm.timezone, f"every {rhythm.every_weeks}w", f"{terms.length // _MINUTE}m"),
        *(f"from {terms.first}", *last),
    )


def time_of_day(text: str) -> time:
    """Read a time such as 09:00.

    Raises:
        Invalid: it is none.
    """
    return Recurrence.parse(f"mon {text}", _ANY_ZONE).at


def _rhythm(said: Said, usual: Terms) -> Recurrence:
    zone = said.zone or usual.rhythm.timezone
    weeks = usual.rhythm.every_weeks if said.weeks is None else said.weeks
    given = usual.rhythm
    days, at = given.days, given.at
    if said.cron:
        given = Recurrence.from_unix_cron(said.cron, zone)
        days, at = given.days, given.at
    if said.days:
        days = Recurrence.parse(f"{said.days} {_ANY_TIME}", zone).days
    if said.at:
        at = time_of_day(said.at)
    first = said.first or usual.first
    return Recurrence(days, at, zone, weeks, first if weeks != 1 else None)


def _take(said: Said, word: str, following: Iterator[str]) -> bool:
    """Take what a word says of a meeting; False when it says nothing of one."""
    match word.casefold():
        case "every":
            said.weeks = _weeks(next(following, ""))
        case "from":
            said.first = day(next(following, ""))
        case "until":
            said.last = day(next(following, ""))
        case plain:
            return _take_by_look(said, word, plain)
    return True


def _take_by_look(said: Said, word: str, plain: str) -> bool:
    """Take a word by what it looks like."""
    if "@" in word or word.count(":") > 1:
        said.who.append(word)
    elif _TIME.fullmatch(word):
        said.at = word
    elif (length := _LENGTH.fullmatch(plain)) is not None:
        hours, minutes = (int(part or 0) for part in length.groups())
        said.length = timedelta(hours=hours, minutes=minutes)
    elif _is_zone(word):
        said.zone = word
    elif _are_days(plain):
        said.days = plain
    else:
        return False
    return True


def day(word: str) -> date:
    """Read a day such as 2026-12-28.

    Raises:
        Invalid: it is none.
    """
    try:
        found = date.fromisoformat(word)
    except ValueError:
        raise Invalid(texts.BAD_DAY) from None
    if found.year not in YEARS:
        raise Invalid(texts.BAD_DAY)
    return found


def _weeks(word: str) -> int:
    weeks = _WEEKS.fullmatch(word.casefold())
    if weeks is None:
        raise Invalid(texts.BAD_WEEKS)
    return int(weeks[1])


def _are_days(word: str) -> bool:
    try:
        Recurrence.parse(f"{word} {_ANY_TIME}", _ANY_ZONE)
    except Invalid:
        return False
    return True


def _is_zone(word: str) -> bool:
    """Say whether a word is a time zone; "Cuba" and "EST" are so too, and likelier a name."""
    if "/" not in word:
        return word == _ANY_ZONE
    try:
        zone_named(word)
    except Invalid:
        return False
    return True


def _is_series(word: str) -> bool:
    ref = Ref.parse(word)
    return ref is not None and ref.kind == SERIES
