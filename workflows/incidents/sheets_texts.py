"""What is said of an incident's facts, and of the words in which a department hears them."""

from collections.abc import Sequence

from workflows.incidents.rules import State
from workflows.incidents.texts import STATES

HELP = "Write the facts of the incident that you lead once, for every department; others read them."
USAGE = "SI-42"
BUTTON, FORM, SUBMIT = "Fact sheet", "Facts for everybody", "Draft the words"
FACTS = {
    "what": "What happened?",
    "since": "Since when?",
    "affected": "Who is affected?",
    "doing": "What do we do?",
    "unknown": "What is not known yet?",
}
APPROVE, EDIT = "Approve", "Edit"
EDIT_SUBMIT = "Approve these words"
TEXT, ASK, OWNER, BY = "What they hear", "What is asked", "Who sees to it", "Until when"
HINT_ASK = "Leave it empty to ask for less."
NEEDS_BOTH = "Say who sees to it and until when, or leave what is asked empty."
ANSWER_BY = "Without an answer it goes out as it is, marked as not reviewed, at"
#: What an incident means for a department, until somebody there says it better.
IMPACTS = {
    "hr": "colleagues may turn to you, and what is said to them matters.",
    "ta": "it may touch candidates, interviews or the tools you hire with.",
    "legal": "it may touch personal data, contracts or duties to report.",
    "comms": "people may ask you about it; nothing is public.",
    "it": "accounts, devices or systems that you run may be part of it.",
    "finance": "payments or account details may be part of it.",
    "facilities": "doors, badges or visitors may be part of it.",
    "exec": "a decision may be needed from you soon.",
}
ANY_IMPACT = "your daily work may be touched."
ASKS = {
    "hr": "Say whom colleagues can turn to, and keep the matter among those who act on it.",
    "ta": "Say which candidates and interviews are concerned.",
    "legal": "Say whether personal data is concerned and what has to be kept.",
    "comms": "Send questions from outside to the lead, and answer none alone.",
    "it": "Say which accounts and systems are concerned and what you have stopped.",
    "finance": "Hold payments that are concerned until somebody has called back.",
    "facilities": "Say which doors and badges are concerned.",
    "exec": "Be within reach of the lead until it is contained.",
}
ANY_ASK = "Tell the lead what you see and what you need."
NO_SHEET = "The lead has not written the facts down yet. Ask them, or look at the timeline."
NEWER = "The lead has written newer facts since. Look at the newest words. Nothing was changed."
EXPLAINED_ALREADY = "That word is explained already. Nothing was changed."


def since(text: str) -> str:
    """Return a line of a department's text."""
    return f"Since: {text}"


def affected(text: str) -> str:
    """Return a line of a department's text."""
    return f"Affected: {text}"


def for_you(text: str) -> str:
    """Return a line of a department's text."""
    return f"For you: {text}"


def doing(text: str) -> str:
    """Return a line of a department's text."""
    return f"What we do: {text}"


def unknown(text: str) -> str:
    """Return a line of a department's text."""
    return f"Not known yet: {text}"


def form(code: str) -> str:
    """Return what stands above the form of the facts."""
    return f"{code}: facts"


def edit(code: str) -> str:
    """Return what stands above the form of a department's words."""
    return f"{code}: your words"


def heading(code: str, title: str) -> str:
    """Return what stands above a department's words."""
    return f"{code} for {title}"


def draft_heading(code: str, title: str) -> str:
    """Return what stands above words that a department looks at first."""
    return f"{code}: a draft for {title}. Approve it, or say it better."


def not_reviewed(title: str) -> str:
    """Mark words that went out without an answer."""
    return f"Not yet reviewed by {title}."


def sheet_heading(code: str) -> str:
    """Return what stands above the facts."""
    return f"{code}: the facts as its lead tells them."


def drafted(code: str, titles: Sequence[str]) -> str:
    """Confirm the facts, and say who looks at the words for whom."""
    if not titles:
        return f"The facts of {code} are kept. No department has a part in it yet."
    return (
        f"The facts of {code} are kept. Each of these departments has a draft of its own words "
        f"to approve: {', '.join(titles)}."
    )


def unexplained(labels: Sequence[str]) -> str:
    """Say which words only some understand."""
    return (
        f"Not everybody there knows these words: {', '.join(labels)}. "
        "The glossary can explain them in the same message."
    )


def explain(label: str) -> str:
    """Return what a button says that has a word explained."""
    return f"Explain “{label}”"


def will_explain(label: str) -> str:
    """Confirm that a word is explained."""
    return f"“{label}” is explained now wherever it stands."


def explanation(label: str, plain: str) -> str:
    """Explain a word."""
    return f"{label}: {plain}"


def asked(what: str, owner: str, by: str) -> str:
    """Return one thing that is asked."""
    return f"{what} ({owner}, by {by})"


def approved(code: str) -> str:
    """Confirm that words go out."""
    return f"Thank you. These words about {code} go out as you want them."


def approved_before(code: str) -> str:
    """Say that somebody was first."""
    return f"Somebody of your department was faster with {code}. Nothing was changed."


def sent_unreviewed(title: str) -> str:
    """Note that words went out without an answer."""
    return f"The words for {title} went out. They are not yet reviewed there."


def sent_approved(title: str) -> str:
    """Note that a department approved its words."""
    return f"The words for {title} are as somebody there approved them."


def new_facts(edition: int) -> str:
    """Note that the lead wrote the facts down."""
    return f"The lead wrote the facts down, edition {edition}."


def is_over(code: str, state: State) -> str:
    """Say that nothing goes out any more."""
    return f"{code} is {STATES[state]}, so nothing more goes out. Nothing was changed."
