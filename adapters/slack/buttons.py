"""Buttons out, presses in: route and payload travel in the button itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from adapters.slack import limits
from adapters.slack.text import Json, plain
from bot.errors import Unreadable
from bot.shown import one_line
from bot.ui import Button, ButtonStyle

_ACTION_ID = re.compile(r"([^#]+)#\d{1,4}")
_LONGEST_INTEGER = 20


def draw_button(button: Button, number: int) -> Json:
    """Return *button*; *number* makes its id unique within the message, as Slack demands."""
    label = limits.within(limits.BUTTON_LABEL, "A button's label", one_line(button.label))
    value = json.dumps(button.payload, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    drawn = {
        "type": "button",
        "action_id": limits.within(limits.ID, "A button's route", f"{button.route}#{number}"),
        "text": plain(label),
        "value": limits.within(limits.BUTTON_VALUE, "A button's payload", value),
    }
    if button.style is not ButtonStyle.NORMAL:
        drawn["style"] = button.style.value
    if button.confirm:
        drawn["confirm"] = _confirm(button, label)
    return drawn


def _confirm(button: Button, label: str) -> Json:
    question = one_line(button.confirm or "")
    confirm = {
        "title": plain("Please confirm"),
        "text": plain(limits.within(limits.CONFIRM_TEXT, "A button's question", question)),
        "confirm": plain(label if len(label) <= limits.CONFIRM_BUTTON else "Yes, go on"),
        "deny": plain("Go back"),
    }
    return confirm | ({"style": "danger"} if button.style is ButtonStyle.DANGER else {})


def read_button(action: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the route and the payload of a pressed button.

    Raises:
        Unreadable: this is no button of ours.
    """
    action_id, value = action.get("action_id"), action.get("value")
    if not isinstance(action_id, str) or not isinstance(value, str):
        raise Unreadable("The button carries no route or no payload.")
    named = _ACTION_ID.fullmatch(action_id)
    if named is None or len(action_id) > limits.ID or len(value) > limits.BUTTON_VALUE:
        raise Unreadable("The button's id or payload is not one that Parley makes.")
    return named.group(1), _payload(value)


def _payload(value: str) -> dict[str, Any]:
    try:
        payload = json.loads(value, parse_int=_integer, parse_constant=_no_number)
    except RecursionError:
        raise Unreadable("The button's payload is nested too deeply.") from None
    if not isinstance(payload, dict):
        raise Unreadable("The button's payload is not an object.")
    return payload


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_INTEGER:
        raise Unreadable("The button's payload holds a number that is too long.")
    return int(digits)


def _no_number(name: str) -> NoReturn:
    raise Unreadable(f"The button's payload holds {name}, which is no number.")
