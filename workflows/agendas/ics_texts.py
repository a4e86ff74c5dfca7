"""What is said of calendars, in English, ready for translation."""

HELP = "Get the dates of a meeting for your calendar."
USAGE = "[AG-3]"
HERE = "The dates as they are now. A file follows no later change; ask again for a new one."
SUBSCRIBE = "Your calendar can follow the meeting, with every later change, from this address:"
KEEP_IT = "Whoever has the address sees the meeting's name and dates, and nothing of its agenda."
LABEL = "Follow in your calendar"
NO_ADDRESS = (
    "A calendar that follows every change needs the address at which Parley is reached from "
    "outside. Whoever runs Parley sets PARLEY_PUBLIC_URL, or hands out a file with "
    "`python app.py export agenda`."
)


def description(code: str) -> str:
    """Say in a calendar where the agenda is."""
    return f"The agenda of {code} is posted in its channel before the meeting begins."


def sent(name: str) -> str:
    """Say where the file went."""
    return f"I sent you the dates of “{name}” in our own chat."


def alt(name: str) -> str:
    """Say what is in the file."""
    return f"the dates of “{name}” for your calendar."
