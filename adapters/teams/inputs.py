"""Each input of a form as an input of a card, with what stands in it at first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import assert_never

from adapters.teams.fields import DAY, TIME, choice_value, field_id, joined
from adapters.teams.limits import OPEN_OPTIONS
from adapters.teams.richtext import Json
from adapters.teams.text import inert_line
from bot.clock import as_utc
from bot.shown import visible
from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    LongText,
    Number,
    Option,
    PersonInput,
    ShortText,
    Toggle,
)

MISSING = "Please answer this one."
#: Everybody in the tenant can be picked; the answer is the person's id in its directory.
DIRECTORY = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
_LONGEST_NUMBER = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was answered before, by input name, and the zone in which instants are read."""

    answers: Mapping[str, str | list[str]]
    zone: tzinfo

    def text(self, name: str, otherwise: str) -> str:
        """Return the answer as one text."""
        answer = self.answers.get(name, otherwise)
        return answer if isinstance(answer, str) else ",".join(answer)

    def several(self, name: str, otherwise: Sequence[str]) -> Sequence[str]:
        """Return the answer as several texts."""
        answer = self.answers.get(name, list(otherwise))
        return [answer] if isinstance(answer, str) else answer

    def day(self, name: str, otherwise: date | None) -> str:
        """Return the answer if it is a day."""
        answer = self.text(name, otherwise.isoformat() if otherwise else "")
        return answer if _DAY.fullmatch(answer) else ""

    def instant(self, name: str, otherwise: datetime | None) -> tuple[str, str]:
        """Return the day and the time of the answer; perhaps only one of them was given."""
        answer = self.text(name, otherwise.isoformat() if otherwise else "")
        try:
            at = as_utc(datetime.fromisoformat(answer)).astimezone(self.zone)
        except (ValueError, OverflowError):
            days, times = _DAY.findall(answer), _TIME.findall(answer)
            return "".join(days[:1]), "".join(times[:1])
        return at.date().isoformat(), f"{at:%H:%M}"


def draw_input(question: AnyInput, filled: Filled) -> Iterator[Json]:
    """Yield the inputs of the card for one of ours: an instant takes two."""
    match question:
        case DateTime():
            yield from _instant(question, filled)
        case ShortText() | LongText():
            yield {**_named("Input.Text", question), **_written(question, filled)}
        case Number():
            yield {**_named("Input.Number", question), **_number(question, filled)}
        case Choice() | Choices() | PersonInput():
            yield {**_named("Input.ChoiceSet", question), **_chosen(question, filled)}
        case Date():
            day = filled.day(question.name, question.initial)
            yield {**_named("Input.Date", question), **_value(day)}
        case Toggle():
            on = filled.text(question.name, str(question.initial).lower())
            yield {**_named("Input.Toggle", question), **_toggle(on)}
        case _:
            assert_never(question)


def _named(kind: str, question: AnyInput, part: str = "", about: str = "") -> Json:
    """Return what every input has; *part* and *about* tell two inputs of one question apart."""
    label = inert_line(question.label) + about
    named = {"type": kind, "id": field_id(question, part), "label": label}
    return named | ({"isRequired": True, "errorMessage": MISSING} if question.required else {})


def _value(text: str) -> Json:
    return {"value": text} if text else {}


def _written(question: ShortText | LongText, filled: Filled) -> Json:
    """Return an input for words; a text that is already too long is not held to the limit.

    Teams would cut it; whoever sends it is told by how much to shorten it.
    """
    text = visible(filled.text(question.name, question.initial))
    drawn = _value(text)
    if isinstance(question, LongText):
        drawn["isMultiline"] = True
    return drawn | ({"maxLength": question.max_length} if len(text) <= question.max_length else {})


def _number(question: Number, filled: Filled) -> Json:
    drawn: Json = {}
    if question.minimum is not None:
        drawn["min"] = question.minimum
    if question.maximum is not None:
        drawn["max"] = question.maximum
    number = _number_in(filled.text(question.name, question.initial))
    return drawn | ({} if number is None else {"value": number})


def _number_in(text: str) -> int | float | None:
    try:
        number = Decimal(text) if len(text) <= _LONGEST_NUMBER else Decimal("nan")
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _chosen(question: Choice | Choices | PersonInput, filled: Filled) -> Json:
    match question:
        case PersonInput():
            return {
                "choices": [],
                "choices.data": DIRECTORY,
                **_value(filled.text(question.name, "")),
            }
        case Choice():
            first = filled.text(question.name, question.initial)
            offered = [option.value for option in question.options]
            few = len(offered) <= OPEN_OPTIONS
            return {
                "style": "expanded" if few else "filtered",
                "wrap": True,
                "choices": [_option(option, option.value) for option in question.options],
                **_value(first if first in offered else ""),
            }
        case Choices():
            chosen = filled.several(question.name, question.initial)
            offered = [option.value for option in question.options]
            return {
                "style": "expanded" if len(offered) <= OPEN_OPTIONS else "compact",
                "wrap": True,
                "isMultiSelect": True,
                "choices": [
                    _option(option, choice_value(option.value)) for option in question.options
                ],
                **_value(joined(value for value in chosen if value in offered)),
            }
        case _:
            assert_never(question)


def _option(option: Option, value: str) -> Json:
    hint = f" — {inert_line(option.hint)}" if option.hint else ""
    return {"title": f"{inert_line(option.label)}{hint}", "value": value}


def _toggle(on: str) -> Json:
    return {
        "title": "Yes",
        "value": on,
        "valueOn": "true",
        "valueOff": "false",
    }


def _instant(question: DateTime, filled: Filled) -> Iterator[Json]:
    """Yield a day and a time: Teams has no input for both."""
    day, time = filled.instant(question.name, question.initial)
    yield {**_named("Input.Date", question, DAY, " (day)"), **_value(day)}
    yield {**_named("Input.Time", question, TIME, f" (time, {filled.zone})"), **_value(time)}
