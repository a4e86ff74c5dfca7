"""What is said to the departments that have a part in an incident."""

from collections.abc import Sequence

from workflows.incidents.rules import Part, State
from workflows.incidents.texts import STATES
from workflows.reports.rules import Category, Severity
from workflows.reports.texts import CATEGORIES, SEVERITIES

HELP_ENGAGE = "Ask one more department to act on the incident that you lead."
USAGE_ENGAGE = "SI-42 hr"
ON_IT, HAND = "I am on it", "Hand to deputy"
BY = "Answer by"
#: What is asked of a department, until the lead says more.
ASKS = {
    Part.RESPONDS: (
        "Say that you are on it, look at what it means for your department, and tell the lead "
        "what you need."
    ),
    Part.INFORMED: "You need to do nothing now. The lead tells you when that changes.",
}
IS_ON_IT = "Somebody of your department is on it."


def happened(code: str, category: Category, severity: Severity) -> str:
    """Say to a department what happened, in words that need no explanation."""
    return (
        f"{code}: a security incident that your department has a part in. "
        f"{CATEGORIES[category]}; {SEVERITIES[severity]}."
    )


def asked(title: str, part: Part) -> str:
    """Say that a department has a part."""
    return f"{title}: asked to respond." if part is Part.RESPONDS else f"{title}: informed."


def silent(title: str) -> str:
    """Say that a department has not answered in time."""
    return f"{title} has not answered in time. Who comes next there is asked."


def is_on_it(title: str) -> str:
    """Say that a department is on it."""
    return f"{title} is on it."


def handed(title: str) -> str:
    """Say that somebody handed over."""
    return f"{title}: handed on to who comes next there."


def nobody_left(title: str) -> str:
    """Say that everybody of a department was asked."""
    return f"{title}: nobody there is left to ask."


def call_them(title: str, code: str) -> str:
    """Tell the lead that nobody of a department answered."""
    return (
        f"Nobody of {title} has said that they are on {code}, and nobody is left to ask there. "
        "Call them, or let somebody in who can act for them."
    )


def said_before(title: str, code: str) -> str:
    """Say that somebody was first."""
    return f"{title} is on {code} already: somebody there was faster. Nothing was changed."


def you_are_on_it(code: str) -> str:
    """Confirm that a department is on it."""
    return f"Thank you. The others can see that your department is on {code}."


def you_handed(code: str) -> str:
    """Confirm that somebody else is asked."""
    return f"Thank you. Who comes next in your department was asked about {code}."


def is_over(code: str, state: State) -> str:
    """Say that nothing is asked of a department any more."""
    return f"{code} is {STATES[state]}, so nothing is asked of you any more. Thank you."


def held_back(code: str, titles: Sequence[str]) -> str:
    """Tell the lead which departments the matrix names, and were not asked."""
    return (
        f"{code} would usually have these departments act: {', '.join(titles)}. Nobody there may "
        "read it now, so nobody was asked. Asking one lets in who is first there."
    )


def ask(title: str) -> str:
    """Return what a button says that asks a department."""
    return f"Ask {title}"


def asked_before(title: str, code: str) -> str:
    """Say that a department was asked already, or cannot be any more."""
    return f"{title} has a part in {code} already, or it is over. Nothing was changed."


def you_asked(title: str, code: str) -> str:
    """Confirm that a department is asked."""
    return f"{title} was asked to act on {code}."


def which_department(known: Sequence[str]) -> str:
    """Say how a department is named."""
    return f"Name one department by its key: {', '.join(known)}. Nothing was changed."
