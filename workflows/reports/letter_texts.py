"""What people read who report without a name, or come back with the code to such a report."""

LOOK_UP = "Read an answer by code"
DOORS = (
    "What you report, and any code, is best typed in a window of its own: what is typed in a chat "
    "stays there under your name. Press a button. Nothing was filed or looked up."
)
#: Read on the form before anything is sent.
BEFORE_SENDING = (
    "If nobody is to learn that it was you: Parley then keeps no account, name or place, and no "
    "exact time. Your report arrives at the next quarter of an hour; if every minute counts, give "
    "your name, and it is read at once.",
    "The chat platform, and whoever runs it in your company, may have technical logs of their own "
    "which show that you used Parley. What you write can tell who you are as well.",
    "When you have sent it you get a code, once. Only with it can you read the answer, so write "
    "it down.",
)

THANKS = "Thank you. Without your name it reaches those who look at reports at"
YOUR_CODE = "Your code"
KEEP_IT = (
    "Write the code down now: it is shown nowhere else, and nobody can find it again, Parley "
    "included. To read the answer, open “{look_up}” on Parley's Home and type the code."
)

LOOK_UP_TITLE = "By its code"
CODE, CODE_HINT = "The code", "26 letters and digits; how you write them does not matter."
WORDS = "Your answer, or what you want to add (if you like)"
GO = "Go on"
NO_SUCH_CODE = (
    "No report opens with this code. Please compare it letter by letter. A code is good until 90 "
    "days after its report was closed."
)
ON_THE_WAY = "Your report is on its way. It reaches those who look at reports at"
DROPPED = "Your report is taken back before anybody has read it. Its code opens nothing any more."
JUST_ARRIVED = (
    "Your report has just arrived, so it was not taken back. Type the code once more, and you can "
    "still take it back until somebody has decided about it."
)
TAKE_BACK = "Take the report back"
TAKE_BACK_HINT = "Until somebody has decided about it; nobody asks why."
RATINGS = {"unsaid": "I would rather not say", "yes": "Yes", "no": "No"}
NOTHING_YET = "There is no word for you yet. Please look again later."
ENOUGH = (
    "Five reports without a name came from you today, and more are taken from tomorrow on. "
    "If it cannot wait, report it under your name. What you typed is still here."
)
ENOUGH_ADDED = (
    "Enough is on its way for now. Please send the rest after the next quarter of an hour."
)
TOO_LATE = (
    "This report has been over for too long to add anything. Please report what is new, and name "
    "the old report in it. Nothing was added."
)


def stands(code: str, state: str) -> str:
    """Say how a report stands."""
    return f"{code} is {state}."


def thanks(*, takes_back: bool, adds: bool) -> str:
    """Thank for what was done by a code; the moment when it arrives follows."""
    if takes_back:
        return "Thank you. Unless somebody decides about it before, your report is taken back at"
    return f"Thank you. What you {'wrote' if adds else 'said'} reaches those who look at reports at"


def not_taken_back(code: str) -> str:
    """Say that somebody was first."""
    return f"{code} was not taken back: somebody had decided about it before your word arrived."
