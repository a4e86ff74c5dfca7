"""The texts of proposals and reviews that people read, in English, ready for translation."""

from collections.abc import Sequence
from typing import assert_never

from workflows.glossary.rules import (
    ANSWER_WORKING_DAYS,
    SENTENCE_WORDS_MAX,
    Act,
    Remark,
    RemarkKind,
)
from workflows.glossary.texts import DEPARTMENTS, series

ACTS = {
    Act.ADD: "New meaning",
    Act.EDIT: "New wording",
    Act.ALIAS: "New alias",
    Act.DEPRECATE: "No longer used",
    Act.IMPORT: "Import from a file",
}


HELP_ADD = "Suggest a meaning; the owners of the department approve it."
HELP_EDIT = "Suggest another wording."
HELP_ALIAS = "Suggest another name for a term."
HELP_DEPRECATE = "Suggest that a meaning is no longer used."
HELP_HISTORY = "Show how a meaning was worded before."
ADD_QUOTED = "Add to glossary"
HELP_ADD_QUOTED = "Suggest the words of this message for the glossary."
APPROVE = "Approve"
DECLINE = "Decline"
UNDO = "Undo"
REVERT = "Bring this wording back"

FORM_ADD = "Suggest a meaning"
FORM_EDIT = "Suggest a change"
FORM_DECLINE = "Decline a suggestion"
SEND = "Send to the owners"
HINT_PLAIN = "For a colleague who has never heard it: short sentences, no acronyms."
HINT_LISTED = "Put a bar (|) between several."
WHY = "What should be different?"
HINT_WHY = "The person who suggested it reads this."
DEPARTMENT = "Whose word it is"
KIND = "What it is"

HOW_TO_ALIAS = "Write it as `term alias LH = legal hold`. Nothing was changed."
OWN_PROPOSAL = (
    "You suggested this yourself, so another owner decides. "
    "It stays open, and the other owners have been asked."
)
APPROVED_VERB = "approved"
DECLINED_VERB = "declined"
SEAT_FILLED = "Somebody of your department has agreed already. It waits for the other department."
SEAT_TAKEN = "You have already agreed to this. It now waits for the other department."
WORDING_MOVED = (
    "The wording was changed after this was suggested, so it cannot be approved as it stands. "
    "Nothing was changed. Decline it, and suggest the change again on the new wording."
)
CANNOT_UNDO = (
    "This can no longer be undone: ten minutes have passed, or something newer builds on it. "
    "Nothing was changed. `term history` brings an earlier wording back."
)
REOPENED = "It is undone, and the suggestion waits again for a decision."
COULD_BE_PLAINER = "It could be made plainer still; you can suggest a change at any time."
SAME_WORDING = "That is how it is worded already, so nothing was sent."
NOBODY_TO_ASK = (
    "There is nobody else yet who could approve it. "
    "It is kept, and waits until an admin of Parley names another owner."
)


def which_sense(verb: str) -> str:
    """Say how a meaning is named."""
    return (
        f"Tell me which meaning, such as `term {verb} EDRM` or `term {verb} SOC --dept=legal`. "
        f"`term list` shows their numbers, which work too: `term {verb} 12`. Nothing was changed."
    )


def sense_exists(label: str, department: str) -> str:
    """Say that a department has a meaning for a term already."""
    return (
        f"{DEPARTMENTS[department]} already has a meaning for “{label}”. "
        f"Nothing was changed. Suggest another wording with `term edit {label}`."
    )


def asked_owners(names: Sequence[str], seats: Sequence[str]) -> str:
    """Thank for a proposal and say who decides, for which departments."""
    if not names:
        return f"Thank you. {NOBODY_TO_ASK}"
    have = "has" if len(names) == 1 else "have"
    if len(seats) == 1:
        return f"Thank you. {series(names)} can approve it and {have} been asked."
    departments = series([DEPARTMENTS[seat] for seat in seats])
    return (
        f"Thank you. It needs one owner each of {departments}. "
        f"{series(names)} can approve it and {have} been asked."
    )


def nobody_owns(seat: str) -> str:
    """Tell an admin that a department lacks an owner."""
    return (
        f"A suggestion for the glossary waits, and nobody can approve it for {DEPARTMENTS[seat]}. "
        "Please make at least two people owners of that department's vocabulary."
    )


def proposal_heading(act: Act, label: str, department: str) -> str:
    """Return a proposal's heading."""
    where = f" ({DEPARTMENTS[department]})" if department else ""
    return f"{ACTS[act]}: {label}{where}"


def proposed_by(name: str) -> str:
    """Say who suggests it."""
    return f"Suggested by {name}."


def agreed_so_far(seat: str, name: str) -> str:
    """Say that one department has agreed."""
    return f"{name} agreed for {DEPARTMENTS[seat]}."


NOW = "Now"
SUGGESTED = "Suggested"
CHANGES_TO = "Instead"


def approved_by(name: str) -> str:
    """Say who approved it; the time follows."""
    return f"Approved by {name}, "


