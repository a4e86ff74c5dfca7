"""Every input of a form as Slack's element for it, and what is said above it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import assert_never

from adapters.slack import limits
from adapters.slack.blocks import batches
from adapters.slack.richtext import draw_words
from adapters.slack.text import Json, plain
from bot.shown import one_line, shortened, visible
from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    Items,
    LongText,
    Number,
    Option,
    PersonInput,
    Quote,
    ShortText,
    Strong,
    Toggle,
)

_LONGEST_NUMBER = 30


def draw_element(question: AnyInput) -> Json:
    """Return Slack's element for *question*, with its id: the kind tells how to read it back."""
    action_id = limits.within(limits.ID, "An input's name", f"{question.kind}#{question.name}")
    return {**_element(question), "action_id": action_id}


def _element(question: AnyInput) -> Json:
    match question:
        case ShortText() | LongText():
            return _written(question)
        case Number():
            return _number(question)
        case Choice() | Choices() | Toggle():
            return _chosen(question)
        case PersonInput():
            return {"type": "users_select"}
        case Date():
            day = question.initial
            return {"type": "datepicker"} | ({"initial_date": day.isoformat()} if day else {})
        case DateTime():
            at = question.initial
            picker: Json = {"type": "datetimepicker"}
            return picker | ({"initial_date_time": int(at.timestamp())} if at else {})
        case _:
            assert_never(question)


def _written(question: ShortText | LongText) -> Json:
    drawn: Json = {"type": "plain_text_input", "max_length": question.max_length}
    if isinstance(question, LongText):
        drawn["multiline"] = True
        drawn |= {"min_length": question.min_length} if question.min_length else {}
    initial = visible(question.initial)
    return drawn | ({"initial_value": initial} if 0 < len(initial) <= question.max_length else {})


def _number(question: Number) -> Json:
    drawn: Json = {"type": "number_input", "is_decimal_allowed": question.decimal}
    if question.minimum is not None:
        drawn["min_value"] = str(question.minimum)
    if question.maximum is not None:
        drawn["max_value"] = str(question.maximum)
    return drawn | ({"initial_value": question.initial} if _is_number(question.initial) else {})


def _is_number(text: str) -> bool:
    try:
        return len(text) <= _LONGEST_NUMBER and Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _chosen(question: Choice | Choices | Toggle) -> Json:
    match question:
        case Toggle():
            yes = {"text": plain("Yes"), "value": "true"}
            return _several("checkboxes", {"options": [yes]}, [yes] if question.initial else [])
        case Choice():
            options = _options(question.options)
            first = [option for option in options if option["value"] == question.initial]
            kind = "radio_buttons" if len(options) <= limits.OPEN_OPTIONS else "static_select"
            return {"type": kind, **_offered(options)} | (
                {"initial_option": first[0]} if first else {}
            )
        case Choices():
            options = _options(question.options)
            first = [option for option in options if option["value"] in question.initial]
            kind = "checkboxes" if len(options) <= limits.OPEN_OPTIONS else "multi_static_select"
            return _several(kind, _offered(options), first)
        case _:
            assert_never(question)


def _several(kind: str, offered: Json, first: list[Json]) -> Json:
    limits.within(limits.CHOSEN_AT_FIRST, "What is chosen beforehand", first)
    return {"type": kind, **offered} | ({"initial_options": first} if first else {})


def _offered(options: list[Json]) -> Json:
    """Return the options, in groups when they are more than one list takes."""
    if len(options) <= limits.GROUP_OPTIONS:
        return {"options": options}
    groups = batches(options, limits.GROUP_OPTIONS)
    limits.within(limits.OPTION_GROUPS, "A choice, in hundreds of options,", groups)
    starts = range(1, len(options) + 1, limits.GROUP_OPTIONS)
    return {
        "option_groups": [
            {"label": plain(f"{start} to {start + len(group) - 1}"), "options": group}
            for start, group in zip(starts, groups, strict=True)
        ]
    }


def _options(options: Sequence[Option]) -> list[Json]:
    if _too_long(options):
        labels = [f"{number}. {one_line(o.label)}" for number, o in enumerate(options, start=1)]
        return [_option(o, label) for o, label in zip(options, labels, strict=True)]
    return [
        _option(option, one_line(option.label))
        | ({"description": plain(one_line(option.hint))} if option.hint else {})
        for option in options
    ]


def _option(option: Option, label: str) -> Json:
    value = limits.within(limits.OPTION_VALUE, "An option's value", option.value)
    return {"text": plain(shortened(label, limits.OPTION_LABEL)), "value": value}


def _too_long(options: Sequence[Option]) -> bool:
    return any(
        len(one_line(option.label)) > limits.OPTION_LABEL
        or len(one_line(option.hint)) > limits.OPTION_HINT
        for option in options
    )


def legend(question: AnyInput) -> list[Json]:
    """Return what does not fit into the element itself: long options, a text that is too long."""
    if isinstance(question, Choice | Choices) and _too_long(question.options):
        return draw_words(Items(items=tuple(map(_in_full, question.options)), numbered=True))
    if isinstance(question, ShortText | LongText):
        text = visible(question.initial)
        if len(text) > question.max_length:
            return draw_words(Quote(text=text, source="the text so far; please shorten it below"))
    return []


def _in_full(option: Option) -> tuple[Strong, str]:
    hint = f" — {one_line(option.hint)}" if option.hint else ""
    return Strong(text=one_line(option.label)), hint
