"""The agenda of a meeting as certain people may read it, from what is true now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.context import Context
from storage import people
from storage.people import Person
from workflows.agendas import absence, arranging, calls, codes, keeping, tables
from workflows.agendas.arranging import Agenda, Changes
from workflows.agendas.calls import Asked, Item
from workflows.agendas.copies_texts import moment
from workflows.agendas.rules import EditKind, Part, Reach
from workflows.agendas.tables import Meeting, Series

#: Which department speaks about a part, where one of its people owns the meeting.
SPEAKING: Mapping[Part, str] = {
    Part.ESCALATIONS: "security",
    Part.FEEDBACK: "ta",
    Part.SEARCHES: "ta",
    Part.DECISIONS: "ta",
    Part.NEEDS: "ta",
    Part.INCIDENTS: "security",
}
log = structlog.get_logger()

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Found:
    """All that could stand on an agenda, and the parts that could not be read."""

    items: Mapping[Part, Sequence[Item]]
    failed: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads a copy of an agenda; *people* are all of them with `Reach.KNOWN`."""

    reach: Reach
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a copy of an agenda shows."""

    code: str
    name: str
    meeting: Meeting
    local: str  #: when it begins, as the clock on its wall shows it
    agenda: Agenda
    reach: Reach
    remarks: tuple[str, ...]
    facilitator: str = ""
    #: The names behind people's numbers, and of who speaks about a part, where names may stand.
    names: Mapping[int, str]
    speakers: Mapping[Part, str]


def sheet(ctx: Context, meeting: Meeting, series: Series, readers: Readers) -> Sheet:
    """Return what a copy of an agenda shows to those who read it."""
    agenda = build(ctx, meeting, series, readers)
    is_named = readers.reach is Reach.KNOWN
    owners = absence.crew(ctx, series).owners if is_named else ()
    named = [item.owner_id for section in agenda.sections for item in section.items]
    names = _names(ctx, [*named, meeting.facilitator_id]) if is_named else {}
    return Sheet(
        code=codes.series(series.id),
        name=series.name,
        meeting=meeting,
        local=local(meeting, series),
        agenda=agenda,
        reach=readers.reach,
        remarks=tuple(calls.remarks(ctx, meeting, readers.reach)),
        facilitator=names.get(meeting.facilitator_id or 0, ""),
        names=names,
        speakers={
            part: owner.name
            for part, department in SPEAKING.items()
            for owner in owners
            if owner.department == department
        },
    )


def build(ctx: Context, meeting: Meeting, series: Series, readers: Readers) -> Agenda:
    """Return what a meeting talks about, as far as all who read there may know."""
    found = items(ctx, meeting, series, readers)
    changes = changes_of(ctx, meeting)
    if readers.reach is Reach.OUTSIDE:
        # An owner wrote for colleagues; where others read, numbers alone stand.
        changes = replace(changes, words={})
    length = (meeting.ends_at - meeting.starts_at) // _MINUTE
    agenda = arranging.arranged(found.items, changes, length)
    failed = tuple(part for part in found.failed if part not in changes.dropped)
    return replace(agenda, failed=failed)


def items(ctx: Context, meeting: Meeting, series: Series, readers: Readers) -> Found:
    """Return all that could stand on an agenda, by the parts that its series has."""
    before = tables.last_meeting(ctx.session, series.id or 0, meeting.starts_at)
    asked = Asked(
        series_id=series.id or 0,
        meeting_id=meeting.id or 0,
        starts_at=meeting.starts_at,
        since=before.starts_at if before else None,
        reach=readers.reach,
        readers=readers.people,
    )
    wanted = [part for part in Part if not series.parts or part in series.parts]
    found = _read_all(ctx, wanted, asked)
    return Found(
        {part: listed for part, listed in found.items() if listed},
        tuple(part for part, listed in found.items() if listed is None),
    )


def alone(person: Person) -> Readers:
    """Return somebody as the only one who reads."""
    return Readers(Reach.KNOWN, (person,))


def changes_of(ctx: Context, meeting: Meeting) -> Changes:
    """Return what owners changed in an agenda."""
    edits = tables.edits(ctx.session, meeting.id or 0)
    worded = [one for one in edits if one.kind is EditKind.WORDS]
    return Changes(
        dropped=frozenset(one.key for one in edits if one.kind is EditKind.DROP),
        places={one.key: one.place for one in edits if one.place is not None},
        words={one.key: keeping.text(ctx.sealer, one) for one in worded},
    )


def local(meeting: Meeting, series: Series) -> str:
    """Return when a meeting begins, as the clock on its wall shows it."""
    return on_wall(series, meeting.starts_at)


def on_wall(series: Series, at: datetime) -> str:
    """Return an instant as the clock on the wall of a series shows it."""
    return moment(at.astimezone(ZoneInfo(series.timezone)), series.timezone)


def _read_all(
    ctx: Context, wanted: Sequence[Part], asked: Asked
) -> Mapping[Part, list[Item] | None]:
    """Return the items of the parts: all at once, and each by itself only where one is broken."""
    with suppress(Exception), ctx.session.begin_nested():
        return {part: calls.items(ctx, part, asked) for part in wanted}
    # Which of them is broken, and why, shows when each is read by itself.
    return {part: _read(ctx, part, asked) for part in wanted}


def _read(ctx: Context, part: Part, asked: Asked) -> list[Item] | None:
    """Return the items of a part; None where that fails, and nothing it began to write stays."""
    try:
        with ctx.session.begin_nested():
            return calls.items(ctx, part, asked)
    except Exception:  # one broken part must not keep the others from being read
        log.exception("agenda_part_failed", kind=part, where=codes.entity(asked.meeting_id))
        return None


def _names(ctx: Context, ids: list[int | None]) -> dict[int, str]:
    return {id: people.by_id(ctx.session, id, now=ctx.now).name for id in ids if id is not None}