def declined_by(name: str) -> str:
    """Say who declined it; the time follows."""
    return f"Declined by {name}, "


def too_late(name: str, verb: str, at: str) -> str:
    """Say who was faster."""
    return f"{name} {verb} this on {at}. Nothing was changed by your press."


def remark(found: Remark) -> str:
    """Say what could be made plainer."""
    match found.kind:
        case RemarkKind.LONG_SENTENCE:
            return (
                f"The sentence that begins “{found.detail} …” "
                f"has more than {SENTENCE_WORDS_MAX} words."
            )
        case RemarkKind.ACRONYM:
            return f"“{found.detail}” is not spelt out."
        case _:
            assert_never(found.kind)


def define(word: str) -> str:
    """Return the label of the button that suggests a meaning for an acronym."""
    return f"Suggest a meaning for {word}"


def use_instead(replaced_by: str) -> str:
    """Say what to use in place of a deprecated meaning."""
    return f"Say “{replaced_by}” instead." if replaced_by else "Nothing takes its place."


def approved(label: str) -> str:
    """Confirm to an owner that a change is published."""
    return f"Thank you. What was suggested for “{label}” is in the glossary now."


def approved_for_you(label: str, name: str) -> str:
    """Tell a proposer that a change is published."""
    return f"{name} approved your suggestion for “{label}”. It is in the glossary now. Thank you."


def half_agreed(seats: Sequence[str]) -> str:
    """Say which departments are still to agree."""
    names = [DEPARTMENTS[seat] for seat in seats]
    return f"Thank you. It still needs the agreement of {series(names)}."


def declined(label: str, name: str, note: str) -> str:
    """Tell a proposer that it was declined, and why."""
    return (
        f"{name} declined your suggestion for “{label}” and wrote: “{note}” "
        "You can change it and suggest it again."
    )


def declined_receipt(name: str) -> str:
    """Confirm to an owner that the proposer is told."""
    return f"It is declined, and {name} is told why."


def version(number: int) -> str:
    """Return the name of a version."""
    return f"Version {number}"


def history_of(label: str) -> str:
    """Return the heading of a history."""
    return f"How “{label}” was worded"


def reverted(label: str, number: int) -> str:
    """Confirm that an earlier wording is back."""
    return f"“{label}” reads again as in version {number}."


# Reviews --------------------------------------------------------------------------------------

HELP_REVIEW = "Read your department's terms again when it is time."
STILL_RIGHT = "Still right"
EDIT = "Edit"
SEE_REVIEWS = "Show what is due"
HAND_OVER = "Hand over"
FORM_HAND_OVER = "Hand a review over"
NEW_KEEPER = "Who should read it from now on?"
NOTHING_DUE = "Nothing of yours is due for a review. Thank you for keeping it that way."
NOT_AN_OWNER = (
    "This person is no owner of that department's vocabulary. "
    "Choose another owner, or ask an admin to make them one."
)


def reviewed(label: str) -> str:
    """Thank for a review."""
    return f"Thank you. “{label}” counts as read today."


def due(shown: int, total: int) -> str:
    """Ask for reviews, and say how many of them are *shown*."""
    if total == 1:
        return "This meaning is due for a review. Read it, and say whether it still holds."
    ask = "Read each one, and say whether it still holds."
    if shown == total:
        return f"These meanings are due for a review. {ask}"
    return f"{total} meanings are due for a review; these are the first {shown}. {ask}"


def review_asked(label: str, department: str) -> str:
    """Ask a keeper to read a meaning again."""
    return (
        f"Please read “{label}” ({DEPARTMENTS[department]}) again: its review is due. "
        "`term review` shows everything that waits for you."
    )


def reviews_asked(count: int, labels: Sequence[str]) -> str:
    """Ask a keeper to read several meanings again."""
    named = ", ".join(labels).removesuffix(".")
    return f"Please read {count} meanings again, since their review is due: {named}."


def digest(count: int) -> str:
    """Say in the weekly digest how much is due."""
    what = "meaning is" if count == 1 else "meanings are"
    return f"{count} {what} due for a review in your part of the glossary."


def handed_over(label: str, name: str) -> str:
    """Confirm that somebody else keeps a meaning."""
    return f"{name} now keeps “{label}” and has been told."


def now_yours(label: str, name: str) -> str:
    """Tell the new keeper."""
    return f"{name} asked you to keep “{label}” in the glossary up to date. `term review` opens it."


WAITING = "Waiting for you"


def to_decide(labels: Sequence[str]) -> str:
    """Say on an owner's Home which suggestions wait."""
    what = "A suggestion waits" if len(labels) == 1 else "Suggestions wait"
    card = "Its card is" if len(labels) == 1 else "Their cards are"
    named = ", ".join(labels).removesuffix(".")
    return f"{what} for your decision: {named}. {card} in our own chat."


def waiting_long(label: str) -> str:
    """Remind the owners of a proposal."""
    return (
        f"The suggestion for “{label}” has waited for {ANSWER_WORKING_DAYS} working days. "
        "Please approve or decline it; its card is further up in this conversation."
    )
