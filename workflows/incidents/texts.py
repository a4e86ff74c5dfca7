"""Every text about incidents that several parts of it say, in English, ready for translation."""

from workflows.incidents.rules import State, Tlp
from workflows.reports.retention import REAL_KEPT
from workflows.reports.texts import SPANS

SUMMARY = "Several departments act on one security matter, and the reporter hears how it ends."

WHICH_INCIDENT = "Name one incident by its number, such as SI-42. Nothing was changed."
WHICH_ACTION = "Name one action by its number, such as RA-3. Nothing was changed."

STATES = {
    State.DECLARED: "declared",
    State.RESPONDING: "being responded to",
    State.CONTAINED: "contained",
    State.RESOLVED: "resolved",
    State.IN_REVIEW: "in review",
    State.CLOSED: "closed",
    State.MERGED: "merged into another incident",
}
TLPS = {
    Tlp.RED: "TLP:RED, named people only",
    Tlp.AMBER_STRICT: "TLP:AMBER+STRICT, the roles that are engaged",
    Tlp.AMBER: "TLP:AMBER, those in the company who need to know",
    Tlp.GREEN: "TLP:GREEN, everybody in the company",
    Tlp.CLEAR: "TLP:CLEAR, public anyway",
}
#: What the holder of a department's part is called.
ROLES = {
    "lead": "Incident lead",
    "triage": "Triage",
    "parley": "Parley",
    "security": "Security",
    "hr": "HR partner",
    "ta": "Talent acquisition",
    "legal": "Legal and privacy",
    "comms": "Communications",
    "it": "IT operations",
    "finance": "Finance control",
    "facilities": "Facilities",
    "exec": "Executive sponsor",
}


#: What stands in the place of words that are gone.
ERASED = f"What was written here was erased {SPANS[REAL_KEPT]} after the incident was over."


def not_now(code: str, state: State) -> str:
    """Say that this is done at another time, or that somebody was first."""
    return (
        f"{code} is {STATES[state]} now, and this cannot be done as long as it is. Nothing was "
        f"changed; `security status {code}` shows what can be done."
    )


def moved(state: State, why: str) -> str:
    """Say where an incident stands now, and why."""
    told = f"It is {STATES[state]} now."
    return f"{told} {why}" if why else told


NOBODY_KNOWN = "Parley knows no colleague by that account. Pick another, or ask an admin."
LEADS_ONLY = "Only the lead of the incident can do that. Ask them. Nothing was changed."
ACTS_ONLY = (
    "You follow this incident and have no part in it, so you cannot do that. Ask its lead to let "
    "you in. Nothing was changed."
)
