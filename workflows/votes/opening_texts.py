"""What is said when a vote is opened, and when the weights of departments are agreed on."""

from collections.abc import Iterable, Mapping, Sequence

from workflows.votes.rules import Authority, Basis, Dispute, Mode
from workflows.votes.texts import DISPUTES, MODES

# The doors --------------------------------------------------------------------------------

ESCALATE = "Escalate disagreement"
HELP_ESCALATE = "Put a disagreement to a vote with a rule, a deadline and one decider."
USAGE_ESCALATE = '[C-104 | S-12 --type=timeline] ["<question>"]'
HOW_TO_ESCALATE = (
    'Name a candidate or a search, and ask a question: `escalate C-104 "Can she learn this in six '
    'months?"` or `escalate S-12 --type=timeline`. Or press the button and fill in the form.'
)
HELP_QUOTED = "Put the disagreement in this thread to a vote."

# The form ---------------------------------------------------------------------------------

FORM = "Escalate disagreement"
OPEN = "Open the vote"
SUBJECT = "About"
HINT_SUBJECT = "A candidate such as C-104, or a search such as S-12."
DISPUTE = "What is disputed"
QUESTION = "Question"
HINT_QUESTION = "One that can be answered by the choices below. Name nobody: codes are enough."
MODE = "Who learns what somebody voted"
DURATION = "How long people can vote, in working time"
HINT_DURATION = "For example 2d or 6h: at least 4 working hours, at most 10 working days."
OPTIONS = "Choices"
HINT_OPTIONS = "One on each line. Left empty, the usual ones. Everybody may also abstain."
DECIDER = "Who decides"
HINT_DECIDER = (
    "Left empty, the hiring manager. Only who looks after the search can choose somebody else."
)
QUORUM = "So many of a hundred must answer"
THRESHOLD = "The share that a choice needs, in percent"
WEIGHTS = "Weights of the departments"
HINT_WEIGHTS = (
    "For example security=60 ta=40. Left empty, as both owners agreed for this kind of dispute. "
    "Only who looks after the search can set others."
)
BASIS = "What a weight belongs to"
BASES: Mapping[Basis, str] = {
    Basis.BLOCK: "The department, shared evenly by its ballots",
    Basis.PER_PERSON: "Each ballot of the department",
}
AUTHORITY = "What the result is"
AUTHORITIES: Mapping[Authority, str] = {
    Authority.ADVISORY: "A recommendation: the decider confirms or overrides it",
    Authority.BINDING: "The decision, unless a veto is upheld",
}
REST_IS_FINE = "All below may stay as it is."
MODE_NAMES: Mapping[Mode, str] = {
    Mode.NAMED: "Named",
    Mode.CONFIDENTIAL: "Confidential",
    Mode.SECRET: "Secret",
}

# What does not fit ------------------------------------------------------------------------

WHICH_SUBJECT = "Please name a candidate such as C-104, or a search such as S-12."
WHICH_SEARCH = "This candidate is in several searches. Name one as well, such as C-104 S-12."
ABOUT_SOMEBODY = "Suitability is about a candidate. Please name one, such as C-104."
ABOUT_SOMETHING = (
    "A timeline, a process or a requirement is a search's. Please name that, such as S-12."
)
BAD_DURATION = "Please type working hours or days, such as 6h or 2d, between 4h and 10d."
DECIDER_OUT = "They cannot decide about this one. Please choose a colleague who has no part in it."
NOBODY_KNOWN = "Nobody is known by this account. Please choose a colleague whom Parley knows."
NO_DECIDER = (
    "The search has no hiring manager who could decide. Please choose a colleague who decides."
)
ONLY_KEEPERS = (
    "Only who looks after the search can set this: its owners, its hiring manager and recruiters. "
    "Please leave it as it was, or ask one of them to open the vote."
)


def which_type(known: Iterable[Dispute]) -> str:
    """Ask for a kind of dispute that there is."""
    return f"Please name what is disputed as --type=, one of: {', '.join(known)}."


