"""What people read who cast a ballot, or recuse themselves."""

from collections.abc import Iterable

from workflows.votes.rules import Mode

HELP = "Vote in your own chat with Parley, or see what waits for you."
USAGE = "V-7 advance “why”"
HELP_RECUSE = "Step back from a vote because you are not free to judge."
USAGE_RECUSE = "V-7 “why”"

WHICH = "Please name the vote, such as V-7."
REASON, REASON_IF_ANY = "Why?", "Why (if you like)"
REASON_HINT = "What did you see or hear? It is kept with your vote."
SEND = "Vote"
YOUR_CHOICE = "Your vote now"
CLOSES = "Closes"
RECUSE = "Recuse yourself"
RECUSE_HINT = "For instance, that you know the candidate well. It is kept, sealed."
RECUSE_TITLE = "Step back from {code}"
ONLY_ONCE = "A secret vote cannot be changed: nobody can find it again, Parley included."
NEW_WORDING = (
    "The question, the answers or the weights have changed since then, and all votes were put "
    "aside. Nothing was counted; please vote on what is asked now."
)
NOT_HERE = (
    "Nothing was counted: others read what is said here. "
    "Please vote with these buttons, which only you see, or in your own chat with Parley."
)
WHERE: dict[Mode, str] = {
    Mode.NAMED: (
        "Only you see this now; after the close it can be read by name. "
        "Until then you can change it, and the last one counts."
    ),
    Mode.CONFIDENTIAL: (
        "Only you see this now; after the close only an auditor can. "
        "Until then you can change it, and the last one counts."
    ),
}


def counted(code: str, label: str, mode: Mode) -> str:
    """Say to a voter alone what is counted."""
    return f"You voted in {code}: {label}. {WHERE[mode]}"


def in_the_urn(code: str) -> str:
    """Say that a secret vote is counted, and nothing of what it was."""
    return (
        f"Your vote in {code} is in the urn. What it was is stored nowhere beside the sums, "
        "no reason is kept, and it cannot be changed."
    )


def no_such_choice(code: str, labels: Iterable[str]) -> str:
    """Say what can be chosen."""
    offered = ", ".join(f"“{label}”" for label in labels)
    return f"{code} does not offer that. Nothing was counted; please choose one of {offered}."


def not_an_elector(code: str) -> str:
    """Say that somebody reads of a vote and has none."""
    return f"You may read {code}, but you are not among those who vote. Nothing was counted."


def recused(code: str) -> str:
    """Say that somebody has stepped back."""
    return f"You are recused from {code}, so you do not vote in it. Nothing was counted."


def stopped(code: str) -> str:
    """Say that it is too late."""
    return f"{code} is closed, so nothing was counted or changed. `vote status {code}` says more."


def voted_already(code: str) -> str:
    """Say that a secret vote is cast once."""
    return (
        f"You have voted in {code}. It is secret, so nobody can find your vote again to change "
        "it. Nothing was counted a second time."
    )


def cannot_recuse(code: str) -> str:
    """Say that a ballot in the urn cannot be taken out."""
    return (
        f"You have voted in {code}, and it is secret: nobody can find your vote again to take it "
        "out. Please tell the decider why you should not have voted."
    )


def stepped_back(code: str) -> str:
    """Say that somebody is recused."""
    return f"You are recused from {code}: you are not waited for, and no vote of yours counts."


def wrong_length(shortest: int, longest: int, length: int) -> str:
    """Say how long a typed reason may be."""
    return (
        f"Please say why in {shortest} to {longest} characters; yours has {length}. "
        "Nothing was counted."
    )


def title(code: str, label: str) -> str:
    """Return the title of the form in which somebody votes."""
    return f"{code}: {label}"


def chosen(label: str) -> str:
    """Say in the form what its sender votes."""
    return f"You chose “{label}”. It counts once you have sent this."


def stale(code: str) -> str:
    """Say that a form belongs to an older wording."""
    return f"{NEW_WORDING} `vote {code}` shows your ballot."
