"""The elements, inputs and actions of Adaptive Cards 1.5, as far as Teams shows them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time

from adapters.simulator.shapes import (
    Fields,
    Rule,
    anything,
    at_least_one,
    by_type,
    flag,
    many,
    number,
    shape,
    string,
)

MOST_ACTIONS = 6
#: From which 1.x on an element exists; what is not named here exists from the start.
SINCE = {
    "Action.Execute": 4,
    "Action.ToggleVisibility": 2,
    "ActionSet": 2,
    "RichTextBlock": 2,
    "Table": 5,
}

TEXT = string(28_000)
ID = string(1000)
TOKEN = re.compile(r"\{\{(DATE|TIME)\(([^(){}]*)\)\}\}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")
PEOPLE = ("graph.microsoft.com/users", "graph.microsoft.com/users?scope=currentContext")


def word(*allowed: str) -> Rule:
    """Return a rule for one of a few words, in any case."""
    known = {name.casefold() for name in allowed}

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, str) or value.casefold() not in known:
            yield f"{at}: must be one of {', '.join(allowed)}"

    return check


def matching(pattern: str, what: str) -> Rule:
    """Return a rule for a string of a pattern, which *what* describes."""
    expected = re.compile(pattern)

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, str) or not expected.fullmatch(value):
            yield f"{at}: must be {what}"

    return check


def any_number(at: str, value: object) -> Iterator[str]:
    """Check a number, whole or not."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"{at}: must be a number"


def day(at: str, value: object) -> Iterator[str]:
    """Check a date, as YYYY-MM-DD."""
    try:
        is_day = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_day = False
    if not is_day:
        yield f"{at}: must be a date as YYYY-MM-DD"


def time_of_day(at: str, value: object) -> Iterator[str]:
    """Check a time of day, as HH:MM."""
    try:
        is_time = isinstance(value, str) and f"{time.fromisoformat(value):%H:%M}" == value
    except ValueError:
        is_time = False
    if not is_time:
        yield f"{at}: must be a time as HH:MM"


def prose(at: str, value: object) -> Iterator[str]:
    """Check a text that is shown, and the date and time functions in it."""
    yield from TEXT(at, value)
    for function, arguments in TOKEN.findall(value) if isinstance(value, str) else ():
        moment, _, style = (part.strip() for part in arguments.partition(","))
        if not MOMENT.fullmatch(moment):
            yield f"{at}: {function} needs a moment as 2026-01-31T09:00:00Z, not {moment}"
        if style and (function == "TIME" or style not in {"COMPACT", "SHORT", "LONG"}):
            yield f"{at}: {function} knows no style {style}"


def element(at: str, value: object) -> Iterator[str]:
    """Check an element, however deep it holds others."""
    return ELEMENT(at, value)


def action(at: str, value: object) -> Iterator[str]:
    """Check an action that is shown as a button."""
    return ACTION(at, value)


def _select_action(at: str, value: object) -> Iterator[str]:
    return SELECT_ACTION(at, value)


def _inner_card(at: str, value: object) -> Iterator[str]:
    return INNER_CARD(at, value)


def _data(at: str, value: object) -> Iterator[str]:
    if not isinstance(value, str | Mapping):
        yield f"{at}: must be an object or a string"


def _can_be_chosen_from(at: str, value: object) -> Iterator[str]:
    """Check that there are choices, and that several chosen ones can be told apart again."""
    yield from at_least_one("choices", "choices.data")(at, value)
    choices = value.get("choices") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(choices, list):
        return
    values = [choice.get("value") for choice in choices if isinstance(choice, Mapping)]
    if value.get("isMultiSelect") and any("," in str(name) for name in values):
        yield f"{at}: a choice of several must not have a comma in its value"


ELEMENTS_MOST = 1000
SPACING = word("default", "none", "small", "medium", "large", "extraLarge", "padding")
ALIGNMENT = word("left", "center", "right")
VERTICAL = word("top", "center", "bottom")
CONTAINER_STYLE = word("default", "emphasis", "good", "attention", "warning", "accent")
COLOR = word("default", "dark", "light", "accent", "good", "warning", "attention")
FONT_SIZE = word("default", "small", "medium", "large", "extraLarge")
FONT_WEIGHT = word("default", "lighter", "bolder")
FONT_TYPE = word("default", "monospace")
IMAGE_SIZE = word("auto", "stretch", "small", "medium", "large")
PIXELS = matching(r"\d+px", "a number of pixels such as 50px")
WIDTH = matching(r"auto|stretch|\d+px|\d+", "auto, stretch, a weight or a number of pixels")
PICTURE = matching(
    r"https://\S+|data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/]+=*",
    "an https address or a picture as data",
)
LINK = matching(r"(https?://|mailto:)\S+", "an address that Teams opens")


