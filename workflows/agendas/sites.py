"""Weeks in which the clocks of two sites are apart by another span than usual."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.context import Context
from workflows.agendas import absence, tables
from workflows.agendas import clock_texts as texts
from workflows.agendas.tables import Meeting

#: Winter and summer time hold everywhere by then; what holds in neither month is an exception.
_SETTLED = ((1, 15), (7, 15))


def apart(ctx: Context, meeting: Meeting) -> str:
    """Return what to say when the clocks of those who come are not as far apart as usual, or ""."""
    series = tables.series(ctx.session, meeting.series_id)
    if series is None:
        return ""
    zones = (person.timezone for person in absence.crew(ctx, series).everybody)
    unusual = unusual_zones(meeting.starts_at, series.timezone, zones)
    return texts.apart(series, meeting.starts_at, unusual) if unusual else ""


def unusual_zones(at: datetime, home: str, zones: Iterable[str]) -> list[str]:
    """Return those zones that are not as far from *home* as in winter or in summer, in order.

    New York changes its clocks weeks before London does: until then 9:00 there is 13:00 in London.
    """
    return [
        zone
        for zone in sorted(set(zones))
        if _span(at, home, zone)
        not in {_span(at.replace(month=month, day=day), home, zone) for month, day in _SETTLED}
    ]


def _span(at: datetime, home: str, zone: str) -> timedelta | None:
    there, here = at.astimezone(ZoneInfo(zone)).utcoffset(), at.astimezone(ZoneInfo(home))
    offset = here.utcoffset()
    return there - offset if there is not None and offset is not None else None
