"""Texts of the card by which those who triage see a report."""

REPORTED_BY, DID, STILL_GOING_ON, WHEN_IT_WAS, RECEIVED = (
    "Reported by",
    "What they did",
    "Still going on",
    "When it was",
    "Received",
)
CONCERNS = "Whom it concerns"
SEVERITY, STATE, HELD_BY, HELD_UNTIL = "Severity", "State", "Looked at by", "Theirs until"
YES, NO = "yes", "no"
URGENT = "urgent"
SELF_REPORT = "They had a part in it and say so: please thank them first."
ANONYMOUS = "a colleague, anonymously"
CONFIDENTIAL = "a colleague, confidentially"
UNKNOWN = "somebody whom Parley does not know"
TOO_MUCH = "More was added. Say `security show {code}` to read all of it."
LEFT_OUT = "What was added to {code} before that does not fit here."
QUESTION, ANSWER, DETAIL, NOTE = (
    "Question",
    "Answer",
    "Added by the reporter",
    "Added by somebody else",
)


def heading(code: str, category: str) -> str:
    """Name a report by its number and its kind."""
    return f"{code}: {category}"


def severity(name: str, *, is_urgent: bool) -> str:
    """Say how serious a report counts."""
    return f"{name}, {URGENT}" if is_urgent else name


def ended(code: str, how: str) -> str:
    """Say how a report ended, without what it said."""
    return f"{code} is closed: {how[0].lower()}{how[1:]}."


def over(code: str, state: str) -> str:
    """Say where a report stands that nobody has to decide any more."""
    return f"{code} is {state}."


def taken_down(code: str) -> str:
    """Say that a report is read elsewhere now."""
    return f"{code} is looked at elsewhere now. There is nothing to do here."


def on_behalf(who: str, department: str) -> str:
    """Say for whom somebody reported."""
    return f"{who}, for somebody in {department}"