def _width(at: str, value: object) -> Iterator[str]:
    return any_number(at, value) if isinstance(value, int | float) else WIDTH(at, value)


_COMMON: Fields = {
    "fallback": anything,
    "height": word("auto", "stretch"),
    "separator": flag,
    "spacing": SPACING,
    "id": ID,
    "isVisible": flag,
    "requires": anything,
}
_BOX: Fields = {
    **_COMMON,
    "selectAction": _select_action,
    "style": CONTAINER_STYLE,
    "verticalContentAlignment": VERTICAL,
    "bleed": flag,
    "backgroundImage": anything,
    "minHeight": PIXELS,
    "rtl": flag,
}
_LETTERS: Fields = {
    "color": COLOR,
    "fontType": FONT_TYPE,
    "isSubtle": flag,
    "size": FONT_SIZE,
    "weight": FONT_WEIGHT,
}
_ITEMS: Fields = {"items": many(element, ELEMENTS_MOST, least=0)}

_RUN = shape(
    {"text": prose},
    {
        **_LETTERS,
        "highlight": flag,
        "italic": flag,
        "selectAction": _select_action,
        "strikethrough": flag,
        "underline": flag,
    },
)


def _inline(at: str, value: object) -> Iterator[str]:
    return prose(at, value) if isinstance(value, str) else by_type({"TextRun": _RUN})(at, value)


_FACT = shape({"title": prose, "value": string(28_000, least=0)}, {})
_IMAGE = shape(
    {"url": PICTURE},
    {
        **_COMMON,
        "altText": TEXT,
        "backgroundColor": TEXT,
        "height": matching(r"auto|stretch|\d+px", "auto, stretch or a number of pixels"),
        "horizontalAlignment": ALIGNMENT,
        "selectAction": _select_action,
        "size": IMAGE_SIZE,
        "style": word("default", "person"),
        "width": PIXELS,
        "msteams": anything,
    },
)
_ALIGNED: Fields = {
    "horizontalCellContentAlignment": ALIGNMENT,
    "verticalCellContentAlignment": VERTICAL,
}
_CELL = shape(_ITEMS, {**_BOX})
_ROW = shape(
    {},
    {"cells": many(by_type({"TableCell": _CELL}), 20), "style": CONTAINER_STYLE, **_ALIGNED},
)

_INPUT: Fields = {**_COMMON, "errorMessage": TEXT, "isRequired": flag, "label": prose}
_LABELLED: Fields = {"id": ID, "label": prose}
_PICKER: Fields = {**_INPUT, "placeholder": TEXT}
_CHOICE = shape({"title": prose, "value": TEXT}, {})
_PEOPLE = shape({"dataset": word(*PEOPLE)}, {"count": number(1, 100), "skip": number(0, 10_000)})

INPUTS: Mapping[str, Rule] = {
    "Input.ChoiceSet": shape(
        _LABELLED,
        {
            **_PICKER,
            "choices": many(_CHOICE, ELEMENTS_MOST, least=0),
            "choices.data": by_type({"Data.Query": _PEOPLE}),
            "isMultiSelect": flag,
            "style": word("compact", "expanded", "filtered"),
            "value": string(28_000, least=0),
            "wrap": flag,
        },
        also=_can_be_chosen_from,
    ),
    "Input.Date": shape(_LABELLED, {**_PICKER, "max": day, "min": day, "value": day}),
    "Input.Number": shape(
        _LABELLED, {**_PICKER, "max": any_number, "min": any_number, "value": any_number}
    ),
    "Input.Text": shape(
        _LABELLED,
        {
            **_PICKER,
            "isMultiline": flag,
            "maxLength": number(1, 28_000),
            "regex": TEXT,
            "style": word("text", "tel", "url", "email", "password"),
            "inlineAction": _select_action,
            "value": string(28_000, least=0),
        },
    ),
    "Input.Time": shape(
        _LABELLED, {**_PICKER, "max": time_of_day, "min": time_of_day, "value": time_of_day}
    ),
    "Input.Toggle": shape(
        {"id": ID, "title": prose},
        {**_INPUT, "value": TEXT, "valueOff": TEXT, "valueOn": TEXT, "wrap": flag},
    ),
}

