"""What the forms say with which owners change an agenda, in English, ready for translation."""

from workflows.agendas.arranging import Move
from workflows.agendas.rules import Part
from workflows.agendas.texts import TITLES

REORDER, DROP, REWORD = "Change the order", "Leave out", "Change words"
SUBMIT = "Change"
WHAT, WHERE = "What", "Where to"
MOVES = {
    Move.FIRST: "To the top",
    Move.EARLIER: "One up",
    Move.LATER: "One down",
    Move.LAST: "To the bottom",
}
HINT_REORDER = "A part moves among the parts, an item within its part."
LEFT_OUT = "What is left out of this agenda"
HINT_LEFT_OUT = "Take the mark from something to have it back."
WORDS = "What it says instead"
HINT_WORDS = (
    "Everybody who reads the agenda reads this, so name candidates by their codes. Leave it empty "
    "to have Parley's own words back. Where guests or other companies read, it is not shown."
)
CHANGED = "Changed. Your draft shows it within a minute, and so does all that is posted of it."
NOTHING = "Nothing is on this agenda that could be changed. You can add a topic."


def part(title: Part) -> str:
    """Name a part in a list."""
    return f"{TITLES[title]}: all of it"


def item(title: Part, words: str) -> str:
    """Name an item in a list."""
    return f"{TITLES[title]}: {words}"
