"""The texts of people's own reports, in English, ready for translation."""

from collections.abc import Mapping

from workflows.reports.rules import State

HELP_LIST = "See what you have reported, and where it stands."
HELP_STATUS = "See where one report of yours stands."
HELP_WITHDRAW = "Take a report back, as long as nobody has decided about it."
USAGE_STATUS = "<R-123>"
TITLE = "Your reports"
NONE = "You have not reported anything. Say `report` when something looks odd."
ALL = "All my reports"
HELPFUL, NOT_HELPFUL = "The answer helped", "It did not help"
AGAIN, NOT_AGAIN = "Yes, I would", "Rather not"
WAS_IT_HELPFUL = "Did the answer help?"
WOULD_YOU_AGAIN = "Would you report something odd again?"
WOULD_YOU = f"Thank you. {WOULD_YOU_AGAIN}"
NOTED = "Thank you, that is noted. Nobody is ranked by it."
REPORTED, STANDS, KIND, HEARD = "Reported", "Where it stands", "What it is", "Last told you"
#: As its reporter reads it.
STATES: Mapping[State, str] = {
    State.RECEIVED: "received, a person looks at it soon",
    State.ACKNOWLEDGED: "a person in security has it",
    State.NEEDS_INFO: "security has a question for you",
    State.LINKED: "it is part of a larger case that people work on",
    State.CLOSED: "answered and closed",
    State.WITHDRAWN: "taken back by you",
}
#: So many are listed; older ones are found by their numbers.
OLDER = "Older ones are found by their numbers: say `report status` and the number."


def line(code: str, state: State) -> str:
    """Name one report and where it stands."""
    return f"{code}: {STATES[state]}"


def of_code(code: str) -> str:
    """Head what is said of one report."""
    return f"Your report {code}"
