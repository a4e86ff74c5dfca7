"""The file of an incident as people read it, in Markdown; programs read JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.shown import moment
from workflows.incidents import document_texts as said
from workflows.incidents import parts
from workflows.incidents.review_texts import CAUSES
from workflows.incidents.texts import STATES, TLPS
from workflows.reports.texts import CATEGORIES, SEVERITIES
from workflows.reports.texts import STATES as REPORTED

Json = Mapping[str, Any]
#: What would be markup in a Markdown file.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|!~])")
_KINDS = {one.value: label for one, label in CATEGORIES.items()}
_SEVERITIES = {str(one): label for one, label in SEVERITIES.items()}
#: What stands for a value in words.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "category": _KINDS,
    "severity": _SEVERITIES,
    "tlp": {one.value: label for one, label in TLPS.items()},
    "state": {one.value: label for one, label in STATES.items()},
}
_REPORTED = {one.value: label for one, label in REPORTED.items()}


def markdown(document: Json) -> str:
    """Return a document as Markdown, in which nothing that people wrote is markup."""
    lines = [f"# {document['incident']}", ""]
    lines += [
        f"- **{label}:** {_inert(_value(key, document[key]))}"
        for key, label in said.FACTS.items()
        if document[key] not in {None, ""}
    ]
    for key, heading in said.LISTS.items():
        if document[key]:
            told = map(_LINES[key], document[key])
            lines += ["", f"## {heading}", "", *(f"- {_inert(line)}" for line in told)]
    return "\n".join([*lines, *_review(document["review"])]) + "\n"


def _department(one: Json) -> str:
    title, part = parts.title_of(one["department"]), said.PARTS[one["part"]]
    return said.department(title, part, _time(one["notified_at"]), _time(one["acknowledged_at"]))


def _report(one: Json) -> str:
    if "state" not in one:
        return str(one["report"])
    kind, severity = _KINDS[one["category"]], _SEVERITIES[one["severity"]]
    words = (kind, severity, _REPORTED[one["state"]])
    return said.report(one["report"], _time(one["received_at"]), words)


def _event(one: Json) -> str:
    late = _time(one["recorded_at"]) if one["recorded_at"] != one["at"] else ""
    about = said.about_line(one["line"], late, one["corrects"])
    return f"{_time(one['at'])}, {one['role']}: {one['text']} ({about})"


def _action(one: Json) -> str:
    due = said.DONE if one["done_at"] else one["due_on"] or said.NO_DAY
    whose = one["owner"] or parts.title_of(one["department"])
    return f"{one['action']}: {one['what']} ({whose}, {due})"


_LINES: Mapping[str, Callable[[Json], str]] = {
    "departments": _department,
    "reports": _report,
    "timeline": _event,
}


def _review(review: Json | None) -> Iterator[str]:
    if review is None:
        return
    cause = next(label for one, label in CAUSES.items() if one == review["cause"])
    yield from ("", f"## {said.REVIEW}", "", f"- **{said.CAUSE}:** {cause}")
    for section in review["sections"]:
        yield from ("", f"### {_inert(parts.title_of(section['department']))}", "")
        yield from (
            f"- **{label}:** {_inert(section[key])}"
            for key, label in said.LEARNED.items()
            if section[key]
        )
    if review["actions"]:
        yield from ("", f"### {said.ACTIONS}", "")
        yield from (f"- {_inert(_action(one))}" for one in review["actions"])


def _value(key: str, value: object) -> str:
    if key in _WORDS:
        return _WORDS[key].get(str(value), str(value))
    return _time(str(value)) if key in said.MOMENTS else str(value)


def _time(at: str | None) -> str:
    """Return a moment to the minute; the JSON has it exactly."""
    return moment(datetime.fromisoformat(at)) if at else ""


def _inert(value: object) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(str(value).split()))
