"""What is said when two incidents become one, or two again."""

from collections.abc import Sequence

HELP_MERGE = "Make an incident part of another: they are one matter."
HELP_UNMERGE = "Take an incident out of another again."
USAGE_MERGE, USAGE_UNMERGE = "SI-43 SI-42", "SI-43"
WHICH_TWO = (
    "Name two incidents by their numbers: first the one that becomes part of the other, such as "
    "`security merge SI-43 SI-42`. Nothing was changed."
)
SAME = "That is one and the same incident. Nothing was changed."
LEAD_NEITHER = (
    "Only who leads one of the two can merge them or take them apart. Ask a lead. "
    "Nothing was changed."
)
SUBMIT, LET_BACK = "Merge", "Let all of them in"


def title(source: str, target: str) -> str:
    """Return what stands above the form."""
    return f"{source} into {target}"


def effect(source: str, target: str) -> str:
    """Say what merging does."""
    return (
        f"{source} becomes part of {target}, with its reports; {source} then leads to {target}. "
        "Only who can read both reads it. It can be taken apart again."
    )


def losing(target: str, names: Sequence[str]) -> str:
    """Say who reads the second no more, until its lead lets them in."""
    if not names:
        return f"Everybody who can read {target} still can."
    return f"These read {target} no more until its lead lets them in: {', '.join(names)}."


def merged(source: str, target: str) -> str:
    """Confirm a merge."""
    return f"{source} is part of {target} now. Its lead is asked about who could read only one."


def took_in(source: str) -> str:
    """Say for the timeline that another incident is part of this one."""
    return f"{source} is part of it now."


def let_out(source: str) -> str:
    """Say for the timeline that another incident is no part of it any more."""
    return f"{source} is an incident of its own again."


def asking(source: str, target: str, names: Sequence[str]) -> str:
    """List who would gain what they could not read before."""
    return (
        f"{source} is part of {target} now. These could read only one of the two, and do not read "
        f"{target}: {', '.join(names)}. Letting them in shows them all of both."
    )


def let_back(target: str, names: Sequence[str]) -> str:
    """Confirm who was let in."""
    if not names:
        return f"Everybody who could read one of the two can read {target} already."
    return f"These can read {target} now: {', '.join(names)}."


def unmerged(source: str, target: str) -> str:
    """Confirm that two incidents were taken apart."""
    return f"{source} and {target} are two again: each has its reports and its readers as before."


def not_merged(code: str) -> str:
    """Say that an incident is part of no other."""
    return f"{code} is not merged into another. Nothing was changed."


def part_itself(code: str, target: str) -> str:
    """Say that what another incident is part of is no incident of its own by now."""
    return (
        f"{code} is part of {target} itself. Take these two apart first, with "
        f"`security unmerge {code}`. Nothing was changed."
    )


def one_is_over(source: str, target: str) -> str:
    """Say that only open incidents are merged."""
    return f"{source} or {target} is over. Reopen it first. Nothing was changed."


def lead_first(target: str, source: str) -> str:
    """Say that whoever leads the second must be able to read the first."""
    return (
        f"Whoever leads {target} cannot read {source}. Let them in there first, with "
        f"`security invite {source}`. Nothing was changed."
    )
