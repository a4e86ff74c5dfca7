"""Forms as the card of a dialog: inputs with what is said around them, and one button."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType

from adapters.teams.blocks import Page, draw_block, separated
from adapters.teams.inputs import Filled, draw_input
from adapters.teams.limits import CARD_VERSION, sized
from adapters.teams.richtext import Json, paragraph
from adapters.teams.text import inert_line
from adapters.teams.ticket import Ticket
from bot.ui import AnyInput, Divider, Form, Note, Quote, Text

#: Input name → what is wrong with its answer.
FieldProblems = Mapping[str, str]
_NO_PROBLEMS: FieldProblems = MappingProxyType({})
_NOTHING_FILLED: Mapping[str, str | list[str]] = MappingProxyType({})


def render_form(
    form: Form,
    *,
    instance: str,
    zone: tzinfo = UTC,
    filled: Mapping[str, str | list[str]] = _NOTHING_FILLED,
    problems: FieldProblems = _NO_PROBLEMS,
) -> Json:
    """Return the card of a dialog, shown under *instance*.

    What was *filled* in before, as `read_answers` gives it, stands in the inputs again, and the
    *problems* stand above them. Instants are asked for in *zone*, the reader's own.

    Raises:
        TooBig: the form does not fit into a dialog.
    """
    body = [drawn for part in form.inputs for drawn in _part(part, Filled(filled, zone), problems)]
    submit = {
        "type": "Action.Submit",
        "title": inert_line(form.submit),
        "style": "positive",
        "data": Ticket.of_form(form, instance).data(),
    }
    return sized(
        {
            "type": "AdaptiveCard",
            "version": CARD_VERSION,
            "body": separated(body) or paragraph(form.title),
            "actions": [submit],
            "fallbackText": inert_line(form.title),
        }
    )


def _part(
    part: AnyInput | Text | Quote | Note | Divider, filled: Filled, problems: FieldProblems
) -> list[Json | None]:
    match part:
        case Text() | Quote() | Note() | Divider():
            return draw_block(part, Page())
        case _:
            return [*_question(part, filled, problems.get(part.name, ""))]


def _question(question: AnyInput, filled: Filled, problem: str) -> list[Json]:
    """Return the input, with its problem above and its hint below it."""
    above = paragraph(problem, color="attention", weight="bolder")
    below = paragraph(question.hint, size="small", isSubtle=True)
    return [*above, *draw_input(question, filled), *below]
