"""The answers to a form, checked on the server against the form as it is built now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_never

from bot.clock import as_utc
from bot.errors import Invalid
from bot.text import typed
from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    Form,
    LongText,
    Number,
    PersonInput,
    ShortText,
    Toggle,
)

Checked = str | tuple[str, ...] | Decimal | date | datetime | bool | None

REQUIRED = "Please answer this one; everything else you typed is kept."

#: As many digits as ingress lets through; an exponent would make a number of any size.
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?")


class Answers(Mapping[str, Checked]):
    """Answers by input name, each of its input's type; an optional one left empty is None."""

    def __init__(self, values: Mapping[str, Checked]) -> None:
        self._values = dict(values)

    @classmethod
    def check(cls, form: Form, raw: Mapping[str, Any]) -> Answers:
        """Return *raw* as the form's answers; names the form does not have are left out.

        Raises:
            Invalid: with the problem of each input that does not fit.
        """
        values: dict[str, Checked] = {}
        problems: dict[str, str] = {}
        for question in form.questions():
            try:
                values[question.name] = _checked(question, raw.get(question.name))
            except ValueError as problem:
                problems[question.name] = str(problem)
        if problems:
            raise Invalid(fields=problems)
        return cls(values)

    def __getitem__(self, name: str) -> Checked:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """Return a text, a choice or an account id; "" when it was left empty."""
        value = self._values[name]
        return value if isinstance(value, str) else ""

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the chosen values of `Choices`."""
        value = self._values[name]
        return value if isinstance(value, tuple) else ()

    def number(self, name: str) -> Decimal | None:
        """Return a number."""
        value = self._values[name]
        return value if isinstance(value, Decimal) else None

    def day(self, name: str) -> date | None:
        """Return a calendar day."""
        value = self._values[name]
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def instant(self, name: str) -> datetime | None:
        """Return an instant, in UTC."""
        value = self._values[name]
        return value if isinstance(value, datetime) else None

    def on(self, name: str) -> bool:
        """Say whether a toggle is on."""
        return self._values[name] is True


def _checked(question: AnyInput, raw: object) -> Checked:
    if isinstance(question, Toggle):
        return raw is True or raw == "true"
    if isinstance(question, Choices):
        return _checked_choices(question, raw)
    if raw is not None and not isinstance(raw, str):
        raise ValueError(
            "This answer arrived in a shape that cannot be read. Please type it again."
        )
    text = typed(raw or "").strip()
    if text:
        return _checked_text(question, text)
    if question.required:
        raise ValueError(REQUIRED)
    return None


def _checked_choices(question: Choices, raw: object) -> tuple[str, ...]:
    values = [raw] if isinstance(raw, str) and raw else raw or []
    offered = [option.value for option in question.options]
    if not isinstance(values, list) or any(value not in offered for value in values):
        raise ValueError("Please choose from the options shown; one of them is no longer offered.")
    if question.required and not values:
        raise ValueError(REQUIRED)
    return tuple(dict.fromkeys(values))


def _checked_text(
    question: ShortText | LongText | Number | Choice | PersonInput | Date | DateTime, text: str
) -> Checked:
    match question:
        case ShortText():
            return _within(text, 0, question.max_length)
        case LongText():
            return _within(text, question.min_length, question.max_length)
        case Number():
            return _number(question, text)
        case Choice():
            return _offered(question, text)
        case PersonInput():
            return _within(text, 0, 255)
        case Date():
            return _day(text)
        case DateTime():
            return _instant(text)
        case _:
            assert_never(question)


def _within(text: str, shortest: int, longest: int) -> str:
    if len(text) > longest:
        over = len(text) - longest
        raise ValueError(f"Please shorten this by {over} characters; it may have {longest}.")
    if len(text) < shortest:
        raise ValueError(
            f"Please write at least {shortest} characters; so far there are {len(text)}."
        )
    return text


def _number(question: Number, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError("Please type a number, such as 3.")
    number = Decimal(text)
    if not question.decimal and number != number.to_integral_value():
        raise ValueError("Please type a whole number, such as 3.")
    if question.minimum is not None and number < question.minimum:
        raise ValueError(f"Please type {question.minimum} or more.")
    if question.maximum is not None and number > question.maximum:
        raise ValueError(f"Please type {question.maximum} or less.")
    return number


def _offered(question: Choice, text: str) -> str:
    if text not in {option.value for option in question.options}:
        raise ValueError("Please choose one of the options shown; this one is no longer offered.")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("Please pick a day, such as 2026-11-30.") from None


def _instant(text: str) -> datetime:
    try:
        return as_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):  # in UTC it may lie before year 1 or after 9999
        raise ValueError("Please pick a day and a time.") from None
