"""Forms as windows, and the answers read back from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from adapters.slack import limits
from adapters.slack.blocks import Page, draw_block
from adapters.slack.inputs import draw_element, legend
from adapters.slack.richtext import paragraph
from adapters.slack.text import Json, plain
from adapters.slack.views import modal, sized
from bot.errors import Unreadable
from bot.shown import one_line, shortened
from bot.ui import AnyInput, Divider, Form, Note, Quote, Strong, Text

#: Input name → what is wrong with its answer.
FieldProblems = Mapping[str, str]
_NO_PROBLEMS: FieldProblems = MappingProxyType({})

_LATEST_INSTANT = 9_999_999_999  # Slack's times have ten digits


def render_form(form: Form, *, metadata: str, problems: FieldProblems = _NO_PROBLEMS) -> Json:
    """Return *form* as a window; each input's `block_id` is its name.

    Slack hands *metadata* back with the answers. The *problems* stand above their inputs.

    Raises:
        ValueError: two inputs have one name.
        TooBig: the form does not fit into a window.
    """
    names = [question.name for question in form.questions()]
    if len(set(names)) < len(names):
        raise ValueError(f"Two inputs of the form {form.route} have the same name.")
    blocks = [drawn for part in form.inputs for drawn in _part(part, problems)]
    submit = limits.within(limits.MODAL_BUTTON, "The label of a form's button", form.submit)
    view = modal(form.title, blocks or paragraph(form.title), metadata=metadata)
    return sized(
        {
            **view,
            "callback_id": limits.within(limits.ID, "A form's route", form.route),
            "submit": plain(one_line(submit)),
            "close": plain("Cancel"),
        }
    )


def _part(part: AnyInput | Text | Quote | Note | Divider, problems: FieldProblems) -> list[Json]:
    match part:
        case Text() | Quote() | Note() | Divider():
            return draw_block(part, Page())
        case _:
            return _question(part, problems.get(part.name, ""))


def _question(question: AnyInput, problem: str) -> list[Json]:
    """Return the input, and above it whatever is too long to stand in it."""
    label, hint = one_line(question.label), question.hint and one_line(question.hint)
    above = paragraph(label) if len(label) > limits.LABEL else []
    drawn = {
        "type": "input",
        "block_id": question.name,
        "label": plain(shortened(label, limits.LABEL)),
        "element": draw_element(question),
        "optional": not question.required,
    }
    if len(hint) > limits.HINT:
        above += paragraph(hint)
    elif hint:
        drawn["hint"] = plain(hint)
    said = paragraph((Strong(text=problem),)) if problem else []
    return [*above, *legend(question), *said, drawn]


def read_answers(values: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """Return the answers in a submitted window's `state.values`, by input name.

    An input left empty is "". A toggle is "true" or "false", an instant ISO 8601 in UTC, a
    person the account's id.

    Raises:
        Unreadable: this is not what a form of ours sends.
    """
    return {name: _answer(elements) for name, elements in values.items()}


def _answer(elements: object) -> str | list[str]:
    if not isinstance(elements, dict) or len(elements) != 1:
        raise Unreadable("An input of the form holds not exactly one answer.")
    [(action_id, state)] = elements.items()
    if not isinstance(state, dict):
        raise Unreadable("An answer of the form has no readable shape.")
    kind = str(action_id).partition("#")[0]
    match kind:
        case "choices":
            return _chosen(state)
        case "toggle":
            return "true" if _chosen(state) == ["true"] else "false"
        case "choice":
            option = state.get("selected_option")
            return _string(_value(option)) if option is not None else ""
        case "datetime":
            return _instant(state.get("selected_date_time"))
        case _:
            return _string(state.get(_field(kind)))


_FIELDS = {
    "short_text": "value",
    "long_text": "value",
    "number": "value",
    "person": "selected_user",
    "date": "selected_date",
}


def _field(kind: str) -> str:
    if kind not in _FIELDS:
        raise Unreadable("The form holds an input of no kind that Parley makes.")
    return _FIELDS[kind]


def _chosen(state: Json) -> list[str]:
    options = state.get("selected_options") or []
    if not isinstance(options, list):
        raise Unreadable("The chosen options are no list.")
    return [_string(_value(option)) for option in options]


def _value(option: object) -> object:
    return option.get("value") if isinstance(option, dict) else option


def _string(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("An answer of the form is no text.")
    return value


def _instant(seconds: object) -> str:
    if seconds is None:
        return ""
    if type(seconds) is not int or not 0 <= seconds <= _LATEST_INSTANT:
        raise Unreadable("The instant in the form is none.")
    return datetime.fromtimestamp(seconds, UTC).isoformat()
