"""Every text of reviews and of what is done after them, in English, ready for translation."""

from collections.abc import Iterable, Mapping

from workflows.incidents.review_tables import Cause

USAGE = "SI-42"
HELP_LEARN = "Write what your department learned from an incident."
USAGE_LEARN = "SI-42 [department]"
HELP_LEARNED = "Read the review of an incident."
HELP_PUBLISH = "Publish the review of an incident, which closes it."
HELP_MEET = "Say when those who acted meet about an incident, and what made it possible."
HELP_ACTION = "Name something that is to be done after an incident."
HELP_CHANGE = "Change an action: what, by whom, by when."
HELP_DONE = "Say that an action is done."
USAGE_ACTION = "RA-3"
LEARN, LEARNED, PUBLISH, MEET, ADD = (
    "Write a part",
    "Read the review",
    "Publish the review",
    "Meeting and cause",
    "Add an action",
)
DONE, CHANGE = "It is done", "Change it"
SAVE = "Save"
ASKS_WHAT = "Ask what happened and how, not who: names become roles when you save."
WELL, SLOWED, CHANGED = "What went well", "What slowed us", "One change"
NOTHING = "Nothing yet."
MEETING, CAUSE = "When do those who acted meet?", "What made it possible?"
CAUSES: Mapping[Cause, str] = {
    Cause.UNKNOWN: "Not known",
    Cause.DECEPTION: "Somebody was deceived",
    Cause.ACCESS: "A right that was too wide or too old",
    Cause.CREDENTIAL: "A password or key that was known or weak",
    Cause.FLAW: "Software, or how it was set up",
    Cause.PROCESS: "A step that was missing or unclear",
    Cause.SUPPLIER: "A supplier",
    Cause.LOSS: "A device or paper that was lost",
    Cause.OTHER: "Something else",
}
WHAT, OWNER, DUE, DEPARTMENT = (
    "What is to be done?",
    "Who does it?",
    "By when?",
    "Which department?",
)
HINT_OWNER = "They must be able to read the incident. Leave it empty to decide later."
ACTIONS = "What is to be done"
NOBODY, NO_DAY, IS_DONE = "nobody yet", "no day yet", "done"
NOT_YOURS = (
    "Only somebody of that department, or the lead of the incident, writes that. "
    "Nothing was changed."
)
CANNOT_READ = (
    "They cannot read this incident, so they would not know what to do. Let them in first with "
    "`security invite`, or choose somebody else."
)
DONE_ALREADY = "That is done already. Nothing was changed."
SAVED_MEETING = "Saved. Those who look at the review see it."


def title(code: str, department: str) -> str:
    """Return what stands above the form of a department."""
    return f"{code}: {department}"


def heading(code: str) -> str:
    """Return what stands above a review."""
    return f"Review of {code}"


def not_in_review(code: str) -> str:
    """Say that an incident is not reviewed now."""
    return f"{code} is not in review now. Nothing was changed."


def which(code: str, departments: Iterable[str]) -> str:
    """Ask for which department somebody writes."""
    return (
        f"Say for which department, such as `security learn {code} hr`: "
        f"{', '.join(departments)}. Nothing was changed."
    )


def saved(department: str, names: int) -> str:
    """Confirm a part, and say what was changed in it."""
    text = f"What {department} learned is saved."
    if names == 1:
        return f"{text} One name became a role."
    return f"{text} {names} names became roles." if names else text


def saved_meanwhile(code: str) -> str:
    """Say that somebody else of the department was faster."""
    return (
        "A colleague saved this part after you had opened it. Copy what you wrote, say "
        f"`security learn {code}`, and add it to theirs."
    )


def wrote(department: str) -> str:
    """Say in the timeline that a department wrote its part."""
    return f"{department} wrote its part of the review."


def action(code: str, what: str, owner: str, due: str) -> str:
    """Say in a line what is to be done."""
    return f"{code}: {what} ({owner}, {due})"


def action_saved(code: str) -> str:
    """Confirm an action."""
    return f"{code} is saved."


def action_done(code: str) -> str:
    """Confirm that an action is done."""
    return f"{code} is done. Thank you."


def not_ready(code: str, missing: Iterable[str]) -> str:
    """Say what stands in the way of publishing."""
    return (
        f"The review of {code} cannot be published yet. Each of these needs somebody who is here "
        f"and does it, and a day: {', '.join(missing)}. Say so with `security action change`. "
        "Nothing was changed."
    )


def nothing_written(code: str) -> str:
    """Say that there is nothing to publish."""
    return (
        f"No department has written its part of {code} yet. Write yours with "
        f"`security learn {code}`, or ask another to. Nothing was changed."
    )


def published(code: str) -> str:
    """Say that the review can be read."""
    return f"The review of {code} is published."


def meet(code: str) -> str:
    """Ask the lead for a meeting."""
    return (
        f"No meeting about {code} is planned yet. Say when with `security meeting {code}`; an "
        "hour with those who acted is enough."
    )


def remind(code: str, incident: str, what: str, due: str) -> str:
    """Remind somebody of an action."""
    return f"{code}, from the review of {incident}, is due on {due}: {what}"
