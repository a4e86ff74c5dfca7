"""The draft in each owner's own chat: approved by one of them, changed, or left as it is."""

from collections.abc import Collection, Iterable

from bot.context import Context
from bot.errors import Conflict
from bot.ui import Button, Message, Reply
from storage import people
from storage.people import Person
from workflows.agendas import (
    absence,
    access,
    announcing,
    building,
    calls,
    codes,
    copies_tables,
    copies_texts,
    copies_views,
    copying,
    drafting_texts,
    editing,
    moving,
)
from workflows.agendas import workflow as it
from workflows.agendas.arranging import Agenda
from workflows.agendas.rules import EDITABLE, State
from workflows.agendas.tables import Meeting, Series


def show(ctx: Context, meeting: Meeting, series: Series) -> None:
    """Show each owner the agenda as they may read it, with what they can do about it."""
    present = absence.crew(ctx, series).owners
    for owner in present:
        readers = building.alone(owner)
        sheet = building.sheet(ctx, meeting, series, readers)
        notes, row = list(_notes(ctx, meeting, series)), _buttons(meeting, sheet.agenda)
        message = copies_views.draft(sheet, notes, row)
        copying.put(ctx, meeting, owner, message, readers=readers)
    _take_from_others(ctx, meeting, series, present)


def take_back(ctx: Context, meeting: Meeting, series: Series, said: str) -> None:
    """Have every draft say *said* instead: nothing can be changed any more."""
    present = absence.crew(ctx, series).owners
    for owner in present:
        if copies_tables.copy(ctx.session, meeting.id or 0, copying.spot_of(owner)):
            _put(ctx, meeting, owner, said)
    _take_from_others(ctx, meeting, series, present)


@it.action("approve")
def approve(ctx: Context, meeting: int) -> Reply:
    """Let the agenda go out as it stands, and tell the other owner."""
    found, series = access.owned_meeting(ctx, meeting)
    if found.state is not State.DRAFT:
        raise Conflict(drafting_texts.no_draft(series.name))
    if found.approved_by is not None:
        raise Conflict(drafting_texts.APPROVED_ALREADY)
    found.approved_by = ctx.person.id
    ctx.record(codes.entity(meeting), after="approved")
    ctx.session.flush()
    calls.agenda_changed(ctx, found)
    return Message(text=drafting_texts.approved(_published_at(found, series)))


@it.action("cancel")
def cancel(ctx: Context, meeting: int) -> Reply:
    """Let nobody meet, since there is nothing to decide."""
    found, series = access.owned_meeting(ctx, meeting)
    if found.state not in EDITABLE:
        raise Conflict(drafting_texts.too_late(series.name))
    found.why, found.is_by_itself = drafting_texts.NOTHING_TO_DECIDE, False
    found.sequence += 1
    moving.move(ctx, found, State.SKIPPED)
    local = building.local(found, series)
    announcing.tell(ctx, series, copies_texts.cancelled(series.name, local, found.why))
    return Message(text=drafting_texts.cancelled(series.name, local))


def _notes(ctx: Context, meeting: Meeting, series: Series) -> Iterable[str]:
    if meeting.state is State.PUBLISHED:
        yield drafting_texts.PUBLISHED
        return
    at = _published_at(meeting, series)
    if meeting.approved_by is None:
        yield drafting_texts.waits(at)
    else:
        by = people.by_id(ctx.session, meeting.approved_by, now=ctx.now).name
        yield drafting_texts.approved_by(by, at)
    yield drafting_texts.EACH_PLACE


def _buttons(meeting: Meeting, agenda: Agenda) -> list[Button]:
    id, said = meeting.id or 0, drafting_texts
    if agenda.is_empty:
        stop = cancel.button(said.CANCEL, meeting=id).danger(said.CONFIRM_CANCEL)
        return [stop, *editing.buttons(meeting, is_empty=True)]
    waits = meeting.state is State.DRAFT and meeting.approved_by is None
    first = [approve.button(said.APPROVE, meeting=id).primary()] if waits else []
    return [*first, *editing.buttons(meeting, is_empty=False)]


def _published_at(meeting: Meeting, series: Series) -> str:
    """Return when a draft goes out, as the clock on its wall shows it."""
    due = moving.due_at(meeting, series) or meeting.starts_at
    return building.on_wall(series, due)


def _take_from_others(
    ctx: Context, meeting: Meeting, series: Series, owners: Collection[Person]
) -> None:
    """Have each draft of somebody who owns the series no more say so, and nothing else."""
    own = {one.id for one in owners}
    for copy in copies_tables.copies(ctx.session, meeting.id or 0):
        id = copying.owner_at(copy)
        if id is None or id in own:
            continue
        someone = people.by_id(ctx.session, id, now=ctx.now)
        if someone.active:
            _put(ctx, meeting, someone, copies_texts.not_yours(series.name))


def _put(ctx: Context, meeting: Meeting, to: Person, said: str) -> None:
    copying.put(ctx, meeting, to, Message(text=said), readers=building.alone(to))
