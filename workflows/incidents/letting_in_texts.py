"""What is said when people are let into an incident, or shut out of it."""

from collections.abc import Sequence

from workflows.incidents.rules import Reason, Tlp
from workflows.incidents.texts import TLPS

USAGE = "SI-42"
HELP_INVITE = "Let somebody read the incident that you lead."
HELP_EXCLUDE = "See to it that somebody learns nothing more of the incident that you lead."
HELP_FOLLOW = "Hear of an incident in which your department has a part."
HELP_UNFOLLOW = "Hear no more of an incident that you follow."
HELP_TLP = "Say who may be told of the incident that you lead."
INVITE, TLP = "Let somebody in", "Who may be told"
WHO = "Who is it?"
HINT_INVITE = "They can read all of the incident, and stay when it becomes TLP:RED."
HINT_EXCLUDE = (
    "They learn nothing more of it, whatever role they hold, and nobody tells them so. What they "
    "were sent becomes a note with its number."
)
LET_IN, SHUT, SET = "Let in", "Shut out", "Set"
WHO_MAY = "Who may be told?"
MERGED = (
    "This incident is part of another one now. Do that there, or unmerge it first. Nothing was "
    "changed."
)
LEAD_STAYS = "You lead this incident. Give it to somebody else first. Nothing was changed."
SHUT_OUT = "One person may not read it any more."
#: How somebody came to read it.
_WHY = {
    Reason.FOLLOWS: "to follow it",
    Reason.MERGED: "after a merge",
    Reason.ENGAGED: "for a department",
    Reason.DECLARED: "having declared it",
    Reason.INVITED: "invited by the lead",
    Reason.LEADS: "to lead it",
}


def title(code: str) -> str:
    """Return what stands above the forms."""
    return f"Who may read {code}"


def let_in(count: int, reason: Reason) -> str:
    """Say that more people may read an incident."""
    return f"{_people(count)} may read it now, {_WHY[reason]}."


def let_go(count: int) -> str:
    """Say that fewer people may read an incident."""
    return f"{_people(count)} may not read it any more."


def you_are_in(code: str) -> str:
    """Tell somebody that they may read an incident."""
    return f"The lead of {code} has let you in: you can read it now, and act on it."


def invited(name: str, code: str) -> str:
    """Tell the lead that somebody may read an incident."""
    return f"{name} can read {code} now, and has been told."


def excluded(name: str, code: str) -> str:
    """Tell the lead that somebody learns nothing more."""
    return f"{name} learns nothing more of {code}, and has not been told. What they got is gone."


def excluded_before(name: str, code: str) -> str:
    """Tell the lead that somebody cannot be let in."""
    return f"{name} is to learn nothing of {code}, so nobody can let them in. Nothing was changed."


def you_follow(code: str) -> str:
    """Tell somebody that they follow an incident."""
    return f"You follow {code}: you hear when it changes. Say `security unfollow {code}` to stop."


def you_follow_no_more(code: str) -> str:
    """Tell somebody that they follow an incident no more."""
    return f"You hear no more of {code}."


def not_only_following(code: str) -> str:
    """Say that somebody has a part in an incident, or is needed for it."""
    return f"You have a part in {code}, so you keep hearing of it. Nothing was changed."


def losing(names: Sequence[str]) -> str:
    """Say who loses what they can read under TLP:RED."""
    if not names:
        return "Under TLP:RED everybody who can read it now still can."
    return f"Under TLP:RED these can read it no more, unless you let them in: {', '.join(names)}."


def tlp_now(tlp: Tlp) -> str:
    """Say who may be told now."""
    return f"It is {TLPS[tlp]}."


def tlp_is(code: str, tlp: Tlp, lost: Sequence[str]) -> str:
    """Tell the lead what a change of the protocol's colour did."""
    done = f"{code} is {TLPS[tlp]} now."
    if not lost:
        return done
    return f"{done} These can read it no more, and what they were sent is gone: {', '.join(lost)}."


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count} people"
