"""What is said in the rooms of an incident, in English, ready for translation."""

from workflows.incidents.rules import Kind

KINDS = {
    Kind.DECLARED: "Declared",
    Kind.LEAD: "Lead",
    Kind.SEVERITY: "Severity",
    Kind.TLP: "How far it may be told",
    Kind.STATE: "State",
    Kind.REPORT: "Report",
    Kind.ENGAGED: "Department asked",
    Kind.ACKNOWLEDGED: "Department is on it",
    Kind.ACCESS: "Who may read",
    Kind.NOTE: "Note",
    Kind.UPDATE: "Update",
    Kind.TASK: "Task",
    Kind.EVIDENCE: "Evidence",
    Kind.DELIVERY: "Delivery",
    Kind.REVIEW: "Review",
}

SHOW_EVERYWHERE = "Show it on every platform"
LEAD_SHOWS = (
    "This incident is TLP:RED, so its lead alone shows a line on another platform. "
    "Ask the lead to press it. Nothing was changed."
)
SHOWN_ALREADY = "This line stands in every room already. Nothing was changed."
SHOWN = "It is shown in every room of the incident now."
CORRECTED = "A later line corrects this one."
ROOM_NOTE = (
    "Your talk here is copied nowhere. What the others should read as well, put into the timeline: "
    "use “Add to the timeline” on a message, or write"
)

KEEP = "Keep the room"
KEPT = "This room stays open."
NOTHING_TO_KEEP = "No room of this incident is about to be archived. Nothing was changed."
NOT_ARCHIVED = (
    "A room of this incident could not be archived. Whoever is in it still reads it; "
    "please archive it by hand."
)


def room_of(code: str, codename: str) -> str:
    """Say whose room it is."""
    return (
        f"This is the room of {code}, “{codename}”. Everybody in it may read the incident, "
        "and its timeline is written here, on every platform the same."
    )


def how_to_note(code: str) -> str:
    """Say how a line comes into the timeline."""
    return f"{ROOM_NOTE} `security note {code} …`."


def archived_soon(code: str) -> str:
    """Say that the room ends; a day follows."""
    return f"{code} is over. This room is archived on "


def kept(code: str) -> str:
    """Say that the room does not end."""
    return f"{KEPT} {code} is over all the same."
