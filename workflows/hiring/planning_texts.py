"""What hiring says of days and times."""

LONGEST_ECHO = 40  #: characters of what somebody typed that an answer repeats

WHEN = "Please say when the interview starts, such as 2026-11-30 14:00."
IN_THE_PAST = "This time has passed. Please choose one that is still to come."
TOO_FAR = "This is more than two years ahead. Please check the year."
DEBRIEF_TOO_EARLY = (
    "The panel can talk only when the interview is over. Please choose a time after its end."
)
BAD_START = "Please choose a day from today on, at most two years ahead."


def minutes(shortest: int, longest: int) -> str:
    """Say how long an interview can be."""
    return f"An interview takes {shortest} to {longest} minutes. Please give a whole number."


def bad_moment(given: str) -> str:
    """Say how a moment is written."""
    return f"“{given[:LONGEST_ECHO]}” is not a day and a time. Write it as 2026-11-30T14:00."


def bad_day(given: str) -> str:
    """Say how a day is written."""
    return f"“{given[:LONGEST_ECHO]}” is not a day. Write it as 2027-01-31."
