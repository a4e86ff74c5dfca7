"""What stands in the record of a vote around what people wrote, in English."""

from collections.abc import Mapping

from workflows.votes.rules import Stance

USAGE = "V-7 [--json]"
HELP = "Shows the record of a closed vote, and whether the audit confirms it."
USAGE_BALLOTS = "V-7"
HELP_BALLOTS = "Shows auditors who voted what in a confidential vote; that they read it is kept."

NOT_YET = "There is no record before the close. Until then, this is all that can be told."
OPENED, CLOSED, MODE, AUTHORITY, NOTE = "Opened", "Closed", "Who sees what", "Decides", "Note"
ASKED, ANSWERS, ELECTORATE, VETOES, DECISION = (
    "What was asked",
    "Answers on offer",
    "Who could vote",
    "Vetoes",
    "What was decided",
)
VOTED, DID_NOT_VOTE, RECUSED = "Voted", "Did not vote", "Recused themselves"
MAY_VETO = "May veto"
BY_SIDE, BY_NAME = "Votes by side", "Votes by name"
DECIDERS, STANCES = "What each of the deciders said", "How people stand to it"
EARLIER = "Earlier wordings"
RATIONALE, VETO_REASON = "Why", "Why"
SIDE, PERSON, ANSWER, REASON = "Side", "Who", "Answer", "Why"
NOT_DECIDED = "Nothing was decided yet."
CANCELLED = "It was cancelled. Nothing was decided."
NEVER_COUNTED = "It was replaced before its close, so its votes were void."
CUT = (
    "Long texts are cut here. The whole record can be written to a file: "
    "`python app.py export vote`, for those who run Parley."
)
AUDITED = "That you have read this is kept in the audit."
NO_BALLOTS_COUNTED = "Nobody's vote was counted."

STANCES_SAID: Mapping[Stance, str] = {
    Stance.AGREE: "agrees",
    Stance.COMMIT: "disagrees, and commits",
    Stance.OBJECT: "objects",
}


def heading(code: str) -> str:
    """Return the title of a record."""
    return f"Record of {code}"


def ballots_heading(code: str) -> str:
    """Return the title of what auditors read."""
    return f"Who voted what in {code}"


def wording(version: int) -> str:
    """Return the title of one of several wordings."""
    return f"Wording {version}"


def ballots_wait(code: str) -> str:
    """Say that nobody reads votes before the close."""
    return f"{code} is still open. Who voted what can be read after its close, not before."


def no_ballots(code: str) -> str:
    """Say that a secret vote has no ballots to read."""
    return f"{code} is secret: who voted what is stored nowhere, so nobody can read it."


def proof(digest: str, entry: int | None) -> str:
    """Say what the audit confirms of a record, and what it does not."""
    sealed = f"sha256 {digest}."
    if entry is None:
        return (
            "Nothing confirms this record: the audit holds no such hash as its last word on it. "
            f"Unless a decision is still awaited, tell an admin of Parley. {sealed}"
        )
    return (
        f"Entry {entry} of the audit confirms this record. "
        f"`python app.py audit verify` confirms the audit. {sealed}"
    )


def too_long(code: str) -> str:
    """Say where the JSON of a long record is found."""
    return (
        f"The record of {code} is too long for a chat. Those who run Parley can write it to a "
        f"file: `python app.py export vote {code} {code}.json`."
    )


def as_json(code: str) -> str:
    """Say what follows."""
    return f"The record of {code} as JSON. Put its parts together without anything between them."


def by_answer(label: str, count: int) -> str:
    """Say how many chose an answer."""
    return f"{label} {count}"


def chose(name: str, label: str, reason: str) -> str:
    """Say who chose what, and why."""
    return f"{name}: {label}. {reason}".rstrip(" ") if reason else f"{name}: {label}"


def stance(name: str, stance: Stance, note: str) -> str:
    """Say how somebody stands to the decision."""
    said = f"{name} {STANCES_SAID[stance]}"
    return f"{said}: {note}" if note else said


def member(name: str, department: str) -> str:
    """Return somebody with the side for which they stand."""
    return f"{name} ({department})"
