"""Who leads through a meeting, in turn between the departments, and who keeps the time for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Button, Message, Reply
from storage import calendars, people
from storage.people import Person
from workflows.agendas import absence, access, building, calls, codes, tables, views
from workflows.agendas import capture_tables as found_by
from workflows.agendas import facilitating_texts as texts
from workflows.agendas import workflow as it
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series
from workflows.agendas.texts import TITLES

_MORE = timedelta(minutes=5)
_MINUTE = timedelta(minutes=1)
#: The facilitator can still change.
_AHEAD = (State.PLANNED, State.DRAFT, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Timed:
    """A part that is talked about, and for how long."""

    title: str
    minutes: int


def next_in_turn(owners: Sequence[Person], last: Person | None) -> Person | None:
    """Return who facilitates after *last*: of another department, else at least somebody else."""
    if last is None:
        return next(iter(owners), None)
    others = [one for one in owners if one.id != last.id]
    elsewhere = (one for one in others if one.department != last.department)
    return next(elsewhere, None) or next(iter(others or owners), None)


@calls.meetings_move
def choose(ctx: Context, meeting: Meeting) -> None:
    """Give each meeting that is to come a facilitator who is there.

    Once everybody has read who it is, it stays, unless that person is away after all.
    """
    series = tables.series(ctx.session, meeting.series_id)
    if series is None or meeting.state not in _AHEAD:
        return
    owners = _present(ctx, series, meeting)
    is_there = any(one.id == meeting.facilitator_id for one in owners)
    if is_there and meeting.state is State.PUBLISHED:
        return
    last = found_by.facilitator_before(ctx.session, meeting.series_id, meeting.starts_at)
    before = people.by_id(ctx.session, last, now=ctx.now) if last else None
    chosen = next_in_turn(owners, before)
    meeting.facilitator_id = chosen.id if chosen else None
    ctx.session.flush()


@calls.meetings_move
def begin(ctx: Context, meeting: Meeting) -> None:
    """When a meeting begins, offer its facilitator to keep the time."""
    series = tables.series(ctx.session, meeting.series_id)
    leader = _leader(ctx, meeting)
    if series is None or meeting.state is not State.RUNNING or leader is None:
        return
    parts = _parts(ctx, meeting, series, leader)
    if not parts:
        return
    said = texts.begins(series.name, [texts.part(one.title, one.minutes) for one in parts])
    button = keep_time.button(texts.KEEP, meeting=meeting.id or 0).primary()
    _tell(ctx, meeting, leader, views.said(said, buttons=[button]), what="begins")


@it.action("keep_time")
def keep_time(ctx: Context, meeting: int) -> Reply:
    """Keep the time from the first part on."""
    found, series = _running(ctx, meeting)
    return _go_to(ctx, found, series, found.at_part or 1)


@it.action("next_part")
def go_on(ctx: Context, meeting: int, part: int) -> Reply:
    """Go on to the next part."""
    found, series = _running(ctx, meeting)
    if found.at_part != part:
        raise Conflict(texts.MOVED_ON)
    return _go_to(ctx, found, series, part + 1)


@it.action("more_time")
def stay(ctx: Context, meeting: int, part: int) -> Reply:
    """Stay at a part a little longer."""
    found, series = _running(ctx, meeting)
    parts = _parts(ctx, found, series, ctx.person)
    if found.at_part != part or part > len(parts):
        raise Conflict(texts.MOVED_ON)
    _wait(ctx, found, _MORE)
    return _now(found, Timed(parts[part - 1].title, _MORE // _MINUTE))


@it.timer("time_over")
def ask(ctx: Context, meeting: int, part: int) -> None:
    """Ask the facilitator whether to go on, if the meeting is still at that part."""
    found = tables.meeting(ctx.session, meeting)
    series = tables.series(ctx.session, found.series_id) if found else None
    leader = _leader(ctx, found) if found else None
    if found is None or series is None or leader is None:
        return
    if found.state is not State.RUNNING or found.at_part != part:
        return
    parts = _parts(ctx, found, series, leader)
    title = parts[part - 1].title if part <= len(parts) else series.name
    buttons = [_next_button(found), stay.button(texts.MORE, meeting=meeting, part=part)]
    said = views.said(texts.over(title), buttons=buttons)
    _tell(ctx, found, leader, said, what=f"part:{part}:{codes.moment(ctx.now)}")


def _present(ctx: Context, series: Series, meeting: Meeting) -> list[Person]:
    """Return the owners who are there when a meeting begins; all of them when nobody is."""
    owners = absence.crew(ctx, series).owners
    present = [one for one in owners if not _is_away(ctx, one, meeting)]
    return present or list(owners)


def _leader(ctx: Context, meeting: Meeting) -> Person | None:
    """Return who facilitates; nobody when they have left or became a guest."""
    id = meeting.facilitator_id
    if id is None or not people.works_here(ctx.session, id):
        return None
    return people.by_id(ctx.session, id, now=ctx.now)


def _is_away(ctx: Context, someone: Person, meeting: Meeting) -> bool:
    begins = meeting.starts_at
    absences = calendars.absences_of(ctx.session, someone.id, since=begins)
    return any(one.away_at <= begins < one.back_at for one in absences)


def _running(ctx: Context, id: int) -> tuple[Meeting, Series]:
    """Return a meeting that runs and its series, locked, for whoever owns it.

    Raises:
        Conflict: it does not run.
    """
    meeting, series = access.owned_meeting(ctx, id)
    if meeting.state is not State.RUNNING:
        raise Conflict(texts.NOT_NOW)
    return meeting, series


def _go_to(ctx: Context, meeting: Meeting, series: Series, part: int) -> Message:
    parts = _parts(ctx, meeting, series, ctx.person)
    if part > len(parts):
        meeting.at_part = 0
        return Message(text=texts.LAST if parts else texts.NOTHING)
    meeting.at_part, timed = part, parts[part - 1]
    _wait(ctx, meeting, timed.minutes * _MINUTE)
    return _now(meeting, timed)


def _now(meeting: Meeting, timed: Timed) -> Message:
    return views.said(texts.now(timed.title, timed.minutes), buttons=[_next_button(meeting)])


def _next_button(meeting: Meeting) -> Button:
    return go_on.button(texts.NEXT, meeting=meeting.id or 0, part=meeting.at_part).primary()


def _wait(ctx: Context, meeting: Meeting, length: timedelta) -> None:
    at = ctx.now + length
    key = f"{codes.entity(meeting.id)}:part:{meeting.at_part}:{codes.moment(at)}"
    ctx.schedule(ask, at, key=key, meeting=meeting.id or 0, part=meeting.at_part)


def _parts(ctx: Context, meeting: Meeting, series: Series, reader: Person) -> list[Timed]:
    """Return the parts of the agenda as one person may read it, without what is folded."""
    agenda = building.build(ctx, meeting, series, building.alone(reader))
    return [Timed(TITLES[one.part], one.minutes) for one in agenda.sections]


def _tell(ctx: Context, meeting: Meeting, to: Person, message: Message, *, what: str) -> None:
    entity = codes.entity(meeting.id)
    ctx.send(to, message, key=f"{entity}:time:{what}", about=entity, sensitive=True)
