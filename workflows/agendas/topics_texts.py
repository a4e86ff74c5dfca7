"""What is said about topics that people add, in English, ready for translation."""

from workflows.agendas.rules import LONGEST_TOPIC, TopicState

HELP_ADD = "Put a topic on the next agenda, perhaps with minutes and with who speaks about it."
USAGE_ADD = '"Badge rollout" 5m @tom [AG-3]'
HELP_LIST = "Show the topics that wait for the next agenda, and those that are parked."
USAGE_SERIES = "[AG-3]"
HELP_PARK = "Park a topic: it stands on the agenda after the next one, or after this one."
HELP_WITHDRAW = "Take a topic back that nobody needs to talk about."
USAGE = "TP-5"
ADD, FORM, SEND = "Add a topic", "Add a topic", "Add it"
TOPIC, MINUTES, WHO = "What is to be talked about?", "How many minutes?", "Who speaks about it?"
NONE = "No topic waits for an agenda."
STATES = {TopicState.OPEN: "on the next agenda", TopicState.PARKED: "parked"}
SAY_WHAT = (
    'Say what is to be talked about, such as `agenda add "Badge rollout" 5m @tom`. '
    "Nothing was added."
)
TOO_LONG = f"A topic has at most {LONGEST_TOPIC} characters. Say it in fewer. Nothing was added."
PIECES = (
    "Put the topic in quotes, then the minutes and who speaks about it, such as "
    '`agenda add "Badge rollout" 5m @tom`. Nothing was added.'
)
NO_TIME = "A topic takes from 1 to 240 minutes. Nothing was added."
OVER = "That topic waits for no agenda any more. Nothing was changed."


def waiting(name: str) -> str:
    """Return what heads the topics of a series."""
    return f"Topics of {name}:"


def added(code: str) -> str:
    """Say that a topic stands on the next agenda."""
    return f"{code} stands on the next agenda. `agenda withdraw {code}` takes it back."


def parked(code: str) -> str:
    """Say that a topic stands on the agenda after this one."""
    return f"{code} is parked: it stands on the agenda of the meeting after this one."


def too_late(code: str) -> str:
    """Say that the agenda was published before a topic came."""
    return (
        f"The agenda is published already, so {code} is parked: it stands on the one after it. "
        "If it cannot wait, raise it in the meeting."
    )


def withdrawn(code: str) -> str:
    """Say that a topic is taken back."""
    return f"{code} is taken back."


def line(code: str, text: str, state: TopicState) -> str:
    """Return a topic on one line."""
    return f"{code}: {text} ({STATES[state]})"
