"""Every text about rooms that people read, in English, ready for translation."""

from collections.abc import Sequence

from bot.platform import Audience

SUMMARY = "One room, a channel on each platform."

HELP_LIST = "List the rooms, and the channels that make up each."
HELP_ADD = "Make this channel part of a room; what is sent to the room is posted here."
HELP_REMOVE = "Take this channel out of a room."
USAGE_ADD = "<room> [--thread]"
USAGE_REMOVE = "[<room>]"

NO_ROOMS = (
    "There is no room yet. Say “room add security-triage” in a channel, and it is the first "
    "place of that room."
)
NOT_A_ROOM = (
    "This is a chat of the two of us, and a room is for many. Say it again in the channel that "
    "should be part of the room. Nothing was changed."
)
TOLD = "I look who reads here, and then tell everybody in the channel."
IN_NO_ROOM = "This channel is in no room. Nothing was changed."
HERE = "this channel"
THREAD = "a thread"
#: After a place in the list; nothing of one where the company is among itself.
AUDIENCES = {
    Audience.OUTSIDERS: "people from outside read along",
    Audience.UNKNOWN: "who reads there is not known",
}
AUDIENCE_NOTES = {
    Audience.OUTSIDERS: (
        "Where guests or people of other companies read along, nothing sensitive is posted."
    ),
    Audience.UNKNOWN: (
        "Where I cannot find out who reads, because the platform does not say or too many people "
        "are there, nothing sensitive is posted either. I look again every night."
    ),
}
#: To everybody in a channel.
READ_HERE = {
    Audience.COMPANY: "",
    Audience.OUTSIDERS: (
        " Guests or people of other companies read along here, so nothing sensitive is posted here."
    ),
    Audience.UNKNOWN: (
        " I could not find out who reads here, so nothing sensitive is posted here until I can."
    ),
}


def bad_name(longest: int) -> str:
    """Say what a room may be called."""
    return (
        "A room's name is one word of letters, digits and hyphens, such as “security-triage”, "
        f"at most {longest} characters. Nothing was changed."
    )


def added(room: str, places: int) -> str:
    """Say that a channel is part of a room now."""
    if places == 1:
        return (
            f"“{room}” is a new room, and this channel is its first place. "
            f"Say the same in a channel of the other platform, and both show the same. {TOLD}"
        )
    return f"This channel is now one of the {places} places of “{room}”. {TOLD}"


def there_already(room: str) -> str:
    """Say that a channel was part of a room before."""
    return f"This channel is part of “{room}” already. Nothing was changed."


def announced(room: str, name: str, audience: Audience) -> str:
    """Tell everybody in a channel that it is part of a room now, and who reads along."""
    told = f"{name} made this channel part of the room “{room}”: what I send to it stands here."
    return told + READ_HERE[audience]


def ended(room: str, name: str) -> str:
    """Tell everybody in a channel that it is not part of a room any more."""
    return f"{name} took this channel out of the room “{room}”: it gets nothing of it any more."


def removed(room: str, places: int) -> str:
    """Say that a channel is not part of a room any more."""
    if not places:
        return f"“{room}” has no place any more, so nothing that is sent to it is read."
    left = "1 place is" if places == 1 else f"{places} places are"
    return f"This channel is no longer part of “{room}”; {left} left."


def not_here(room: str, here: Sequence[str]) -> str:
    """Say in which rooms a channel is instead."""
    rooms = ", ".join(f"“{name}”" for name in here)
    return f"This channel is not part of “{room}”. It is part of {rooms}. Nothing was changed."


def which(here: Sequence[str]) -> str:
    """Ask which of several rooms is meant."""
    rooms = ", ".join(f"“room remove {name}”" for name in here)
    return f"This channel is part of several rooms. Say which: {rooms}. Nothing was changed."


def channel(title: str, name: str) -> str:
    """Return a channel by its platform and its id there."""
    return f"{title} {name}"
