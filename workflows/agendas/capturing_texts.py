"""What is said when something is kept of a meeting, in English, ready for translation."""

from datetime import date

from workflows.agendas.rules import LONGEST_LINE, MinuteKind

ACTION = "action"
HELP_ACTION = "Keep what somebody does until some day, as agreed in a meeting."
USAGE_ACTION = '"Check the badge logs" @tom due=fri [ref=S-12]'
HELP_DECISION = "Keep what a meeting decided."
USAGE_DECISION = '"Badges are checked twice a year"'
HELP_NOTE = "Keep a note of a meeting."
USAGE_NOTE = '"The vendor comes on Tuesday"'
KEEP = "Keep for the minutes"
HELP_KEEP = "Keep a message as an action, a decision or a note of a meeting."
#: Today first.
NEAR_DAYS = ("today", "tomorrow")

FORM = "Keep for the minutes"
SEND = "Keep it"
MEETING = "Which meeting is it of?"
KIND = "What is it?"
KINDS = {
    ACTION: "An action: somebody does it",
    MinuteKind.DECISION: "A decision",
    MinuteKind.NOTE: "A note",
}
WHAT = "What is to be kept?"
WHO = "Who does it?"
WHO_HINT = "Of an action alone. Without a name it is yours."
DUE = "Until when?"
DUE_HINT = "Of an action alone."

SAY_WHAT = (
    "Say what is to be done, in quotes, who does it and until when, such as "
    '`action "Check the badge logs" @tom due=fri`. Nothing was kept.'
)
SAY_WORDS = 'Say in words what is to be kept, such as `decision "We go on"`. Nothing was kept.'
TOO_LONG = f"That is longer than {LONGEST_LINE} characters. Say it in fewer. Nothing was kept."
PIECES = (
    "Beside the words I read `due=` and `ref=` alone. Put the words themselves in quotes, such as "
    '`action "Set level=3" @tom due=fri`. Nothing was kept.'
)
NO_REF = "After `ref=` I read a number such as S-12 or V-7. Nothing was kept."
NO_MEETING = (
    "No meeting of this series has begun yet, so there is none of which that could be kept. "
    "Say it again when the meeting runs."
)
NO_SERIES = (
    "You come to no meeting that Parley knows. Ask an owner of the meeting to add you, then try "
    "again. Nothing was kept."
)
KEPT = "Somebody kept this message for a meeting before, and nothing was kept twice."


def bad_day(text: str) -> str:
    """Say that something is no day."""
    return (
        f"“{text}” is no day that I can read. Write `fri`, `tomorrow` or `2027-01-31`. "
        "Nothing was kept."
    )


def no_such_time(day: date) -> str:
    """Say that a day is over, or too far away."""
    return f"{day} is over, or more than two years away. Name another day. Nothing was kept."


def kept(kind: MinuteKind) -> str:
    """Say that a decision or a note is kept."""
    return f"Kept as a {kind} of this meeting. It will stand in the minutes."


def kept_already(code: str = "") -> str:
    """Say that a message was kept before; *code* is "" unless it is an action."""
    what = f"It is {code}" if code else "It stands in the minutes"
    return f"Somebody kept this message before. {what}, and nothing was kept twice."
