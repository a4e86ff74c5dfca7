"""What is said about the timeline of an incident, in English, ready for translation."""

HELP_NOTE = "Write a line into the timeline of an incident."
USAGE_NOTE = "SI-42 WHAT HAPPENED"
HELP_TIMELINE = "Read what happened in an incident, and when."
USAGE_TIMELINE = "SI-42"
MARK = "Add to the timeline"
HELP_MARK = "Put this message into the timeline of an incident."

CORRECT = "Correct this line"
FORM_NOTE = "Add to the timeline"
FORM_CORRECT = "Correct a line"
SEND = "Add it"
INCIDENT = "Which incident"
WHAT = "What happened"
WHAT_HINT = "Facts, in a few sentences. Name roles rather than people."
WHEN = "When"
WHEN_HINT = "Leave it empty when it has just happened."
NOT_YET = "This is in the future. Please say when it happened."
LONGEST = 2000  #: characters
TOO_LONG = (
    f"A line of the timeline holds {LONGEST:,} characters. Nothing was added. "
    "Say it in fewer words, or in two lines."
)
CORRECTED_ALREADY = "Somebody has corrected this line already. Correct that one instead."
NO_INCIDENTS = "There is no incident open that you may read, so there is no timeline to add to."
NOTHING_YET = "Nothing stands in its timeline yet."
LATE = "written down later"
CORRECTED = "corrected by a later line"


def added(code: str) -> str:
    """Say that a line is there."""
    return f"It stands in the timeline of {code} now, and in each of its rooms."


def heading(code: str, state: str) -> str:
    """Say what follows."""
    return f"Timeline of {code}, which is {state}."


def left_out(count: int) -> str:
    """Say how much came before."""
    return f"{count} earlier lines are not shown here."
