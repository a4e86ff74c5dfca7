"""What stands on an incident's card."""

HELP_STATUS = "Show an incident that you may read: who acts on it, and how far it is."
USAGE_STATUS = "SI-42"
LOOK = "Look at {code}"
STATE, SEVERITY, LEAD, TLP, REPORTS, CATEGORY = (
    "It is",
    "Severity",
    "Lead",
    "Who may be told",
    "Reports",
    "Kind",
)
AFFECTS_HIRING = "Touches hiring"
NEXT_UPDATE = "Next update by"
NO_LEAD = "nobody yet"
NO_REPORTS = "none"
#: How a department stands: what it says of itself, or what is waited for.
ON_IT, WAITED_FOR, INFORMED = "on it", "has not answered yet", "informed"


def heading(code: str, codename: str) -> str:
    """Return what stands above a card."""
    return f"{code}, {codename}"


def line(code: str, codename: str, state: str, severity: str, lead: str) -> str:
    """Return a card in one sentence."""
    return f"{code}, {codename}: {state}, {severity}. Lead: {lead}."
