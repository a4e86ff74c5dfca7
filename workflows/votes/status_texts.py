"""What is said of where votes stand, in English, ready for translation."""

STATUS, RECORD = "Status", "Record"
ALL_VOTES = "All votes"
USAGE = "V-7"
HELP_STATUS = "Shows where a vote stands, and to you alone what you chose."
HELP_LIST = "Lists the votes that wait for you, and the others that you may know of."

WAITING = "Votes that wait for you"
OTHERS = "Other votes that go on"
NONE_WAIT = "No vote waits for you."
NONE_AT_ALL = "No vote waits for you, and none that you may know of goes on."
HOW_TO_LOOK = "Say `vote status` with a code to see one of them, such as `vote status V-7`."

TO_DO = "You have not voted yet."
DID_NOT = "You did not vote."
DID_SECRETLY = (
    "You have voted. What you chose is stored nowhere, so nobody can show it, I included."
)
RECUSED = "You have recused yourself, so you do not vote here."
NO_WEIGHT = (
    "Your department has no weight in this vote; your answer still counts among those that "
    "are needed."
)


def status_of(code: str) -> str:
    """Return the label of a button that shows one of several votes."""
    return f"Status of {code}"


def chose(label: str, *, is_open: bool) -> str:
    """Say to a voter alone what they chose."""
    said = f"You chose “{label}”. Only you see this line."
    anew = " Until the close you can choose anew; your last answer counts."
    return said + (anew if is_open else "")


def more(count: int) -> str:
    """Say how many votes are not shown."""
    return f"{count} more: `vote list` shows them." if count > 1 else "One more: see `vote list`."


def in_list(heading: str, answered: str, state: str) -> str:
    """Return the line of a vote among others."""
    return f"{heading} {answered} answered. {state}"
