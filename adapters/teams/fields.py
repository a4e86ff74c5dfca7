"""The inputs of a dialog: an input's id tells its kind, and with it how its value is read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import quote, unquote

from bot.ui import AnyInput

#: An instant is asked for in two inputs.
DAY, TIME = ".day", ".time"
KINDS = frozenset(
    {
        "short_text",
        "long_text",
        "number",
        "choice",
        "choices",
        "person",
        "date",
        "datetime",
        "toggle",
    }
)


def field_id(question: AnyInput, part: str = "") -> str:
    """Return the id of *question*'s input; *part* is DAY or TIME for an instant's two."""
    return f"{question.kind}#{question.name}{part}"


def joined(values: Iterable[str]) -> str:
    """Return the value of an input that takes several choices, each written as `choice_value`."""
    return ",".join(map(choice_value, values))


def choice_value(value: str) -> str:
    """Return an option of `Choices` without a comma: Teams joins what was chosen with commas."""
    return quote(value, safe="")


def read_answers(data: Mapping[str, Any], zone: tzinfo) -> dict[str, str | list[str]]:
    """Return the answers in a dialog's data, by input name; *zone* is the reader's own.

    An input left empty is "". An instant is ISO 8601 with its offset. What is no input of ours
    is left out.
    """
    answers: dict[str, str | list[str]] = {}
    for id, value in data.items():
        kind, _, name = id.partition("#")
        if kind not in KINDS or not name:
            continue
        text = _text(value)
        if kind == "choices":
            answers[name] = [unquote(part) for part in text.split(",") if part]
        elif kind == "datetime":
            bare = name.removesuffix(DAY).removesuffix(TIME)
            answers[bare] = _instant(data, bare, zone)
        else:
            answers[name] = text
    return answers


def _text(value: object) -> str:
    """Return a value as the text that it nearly always is; some clients send numbers as such."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    return ""


def _instant(data: Mapping[str, Any], name: str, zone: tzinfo) -> str:
    day = _text(data.get(f"datetime#{name}{DAY}"))
    time = _text(data.get(f"datetime#{name}{TIME}"))
    if not day and not time:
        return ""
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=zone).isoformat()
    except ValueError:
        return f"{day} {time}".strip()  # the form says what is wrong with it
