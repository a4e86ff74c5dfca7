"""The interactive parts of Block Kit and their limits: buttons, selects, inputs, options."""

import re
from collections.abc import Iterator, Mapping

from adapters.simulator.shapes import (
    Rule,
    anything,
    at_least_one,
    by_type,
    exactly_one,
    flag,
    many,
    number,
    one_of,
    shape,
    string,
    text,
)

ID = string(255)
URL = string(3000)
PLACEHOLDER = text(150)
IDS = many(string(255), 1000, least=0)

CONFIRM = shape(
    {"title": text(100), "text": text(300, markdown=True), "confirm": text(30), "deny": text(30)},
    {"style": one_of("primary", "danger")},
)


def option(*, markdown: bool = False) -> Rule:
    """Return the rule for an option; only radio buttons and checkboxes allow *markdown*."""
    wording = text(75, markdown=markdown)
    return shape({"text": wording, "value": string(150)}, {"description": wording, "url": URL})


OPTION = option()
MARKED_OPTION = option(markdown=True)
OPTIONS = many(OPTION, 100)
OPTION_GROUPS = many(shape({"label": text(75), "options": OPTIONS}, {}), 100)


def matches(pattern: str, wanted: str) -> Rule:
    """Return a rule for a string of a written form, such as a date."""

    def check(at: str, value: object) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield f"{at}: must be {wanted}"

    return check


DATE = matches(r"\d{4}-\d{2}-\d{2}", "a date like 2026-11-23")
TIME = matches(r"\d{2}:\d{2}", "a time like 09:30")


def _initial_is_offered(at: str, element: object) -> Iterator[str]:
    """Slack refuses an initial option that is not among those offered."""
    if not isinstance(element, Mapping):
        return
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    offered = [choice for group in groups for choice in group.get("options") or []]
    initial = element.get("initial_option")
    chosen = [initial] if initial else element.get("initial_options") or []
    for choice in chosen:
        if choice not in offered:
            yield f"{at}: initial option is not one of the options"


def _static(at: str, element: object) -> Iterator[str]:
    yield from exactly_one("options", "option_groups")(at, element)
    yield from _initial_is_offered(at, element)


def _lengths_agree(at: str, element: object) -> Iterator[str]:
    if not isinstance(element, Mapping):
        return
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield f"{at}: min_length is above max_length"
    initial = element.get("initial_value")
    if isinstance(initial, str) and isinstance(most, int) and len(initial) > most:
        yield f"{at}: initial_value is longer than max_length"


BASE: dict[str, Rule] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
TYPED: dict[str, Rule] = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": flag,
    "dispatch_action_config": anything,
}
PICKED: dict[str, Rule] = {**BASE, "placeholder": PLACEHOLDER}
SEVERAL: dict[str, Rule] = {**PICKED, "max_selected_items": number(1, 100)}
CONVERSATIONS: dict[str, Rule] = {"default_to_current_conversation": flag, "filter": anything}
RESPONDING: dict[str, Rule] = {"response_url_enabled": flag}

IMAGE = shape(
    {"alt_text": string(2000)},
    {"image_url": URL, "slack_file": shape({}, {"id": ID, "url": URL})},
    also=exactly_one("image_url", "slack_file"),
)

BUTTON = shape(
    {"text": text(75)},
    {
        "action_id": ID,
        "url": URL,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

CHOICES: dict[str, Rule] = {
    "overflow": shape({"options": many(OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM}),
    "radio_buttons": shape(
        {"options": many(MARKED_OPTION, 10)},
        {**BASE, "initial_option": MARKED_OPTION},
        also=_initial_is_offered,
    ),
    "checkboxes": shape(
        {"options": many(MARKED_OPTION, 10)},
        {**BASE, "initial_options": many(MARKED_OPTION, 10)},
        also=_initial_is_offered,
    ),
}

SELECTS: dict[str, Rule] = {
    "static_select": shape(
        {},
        {**PICKED, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_option": OPTION},
        also=_static,
    ),
    "multi_static_select": shape(
        {},
        {**SEVERAL, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_options": OPTIONS},
        also=_static,
    ),
    "external_select": shape(
        {}, {**PICKED, "initial_option": OPTION, "min_query_length": number(0, 100)}
    ),
    "multi_external_select": shape(
        {}, {**SEVERAL, "initial_options": OPTIONS, "min_query_length": number(0, 100)}
    ),
    "users_select": shape({}, {**PICKED, "initial_user": ID}),
    "multi_users_select": shape({}, {**SEVERAL, "initial_users": IDS}),
    "conversations_select": shape(
        {}, {**PICKED, **CONVERSATIONS, **RESPONDING, "initial_conversation": ID}
    ),
    "multi_conversations_select": shape(
        {}, {**SEVERAL, **CONVERSATIONS, "initial_conversations": IDS}
    ),
    "channels_select": shape({}, {**PICKED, **RESPONDING, "initial_channel": ID}),
    "multi_channels_select": shape({}, {**SEVERAL, "initial_channels": IDS}),
}

PICKERS: dict[str, Rule] = {
    "datepicker": shape({}, {**PICKED, "initial_date": DATE}),
    "timepicker": shape({}, {**PICKED, "initial_time": TIME, "timezone": string(50)}),
    "datetimepicker": shape(
        {}, {**BASE, "initial_date_time": number(1_000_000_000, 9_999_999_999)}
    ),
}

WRITTEN: dict[str, Rule] = {
    "plain_text_input": shape(
        {},
        {
            **TYPED,
            "initial_value": string(3000, least=0),
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
        also=_lengths_agree,
    ),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        {
            **TYPED,
            "initial_value": string(30),
            "min_value": string(30),
            "max_value": string(30),
        },
    ),
    "email_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "url_text_input": shape({}, {**TYPED, "initial_value": string(3000)}),
    "rich_text_input": shape({}, {**TYPED, "initial_value": anything}),
    "file_input": shape(
        {}, {"action_id": ID, "filetypes": many(string(20), 100), "max_files": number(1, 10)}
    ),
}

IN_ACTIONS = by_type({"button": BUTTON, **CHOICES, **SELECTS, **PICKERS})
IN_SECTION = by_type({"button": BUTTON, "image": IMAGE, **CHOICES, **SELECTS, **PICKERS})
IN_INPUT = by_type(
    {name: rule for name, rule in CHOICES.items() if name != "overflow"}
    | SELECTS
    | PICKERS
    | WRITTEN
)
IN_CONTEXT = by_type(
    {
        "image": IMAGE,
        "plain_text": text(3000),
        "mrkdwn": text(3000, markdown=True),
    }
)
SUGGESTIONS = shape(
    {},
    {"options": many(OPTION, 100, least=0), "option_groups": OPTION_GROUPS},
    also=exactly_one("options", "option_groups"),
)
SECTION_HAS_WORDS = at_least_one("text", "fields")
