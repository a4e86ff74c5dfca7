"""What stands beside the facts in the file of an incident, in English, ready for translation."""

from collections.abc import Mapping, Sequence

from workflows.incidents.rules import Part

FACTS: Mapping[str, str] = {
    "codename": "Spoken of as",
    "title": "Title",
    "category": "Kind",
    "severity": "Severity",
    "severity_reason": "Because",
    "tlp": "TLP",
    "state": "State",
    "outcome": "Outcome",
    "declared_at": "Declared",
    "contained_at": "Contained",
    "resolved_at": "Resolved",
    "closed_at": "Closed",
    "reopened": "Reopened, times",
    "merged_into": "Part of",
}
#: Which of these are moments.
MOMENTS = frozenset({"declared_at", "contained_at", "resolved_at", "closed_at"})
LISTS: Mapping[str, str] = {
    "departments": "Departments",
    "reports": "Reports",
    "timeline": "What happened",
}
LEARNED: Mapping[str, str] = {
    "went_well": "What went well",
    "slowed_us": "What slowed us",
    "one_change": "One change",
}
REVIEW, CAUSE, ACTIONS = "Review", "What made it possible", "What is to be done"
PARTS: Mapping[str, str] = {
    Part.INFORMED.value: "informed",
    Part.RESPONDS.value: "asked to respond",
}
DONE, NO_DAY = "done", "no day yet"


def department(title: str, part: str, told: str, answered: str) -> str:
    """Say what a department had to do with it, and since when."""
    return f"{title}: {part} {told}" + (f", on it {answered}" if answered else "")


def report(code: str, at: str, words: Sequence[str]) -> str:
    """Say what a report was."""
    return f"{code}, {at}: {'; '.join(words)}"


def about_line(line: int, late: str, corrects: int | None) -> str:
    """Return a line's number, when it was written down, and in the place of which line it is."""
    told = [f"line {line}"]
    if late:
        told.append(f"written down {late}")
    if corrects:
        told.append(f"in the place of line {corrects}")
    return ", ".join(told)
