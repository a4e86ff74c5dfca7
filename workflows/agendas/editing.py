"""What owners change in an agenda; their changes are kept when the data change."""

from collections.abc import Sequence

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict
from bot.ui import Button, Form, Message, Reply
from workflows.agendas import (
    access,
    arranging,
    building,
    calls,
    codes,
    drafting_texts,
    editing_texts,
    editing_views,
    keeping,
    tables,
    topics,
    topics_texts,
)
from workflows.agendas import workflow as it
from workflows.agendas.arranging import Move, Section
from workflows.agendas.rules import EDITABLE, EditKind
from workflows.agendas.tables import Edit, Meeting, Series


def buttons(meeting: Meeting, *, is_empty: bool) -> list[Button]:
    """Return how an owner changes an agenda."""
    id = meeting.id or 0
    added = topics.ask.button(topics_texts.ADD, series=meeting.series_id)
    left_out = drop.button(editing_texts.DROP, meeting=id)
    if is_empty:
        return [added, left_out]
    return [
        reorder.button(editing_texts.REORDER, meeting=id),
        left_out,
        reword.button(editing_texts.REWORD, meeting=id),
        added,
    ]


@it.form("reorder")
def reorder(ctx: Context, meeting: int) -> Form:
    """Ask what stands elsewhere, and where."""
    found, series = _shown(ctx, meeting)
    return editing_views.reorder_form(_something(_sections(ctx, found, series)))


@reorder.submit
def send_reorder(ctx: Context, answers: Answers, meeting: int) -> Reply:
    """Keep the order of the parts, or of the items of one part."""
    found, series = _editable(ctx, meeting)
    what = answers.text("what")
    sections = _sections(ctx, found, series)
    keys = next(keys for keys in arranging.lists(sections) if what in keys)
    for place, key in enumerate(arranging.moved(keys, what, Move(answers.text("where")))):
        _edit(ctx, found, key, EditKind.PLACE).place = place
    return _changed(ctx, found)


@it.form("drop")
def drop(ctx: Context, meeting: int) -> Form:
    """Ask what is left out; what is left out already is ticked."""
    found, series = _shown(ctx, meeting)
    dropped = building.changes_of(ctx, found).dropped
    return editing_views.drop_form(_something(_everything(ctx, found, series)), dropped)


@drop.submit
def send_drop(ctx: Context, answers: Answers, meeting: int) -> Reply:
    """Leave out exactly what is ticked, of all that this owner could see."""
    found, series = _editable(ctx, meeting)
    chosen = answers.chosen("what")
    for key in editing_views.keys_of(_everything(ctx, found, series)):
        if key in chosen:
            _edit(ctx, found, key, EditKind.DROP)
        else:
            _undo(ctx, found, key, EditKind.DROP)
    return _changed(ctx, found)


@it.form("reword")
def reword(ctx: Context, meeting: int) -> Form:
    """Ask for other words for an item."""
    found, series = _shown(ctx, meeting)
    return editing_views.reword_form(_something(_sections(ctx, found, series)))


@reword.submit
def send_reword(ctx: Context, answers: Answers, meeting: int) -> Reply:
    """Keep an owner's words for an item; without any, it says what Parley wrote again."""
    found, _ = _editable(ctx, meeting)
    key, words = answers.text("what"), " ".join(answers.text("words").split())
    if words:
        keeping.seal(ctx, _edit(ctx, found, key, EditKind.WORDS), words)
    else:
        _undo(ctx, found, key, EditKind.WORDS)
    return _changed(ctx, found)


def _shown(ctx: Context, id: int) -> tuple[Meeting, Series]:
    """Return a meeting whose agenda can be changed, and its series, for a form to look at."""
    return _in_time(access.shown_meeting(ctx, id))


def _editable(ctx: Context, id: int) -> tuple[Meeting, Series]:
    """Return a meeting whose agenda is changed now, and its series, both locked."""
    return _in_time(access.owned_meeting(ctx, id))


def _in_time(found: tuple[Meeting, Series]) -> tuple[Meeting, Series]:
    """Return them if the agenda can still be changed.

    Raises:
        Conflict: the meeting has begun, or nobody meets.
    """
    meeting, series = found
    if meeting.state not in EDITABLE:
        raise Conflict(drafting_texts.too_late(series.name))
    return found


def _sections(ctx: Context, meeting: Meeting, series: Series) -> list[Section]:
    """Return what stands on an agenda for whoever changes it, also what is folded."""
    found = building.items(ctx, meeting, series, building.alone(ctx.person))
    return arranging.sections(found.items, building.changes_of(ctx, meeting))


def _everything(ctx: Context, meeting: Meeting, series: Series) -> list[Section]:
    """Return all that could stand on an agenda for whoever changes it."""
    found = building.items(ctx, meeting, series, building.alone(ctx.person))
    return [Section(part=part, items=tuple(listed)) for part, listed in found.items.items()]


def _something(sections: Sequence[Section]) -> Sequence[Section]:
    """Refuse a form that would have nothing to choose from.

    Raises:
        Conflict: there is nothing on the agenda.
    """
    if not sections:
        raise Conflict(editing_texts.NOTHING)
    return sections


def _edit(ctx: Context, meeting: Meeting, key: str, kind: EditKind) -> Edit:
    """Return the row of a change, made where there is none."""
    edit = tables.edit(ctx.session, meeting.id or 0, key, kind)
    if edit is None:
        edit = Edit(meeting_id=meeting.id or 0, key=key, kind=kind, at=ctx.now)
    edit.by, edit.at = ctx.person.id, ctx.now
    ctx.session.add(edit)
    ctx.session.flush()
    return edit


def _undo(ctx: Context, meeting: Meeting, key: str, kind: EditKind) -> None:
    edit = tables.edit(ctx.session, meeting.id or 0, key, kind)
    if edit is not None:
        ctx.session.delete(edit)


def _changed(ctx: Context, meeting: Meeting) -> Message:
    ctx.session.flush()
    ctx.record(codes.entity(meeting.id), after="edited")
    calls.agenda_changed(ctx, meeting)
    return Message(text=editing_texts.CHANGED)
