"""What is said about actions, in English, ready for translation."""

from datetime import date

from workflows.agendas.rules import MOST_CARRIED, ActionState

HELP_LIST = "Show what you have to do, or all that is open of a meeting, as in `action list AG-3`."
USAGE_LIST = "[AG-3]"
HELP_DONE = "Note that an action is done."
USAGE = "A-33"
HELP_DROP = "Drop an action that nobody needs any more."
HELP_GIVE = "Give an action to somebody else, perhaps with another day."
USAGE_GIVE = "A-33 @tia [due=fri]"
HELP_CONVERT = "Note that an action goes on as something else, such as a vote."
USAGE_CONVERT = "A-33 V-7"
DONE, DROP, GIVE = "Done", "Drop it", "Give it away"
FORM_GIVE, SEND_GIVE = "Give an action away", "Give it"
WHO, DUE, DUE_HINT = "Who does it now?", "Until when?", "Left empty, the day stays."
ASK_DROP = "Is it dropped for good? It will stand on no agenda any more."
OVERDUE = "overdue"
NOTHING_TO_DO = "You have nothing to do from any meeting. Well done."
YOURS = "What you have to do from your meetings:"
GIVE_WHOM = (
    "Name the action and who does it now, such as `action give A-33 @tia`. Nothing was changed."
)
BECOMES_WHAT = (
    "Name the action and what it goes on as, such as `action convert A-33 V-7`. "
    "Nothing was changed."
)
NOT_THEIRS = (
    "Only somebody who works here can do an action, and not everybody does. Name a colleague. "
    "Nothing was changed."
)
STATES = {
    ActionState.OPEN: "open",
    ActionState.DONE: "done",
    ActionState.DROPPED: "dropped",
    ActionState.CONVERTED: "going on as something else",
}


def kept(code: str, who: str, due: date | None) -> str:
    """Say that an action is kept."""
    return f"{code} is kept: {who} does it{by(due)}."


def yours(code: str, due: date | None) -> str:
    """Say that an action is kept for whoever named it."""
    return f"{code} is kept and yours{by(due)}. `action give {code} @somebody` gives it away."


def by(due: date | None) -> str:
    """Return until when, as it ends a sentence."""
    return f" by {due}" if due else ""


def nothing_open(name: str) -> str:
    """Say that a series has no open action."""
    return f"Nothing is open of {name}."


def open_of(name: str) -> str:
    """Return what heads the open actions of a series."""
    return f"What is open of {name}:"


def closed(code: str, state: ActionState, became: str = "") -> str:
    """Say that an action is no longer open."""
    match state:
        case ActionState.DONE:
            return f"{code} is done. Thank you."
        case ActionState.DROPPED:
            return f"{code} is dropped, and comes back on no agenda."
        case _:
            return f"{code} goes on as {became}, and comes back on no agenda."


def closed_before(code: str, state: ActionState) -> str:
    """Say that an action was not open any more."""
    return f"{code} is {STATES[state]} already. Nothing was changed."


def given(code: str, who: str, due: date | None) -> str:
    """Say that somebody else does an action now."""
    return f"{who} does {code} now{by(due)}, and has been told."


def passed_to_you(by_whom: str, code: str, what: str, due: date | None) -> str:
    """Tell somebody that an action is theirs."""
    return f"{by_whom} gave you {code}{by(due)}: {what}"


def taken_from_you(code: str, who: str) -> str:
    """Tell somebody that an action is not theirs any more."""
    return f"{who} does {code} now; you need not do anything about it."


def due_today(code: str, what: str, due: date) -> str:
    """Remind somebody of an action on its day."""
    return f"{code} is due on {due}: {what}"


def overdue(code: str, what: str, due: date) -> str:
    """Remind somebody of an action that is late."""
    return (
        f"{code} was due on {due}: {what}\nIs it done? If it cannot be done, drop it or give it "
        "away; else it stands on the next agenda."
    )


def do_drop_or_delegate(code: str, name: str, what: str) -> str:
    """Ask what becomes of an action that came back so often."""
    return (
        f"{code} has stood on {MOST_CARRIED} agendas of {name} or more: {what}\n"
        "Will you do it, drop it, or give it to somebody else?"
    )


def age(count: int) -> str:
    """Say how often an action stood on a later agenda."""
    if count >= MOST_CARRIED:
        return f"back for the {_nth(count)} time: do it, drop it, or give it away?"
    return f"back for the {_nth(count)} time"


def due_words(due: date | None) -> str:
    """Return until when, as a remark."""
    return f"due {due}" if due else "without a day"


def _nth(count: int) -> str:
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")  # noqa: PLR2004 - English numbers
    return f"{count}{ending}"
