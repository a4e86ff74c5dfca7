"""Who is not there: away by themselves, or on a day off; and when that is too many to meet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.context import Context
from storage import calendars, people
from storage.people import Person
from workflows.agendas import clock_texts as texts
from workflows.agendas import holidays, tables
from workflows.agendas.tables import Meeting, Series


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who come to a series and work here: whoever left or became a guest does not."""

    everybody: tuple[Person, ...]  #: the owners first
    owners: tuple[Person, ...]


def crew(ctx: Context, series: Series) -> Crew:
    """Return who comes to a series."""
    members = tables.members(ctx.session, series.id or 0)
    here = [one for one in members if people.works_here(ctx.session, one.person_id)]
    found = [(people.by_id(ctx.session, one.person_id, now=ctx.now), one.is_owner) for one in here]
    return Crew(
        tuple(person for person, _ in found),
        tuple(person for person, is_owner in found if is_owner),
    )


def absent(ctx: Context, meeting: Meeting) -> list[Person]:
    """Return who will not be at a meeting, the owners first.

    Their names are for those who know them: `Reach.KNOWN`.
    """
    series = tables.series(ctx.session, meeting.series_id)
    if series is None:
        return []
    comes = crew(ctx, series)
    away = _away(ctx, series, comes, meeting.starts_at, meeting.ends_at)
    return [person for person in comes.everybody if person.id in away]


def too_few(ctx: Context, series: Series, comes: Crew, at: datetime) -> str:
    """Return why too few would be at a meeting at that time; "" when enough are there.

    Too few are there when every owner of one department is off, or more than half of all.
    """
    away = _away(ctx, series, comes, at, at + timedelta(minutes=series.minutes))
    owners = sorted(comes.owners, key=_department)
    for department, side in groupby(owners, key=_department):
        own = [person.id for person in side]
        if away.keys() >= set(own):
            return _reason([away[id] for id in own], texts.owners_away(department))
    if 2 * len(away) > len(comes.everybody):
        return _reason(list(away.values()), texts.MOST_AWAY)
    return ""


def _away(
    ctx: Context, series: Series, comes: Crew, at: datetime, until: datetime
) -> dict[int, str]:
    """Return who is not there between two instants, and the name of their day off, if it is one."""
    days_off = holidays.load(ctx.session, series.holidays, comes.everybody)
    off = {
        person.id: name
        for person in comes.everybody
        if (name := days_off.name(person, at.astimezone(ZoneInfo(person.timezone)).date()))
    }
    ids = [person.id for person in comes.everybody]
    return dict.fromkeys(calendars.away_between(ctx.session, ids, at, until), "") | off


def _reason(names: list[str], otherwise: str) -> str:
    """Return the day off that all have, where it is one and the same."""
    return names[0] if len(set(names)) == 1 and names[0] else otherwise


def _department(person: Person) -> str:
    return person.department or ""
