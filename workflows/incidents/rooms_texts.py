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

HELP_STAKEHOLDERS = "Open a room that is told where an incident stands, and nothing else of it."
USAGE_STAKEHOLDERS = "SI-42"
STAKEHOLDERS_NOTE = (
    "Notes, tasks and talk stand in the room of those who act on it. To ask something, write to "
    "the lead. To act on it, say `security status` and its number."
)
NO_STAKEHOLDERS_ROOM = (
    "There is no room for stakeholders on one of the platforms: no channel could be made or kept "
    "there. Each department reads its words in its own chats. To use a channel that is there, "
    "say `security stakeholders` and the number in it."
)
OTHERS_READ_ALONG = (
    "A room for stakeholders was given up: others read in that channel, or nobody can say who "
    "does. Each department reads its words in its own chats."
)
NOT_RED = (
    "This incident is TLP:RED, so it is told to named people alone. Nothing was opened. "
    "Invite whoever has to know, with `security invite`."
)
STAKEHOLDERS_THERE = (
    "There is a room for its stakeholders already, or this channel is told all of it. "
    "Nothing was changed."
)
OPENED = (
    "A channel for its stakeholders is made wherever that can be done, and all who may read the "
    "incident are let in. Elsewhere, say the same in a channel that they read."
)
OPENED_HERE = (
    "If all who read in this channel may read the incident, its stakeholders are told here where "
    "it stands."
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


def stakeholders_of(code: str, codename: str) -> str:
    """Say what a room for stakeholders is for."""
    return (
        f"Here stands where {code}, “{codename}”, is: its state, its severity, what its lead tells "
        "everybody, and the words for each department. All in it may read the incident."
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
