"""Late feedback on a meeting's agenda: who owes how much, where all who read may know that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.context import Context
from storage import people
from workflows.agendas import calls as agendas
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part, Reach
from workflows.feedback import agenda_texts as texts
from workflows.feedback import sight, tables
from workflows.feedback.sight import Case, Eyes
from workflows.feedback.tables import Scorecard


@agendas.section(Part.FEEDBACK)
def overdue(ctx: Context, asked: Asked) -> list[Item]:
    """Return who owes scorecards, whoever has owed one for the longest first."""
    found = tables.overdue(ctx.session, ctx.now)
    if asked.reach is not Reach.KNOWN:
        line = texts.how_many(len(found), _days(ctx, found)) if found else ""
        return [Item(key="feedback", line=line)] if found else []
    cases = _cases(ctx, found)
    owed: dict[int, list[Scorecard]] = {}
    for card in found:
        case = cases[card.interview_id]
        if case is not None and _is_for_all(ctx, asked, case, card):
            owed.setdefault(card.interviewer_id, []).append(card)
    return [_item(ctx, person, cards) for person, cards in owed.items()]


def _cases(ctx: Context, found: Iterable[Scorecard]) -> Mapping[int, Case | None]:
    """Return what each interview belongs to, each read once."""
    interviews = {card.interview_id for card in found}
    return {id: sight.case_of_interview(ctx.session, id) for id in interviews}


def _is_for_all(ctx: Context, asked: Asked, case: Case, card: Scorecard) -> bool:
    """Say whether all who read there may know that a scorecard is missing."""
    return asked.all_may(
        lambda reader: bool(Eyes.of(ctx.session, reader, case, ctx.now).can_view(card))
    )


def _item(ctx: Context, person: int, cards: Sequence[Scorecard]) -> Item:
    name = people.by_id(ctx.session, person, now=ctx.now).name
    line = texts.line(name, len(cards), _days(ctx, cards))
    return Item(key=f"feedback:{person}", line=line, owner_id=person)


def _days(ctx: Context, cards: Sequence[Scorecard]) -> int:
    """Return for how long the oldest one is late."""
    return (ctx.now - cards[0].due_at).days
