"""What a person puts into inputs, and the `state.values` a Slack client makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adapters.simulator.blocks import elements_of
from adapters.simulator.errors import Unplayable

Json = dict[str, Any]
Block = Mapping[str, Any]

#: block_id → action_id → a string, a list of strings, a number or None.
Answers = Mapping[str, Mapping[str, Any]]

_SINGLE = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "file_input": ("files", ""),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
_ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons"})
_MORE_OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
_LISTS = frozenset(
    {"multi_users_select", "multi_conversations_select", "multi_channels_select", "file_input"}
)
REQUIRED = "Please complete this required field."


def inputs_of(blocks: Sequence[Block]) -> Iterator[tuple[Block, Mapping[str, Any]]]:
    """Yield each element that holds a value, with the block it stands in."""
    for block in blocks:
        for element in elements_of([block]):
            if element["type"] in _SINGLE or element["type"] in _ONE_OPTION | _MORE_OPTIONS:
                yield block, element


def initial_answers(blocks: Sequence[Block]) -> dict[str, dict[str, Any]]:
    """Return what the inputs hold before anybody touched them."""
    found: dict[str, dict[str, Any]] = {}
    for block, element in inputs_of(blocks):
        found.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return found


def _initial(element: Mapping[str, Any]) -> object:
    kind = element["type"]
    if kind in _ONE_OPTION:
        chosen = element.get("initial_option")
        return chosen["value"] if chosen else None
    if kind in _MORE_OPTIONS:
        return [option["value"] for option in element.get("initial_options") or []]
    value = element.get(_SINGLE[kind][1])
    return value if value is not None or kind not in _LISTS else []


def state_of(blocks: Sequence[Block], answers: Answers) -> Json:
    """Return `state.values` for *blocks* filled in with *answers*."""
    values: Json = {}
    for block, element in inputs_of(blocks):
        answer = answers.get(block["block_id"], {}).get(element["action_id"])
        values.setdefault(block["block_id"], {})[element["action_id"]] = {
            "type": element["type"],
            **value_of(element, answer),
        }
    return values


def value_of(element: Mapping[str, Any], answer: object) -> Json:
    """Return the fields in which Slack says what *element* holds."""
    kind = element["type"]
    if kind == "button":
        return {"value": element["value"]} if "value" in element else {}
    if kind == "overflow" or kind in _ONE_OPTION:
        return {"selected_option": _option(element, answer) if answer else None}
    if kind in _MORE_OPTIONS:
        chosen = answer if isinstance(answer, list | tuple) else []
        return {"selected_options": [_option(element, value) for value in chosen]}
    field = _SINGLE[kind][0]
    if kind == "file_input":
        return {field: [{"id": file_id} for file_id in _listed(answer)]}
    if kind == "number_input" and answer is not None:
        return {field: str(answer)}
    return {field: _listed(answer) if kind in _LISTS else (None if answer == "" else answer)}


def _listed(answer: object) -> list[object]:
    return list(answer) if isinstance(answer, list | tuple) else []


def options_of(element: Mapping[str, Any]) -> list[Json]:
    """Return all options an element offers, groups opened."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [option for group in groups for option in group.get("options") or []]


def _option(element: Mapping[str, Any], wanted: object) -> Json:
    offered = options_of(element)
    for option in offered:
        if wanted in (option["value"], option["text"]["text"]):
            return {"text": option["text"], "value": option["value"]}
    # An external select offers nothing by itself: the client keeps what the bot suggested.
    return {"text": {"type": "plain_text", "text": str(wanted)}, "value": str(wanted)}


def placed(blocks: Sequence[Block], spoken: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return *spoken* as answers by block and action.

    A name is an input's label, block id or action id; a block id may also hold a mapping of
    action ids.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, value in spoken.items():
        if isinstance(value, Mapping):
            found.setdefault(name, {}).update(value)
            continue
        block, element = _called(blocks, name)
        found.setdefault(block["block_id"], {})[element["action_id"]] = value
    return found


def _called(blocks: Sequence[Block], name: str) -> tuple[Block, Mapping[str, Any]]:
    for block, element in inputs_of(blocks):
        label = block.get("label") or {}
        if name in (label.get("text"), block["block_id"], element["action_id"]):
            return block, element
    raise Unplayable(f"There is no input called {name} here.")


def refused_by_client(blocks: Sequence[Block], answers: Answers) -> dict[str, str]:
    """Return what a Slack client itself refuses before it sends a form, by block id."""
    errors = {}
    for block, element in inputs_of(blocks):
        if block["type"] != "input":
            continue
        answer = answers.get(block["block_id"], {}).get(element["action_id"])
        problem = _client_problem(block, element, answer)
        if problem:
            errors[block["block_id"]] = problem
    return errors


def _client_problem(block: Block, element: Mapping[str, Any], answer: object) -> str | None:
    if answer in (None, "", []):
        return None if block.get("optional") else REQUIRED
    most, least = element.get("max_length"), element.get("min_length")
    if isinstance(answer, str) and most and len(answer) > most:
        return f"Please shorten this to {most} characters or fewer."
    if isinstance(answer, str) and least and len(answer) < least:
        return f"Please write at least {least} characters."
    if element["type"] == "number_input":
        return _number_problem(element, str(answer))
    return None


def _number_problem(element: Mapping[str, Any], answer: str) -> str | None:
    try:
        number = float(answer)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if (least and number < float(least)) or (most and number > float(most)):
        return "Please enter a number within the allowed range."
    return None