def long_question(longest: int) -> str:
    """Say how long a question may be."""
    return f"Please ask in {longest} characters or fewer."


def electors_off(count: int, fewest: int, most: int) -> str:
    """Say that too few or too many could vote."""
    return (
        f"{count} people could vote on this, and a vote needs {fewest} to {most}. "
        "Nothing was opened. Add interviewers, a hiring manager or the owners to the search."
    )


def nobody_of(departments: Sequence[str]) -> str:
    """Say that a department has a weight and nobody to use it."""
    return (
        f"Nobody who could vote is of {', '.join(departments)}, so its weight would be lost. "
        "Add somebody of that department to the panel, or open the vote with other weights."
    )


def too_few_for_secret(fewest: int) -> str:
    """Say why a vote of so few cannot be secret, and offer what can be kept."""
    return (
        f"With fewer than {fewest} electors of a department that has a weight, the result would "
        f"tell who voted what. Please choose confidential. {MODES[Mode.CONFIDENTIAL]}"
    )


def open_already(code: str) -> str:
    """Say that there is a vote about the same already."""
    return f"{code} is about the same, and is not over. Please go on there; nothing was opened."


# When it is open --------------------------------------------------------------------------

INVITATION = "You are asked to vote."
UNTIL_CLOSE = "How it stands is shown to nobody before the close."
YOU_DECIDE = "You are named as the one who decides. You will be asked after the close."
WEIGHTLESS = (
    "Your department carries no weight in this vote. You may vote all the same, and that you "
    "answered counts for the quorum."
)


def opened(code: str, electors: int, *, is_shown: bool) -> str:
    """Thank who opened a vote, and say what happens next."""
    said = f"Thank you, {code} is open. {electors} people were asked privately to vote."
    if is_shown:
        return said
    return f"{said} Its card is shown in no channel; each of them has it."


# Weights ----------------------------------------------------------------------------------

HELP_WEIGHTS = "Show or suggest how much each department weighs in votes."
USAGE_WEIGHTS = "[technical security=55 ta=45]"
WEIGHTS_TITLE = "Weights of the departments, by what is disputed"
HOW_TO_WEIGH = (
    "An owner of one of the two departments suggests others with "
    "`vote weights technical security=55 ta=45`; an owner of the other one agrees."
)
AGREE = "Agree"
BAD_WEIGHTS = "Please give each department a whole number, 100 in all, such as security=55 ta=45."
NOT_AN_OWNER = (
    "Only owners of the two departments suggest weights. Please ask one of them; nothing was "
    "changed."
)
SAME_WEIGHTS = "These weights are in force already. Nothing was changed."
OVERTAKEN = "Newer weights were suggested or agreed on since. Nothing was changed."


def unknown_departments(named: Sequence[str], known: Iterable[str]) -> str:
    """Say which departments there are."""
    return f"No department is called {', '.join(named)}. There are: {', '.join(sorted(known))}."


def weighed(dispute: Dispute, weights: Mapping[str, int]) -> str:
    """Return one line of the weights, as people type them."""
    shares = " ".join(f"{department}={weight}" for department, weight in weights.items())
    return f"{DISPUTES[dispute]} ({dispute}): {shares}"


def suggested(who: str, dispute: Dispute, weights: Mapping[str, int]) -> str:
    """Ask the owners of the other department whether they agree."""
    return (
        f"{who} suggests other weights for votes: {weighed(dispute, weights)}. They count for "
        "votes that are opened after an owner of the other department agreed."
    )


def suggestion_sent(owners: Sequence[str]) -> str:
    """Tell who suggested weights what happens next."""
    if not owners:
        return (
            "Your weights are kept, but nobody owns the other department, so nobody can agree. "
            "Please ask an admin to name an owner there."
        )
    return f"Your weights wait for one of: {', '.join(owners)}."


def agreed(who: str, dispute: Dispute, weights: Mapping[str, int]) -> str:
    """Say that weights are in force."""
    return f"{who} agreed. For votes opened from now on: {weighed(dispute, weights)}."
