"""What a person puts into the inputs of a card, and what the client makes of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from adapters.simulator.errors import Unplayable

Json = dict[str, Any]

#: Label or id of an input → a string, a list, a number, a date, a time, a boolean or None.
Answers = Mapping[str, Any]
#: Returns the account behind a name, for inputs in which people are looked up.
FindPerson = Callable[[str], str]

REQUIRED = "This field is required."


def filled(inputs: Sequence[Json], answers: Answers, find_person: FindPerson) -> dict[str, str]:
    """Return what the inputs hold, by id and as strings; what is empty is left out.

    Raises:
        Unplayable: there is no such input, or it does not take such an answer.
    """
    held = {field["id"]: _initial(field) for field in inputs}
    for name, answer in answers.items():
        field = _named(inputs, name)
        held[field["id"]] = _written(field, answer, find_person)
    return {name: value for name, value in held.items() if value}


def refused_by_client(inputs: Sequence[Json], held: Mapping[str, str]) -> dict[str, str]:
    """Return what the client itself finds wrong, by the id of the input."""
    problems = {field["id"]: _problem(field, held.get(field["id"], "")) for field in inputs}
    return {name: problem for name, problem in problems.items() if problem}


def _named(inputs: Sequence[Json], name: str) -> Json:
    for key in ("id", "label", "title"):
        for field in inputs:
            if field.get(key) == name:
                return field
    raise Unplayable(f"There is no input called {name} here.")


def _initial(field: Json) -> str:
    if field["type"] == "Input.Toggle":
        return str(field.get("value") or field.get("valueOff", "false"))
    value = field.get("value")
    return "" if value is None else str(value)


def _written(field: Json, answer: object, find_person: FindPerson) -> str:
    if answer is None:
        return ""
    if field["type"] == "Input.ChoiceSet":
        return _chosen(field, answer, find_person)
    if field["type"] == "Input.Toggle":
        is_on = answer is True or answer == field.get("valueOn", "true")
        return str(field.get("valueOn", "true") if is_on else field.get("valueOff", "false"))
    if isinstance(answer, time):
        return f"{answer:%H:%M}"
    return answer.isoformat() if isinstance(answer, date) else str(answer)


def _chosen(field: Json, answer: object, find_person: FindPerson) -> str:
    wanted = [str(one) for one in (answer if isinstance(answer, list | tuple) else [answer])]
    if len(wanted) > 1 and not field.get("isMultiSelect"):
        raise Unplayable(f"Only one thing can be chosen in {field['label']}.")
    return ",".join(_choice(field, one, find_person) for one in wanted if one)


def _choice(field: Json, wanted: str, find_person: FindPerson) -> str:
    for choice in field.get("choices", []):
        if wanted in {choice["value"], choice["title"]}:
            return str(choice["value"])
    if "choices.data" in field:
        return find_person(wanted)
    raise Unplayable(f"There is no choice called {wanted} in {field['label']}.")


def _problem(field: Json, value: str) -> str:
    said = str(field.get("errorMessage") or REQUIRED)
    if not value or (field["type"] == "Input.Toggle" and value == field.get("valueOff", "false")):
        return said if field.get("isRequired") else ""
    match field["type"]:
        case "Input.Text":
            is_long = len(value) > field.get("maxLength", len(value))
            return said if is_long or not re.fullmatch(field.get("regex", "(?s).*"), value) else ""
        case "Input.Number":
            return "" if _is_within(field, value) else said
        case "Input.Date" | "Input.Time":
            is_within = field.get("min", value) <= value <= field.get("max", value)
            return "" if is_within else said
        case _:
            return ""


def _is_within(field: Json, value: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return False
    return bool(field.get("min", number) <= number <= field.get("max", number))