ELEMENT = by_type(
    {
        **INPUTS,
        "ActionSet": shape(
            {"actions": many(action, MOST_ACTIONS)}, {**_COMMON, "horizontalAlignment": ALIGNMENT}
        ),
        "ColumnSet": shape(
            {},
            {
                **_BOX,
                "columns": many(
                    by_type({"Column": shape({}, {**_BOX, **_ITEMS, "width": _width})}), 20
                ),
                "horizontalAlignment": ALIGNMENT,
            },
        ),
        "Container": shape(_ITEMS, _BOX),
        "FactSet": shape({"facts": many(_FACT, 100)}, _COMMON),
        "Image": _IMAGE,
        "ImageSet": shape(
            {"images": many(by_type({"Image": _IMAGE}), 100)},
            {**_COMMON, "imageSize": IMAGE_SIZE},
        ),
        "RichTextBlock": shape(
            {"inlines": many(_inline, ELEMENTS_MOST)}, {**_COMMON, "horizontalAlignment": ALIGNMENT}
        ),
        "Table": shape(
            {"rows": many(by_type({"TableRow": _ROW}), 100)},
            {
                **_COMMON,
                **_ALIGNED,
                "columns": many(shape({}, {"width": _width, **_ALIGNED}), 20),
                "firstRowAsHeader": flag,
                "showGridLines": flag,
                "gridStyle": CONTAINER_STYLE,
            },
        ),
        "TextBlock": shape(
            {"text": prose},
            {
                **_COMMON,
                **_LETTERS,
                "horizontalAlignment": ALIGNMENT,
                "maxLines": number(1, 1000),
                "wrap": flag,
                "style": word("default", "heading", "columnHeader"),
            },
        ),
    }
)

_BUTTON: Fields = {
    "title": prose,
    "iconUrl": PICTURE,
    "id": ID,
    "style": word("default", "positive", "destructive"),
    "fallback": anything,
    "tooltip": TEXT,
    "isEnabled": flag,
    "mode": word("primary", "secondary"),
    "requires": anything,
}
_SENT: Fields = {"data": _data, "associatedInputs": word("auto", "none")}
_TARGETS: Fields = {"targetElements": many(anything, ELEMENTS_MOST)}


def _actions(titled: Fields) -> dict[str, Rule]:
    return {
        "Action.Execute": shape(titled, {**_BUTTON, **_SENT, "verb": ID}),
        "Action.OpenUrl": shape({**titled, "url": LINK}, _BUTTON),
        "Action.Submit": shape(titled, {**_BUTTON, **_SENT}),
        "Action.ToggleVisibility": shape({**titled, **_TARGETS}, _BUTTON),
    }


_TITLED: Fields = {"title": prose}
SELECT_ACTION = by_type(_actions({}))
ACTION = by_type(
    {
        **_actions(_TITLED),
        "Action.ShowCard": shape({**_TITLED, "card": _inner_card}, _BUTTON),
    }
)

_REFRESH = shape(
    {"action": by_type({"Action.Execute": shape({}, {**_BUTTON, **_SENT, "verb": ID})})},
    {"userIds": many(ID, 60, least=0)},
)
_CARD: Fields = {
    "$schema": TEXT,
    "actions": many(action, MOST_ACTIONS, least=0),
    "backgroundImage": anything,
    "body": many(element, ELEMENTS_MOST, least=0),
    "fallbackText": TEXT,
    "lang": TEXT,
    "minHeight": PIXELS,
    "msteams": shape({}, {"width": word("full"), "entities": many(anything, 100, least=0)}),
    "refresh": _REFRESH,
    "rtl": flag,
    "selectAction": _select_action,
    "speak": TEXT,
    "verticalContentAlignment": VERTICAL,
}
_SOMETHING = at_least_one("body", "actions")
INNER_CARD = by_type({"AdaptiveCard": shape({}, {**_CARD, "version": TEXT}, also=_SOMETHING)})
CARD = by_type(
    {
        "AdaptiveCard": shape(
            {"version": matching(r"1\.[0-5]", "a version that Teams knows, 1.0 to 1.5")},
            _CARD,
            also=_SOMETHING,
        )
    }
)
