"""What is still to be done after incidents, on the agendas of the departments that do it."""

from collections.abc import Sequence
from functools import partial

from bot.context import Context
from bot.ui import Line, Strong
from storage import people
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach
from workflows.incidents import agenda_actions_texts as texts
from workflows.incidents import calls
from workflows.incidents.agenda_part import may_be_told
from workflows.incidents.calls import OpenAction


@agendas.section(Part.CARRIED)
def items(ctx: Context, asked: Asked) -> Sequence[Item]:
    """Return what the departments of those who come have to do, the first due first.

    Of an incident that may not be told to all who read there nothing is, not even a number.
    """
    departments = _departments(ctx, asked)
    is_outside = asked.reach is Reach.OUTSIDE
    return [
        Item(
            key=f"incident-action:{one.code}",
            line=_line(one, asked, with_words=not is_outside),
            owner_id=one.owner_id if asked.reach is Reach.KNOWN else None,
        )
        for one in calls.open_actions(ctx, partial(may_be_told, ctx, asked))
        if one.department in departments
    ]


def _departments(ctx: Context, asked: Asked) -> set[str | None]:
    ids = agendas.members_of(ctx, asked.series_id)
    return {people.by_id(ctx.session, id, now=ctx.now).department for id in ids}


def _line(one: OpenAction, asked: Asked, *, with_words: bool) -> Line:
    head = texts.line(one.code, one.incident if with_words else "", one.what if with_words else "")
    if one.due_on is None:
        return head
    head = f"{head}; {texts.due(one.due_on)}"
    if one.due_on >= asked.starts_at.date():
        return head
    return (f"{head}, ", Strong(text=texts.OVERDUE))
