"""Every text about evidence, in English, ready for translation."""

from workflows.reports.duplicates import Why
from workflows.reports.evidence import Handling, Kind, Standing

EVIDENCE_HELP = "Show what is kept of a report: the message, what was said before it, and files."
EVIDENCE_USAGE = "R-123"
VERIFY_HELP = "Look whether what is kept of a report is still as it was captured."
VERIFY_USAGE = "R-123"
HARMLESS_HELP = "Name the company's own domains, and hashes of files that say nothing."
HARMLESS_USAGE = "add example.com"

MESSAGE, BEFORE, FILES, ALIKE, INDICATORS = (
    "The message",
    "What was said before it",
    "Files",
    "Reports that may be of the same matter",
    "What it can be recognised by",
)
OPEN_IT = "Open it where it was posted"
THE_REPORTER = "the reporter"
NOBODY_KNOWN = "somebody whom I do not know"
PARLEY = "Parley"
NO_WORDS = "It has no words."
NOTHING_BEFORE = "Nothing was said before it."
NOT_FETCHED_YET = "I am still asking the platform for it."
UNREADABLE = "It was changed by another hand, and cannot be read any more."
STAYS_HERE = (
    "Files stay sealed here: I never post them again. Addresses are written so that no click "
    "opens them."
)
KINDS = {
    Kind.MESSAGE: "The message",
    Kind.BEFORE: "What was said before it",
    Kind.FILE: "File",
}
STANDINGS = {
    Standing.AWAITED: NOT_FETCHED_YET,
    Standing.KEPT: "It is kept here.",
    Standing.TOO_LARGE: "It is larger than 25 MiB, so only its name and size are kept.",
    Standing.MISSED: "The platform did not hand it out, so only its name and size are kept.",
}
HANDLINGS = {
    Handling.CAPTURED: "captured",
    Handling.FETCHED: "fetched from the platform",
    Handling.NOT_FETCHED: "not handed out by the platform",
    Handling.READ: "read",
    Handling.VERIFIED: "verified: as it was captured",
    Handling.BROKEN: "verified: not as it was captured",
}
WHY = {
    Why.MESSAGE: "of the same message",
    Why.FILE: "with the same file",
    Why.INDICATOR: "with the same",
    Why.SUBJECT: "of the same kind, with the same subject line",
}
_NO_TALK = {
    "missing_scope": "I am not allowed to read older messages there.",
    "not_in_channel": "I am not in that channel.",
    "channel_not_found": "I am not in that channel.",
    "not_handed_out": "This platform lets no bot read older messages.",
}
NO_ACCESS = "An admin can change that; `doctor` says how."

WHICH_HARMLESS = (
    "Name a domain, such as example.com, or the 64 characters of a sha256. Nothing was changed."
)
NO_HARMLESS = "No domain and no file counts as harmless yet."


def nothing_kept(code: str) -> str:
    """Say that a report came without anything to keep."""
    return f"{code} is words alone: no message and no file came with it, so there is none to keep."


def kept(code: str) -> str:
    """Say what follows."""
    return f"This is what is kept of {code}, as it was when it was reported."


def no_talk(why: str) -> str:
    """Say why nobody knows what was said before a message."""
    because = _NO_TALK.get(why, "The platform did not say.")
    needs_admin = why in {"missing_scope", "not_in_channel", "channel_not_found"}
    return f"What was said before it is not kept. {because}" + (
        f" {NO_ACCESS}" if needs_admin else ""
    )


def more(code: str) -> str:
    """Say where all of it is read, so that the log names who has."""
    return f"What is kept of it: `security evidence {code}`."


def part(number: int, of: int) -> str:
    """Say that a message is longer than what is shown, and how to read on."""
    return f"Part {number} of {of}. Add `--part=2`, and so on, to read the others."


def more_characters(count: int) -> str:
    """Say how much more of an earlier message is kept."""
    return f" … ({count:,} more characters are kept)"


def more_entries(count: int) -> str:
    """Say how many more there are."""
    return f"and {count} more"


def file(name: str, size: int, sha256: str | None) -> str:
    """Name a file."""
    shown = f"{name} ({size:,} bytes)" if size else name
    return f"{shown}, sha256 {sha256}" if sha256 else shown


def intact(code: str, count: int) -> str:
    """Say that nothing has been changed."""
    if count == 1:
        return f"The one piece of evidence of {code} is as it was captured."
    return f"All {count} pieces of evidence of {code} are as they were captured."


def broken(code: str, names: list[str]) -> str:
    """Say that something has been changed."""
    return (
        f"Of {code}, this is not as it was captured, or the audit does not confirm it: "
        f"{', '.join(names)}. Take nothing from it as proven, and ask an auditor to check the "
        "audit's chain."
    )


def nothing_to_verify(code: str) -> str:
    """Say that there is nothing whose hash is known."""
    return f"Nothing is kept of {code} that could have been changed."


def harmless(values: list[str]) -> str:
    """Say what counts as harmless."""
    return f"These are no indicators: {', '.join(values)}."


def harmless_added(value: str) -> str:
    """Say that something counts as harmless from now on."""
    return f"From now on {value} is no indicator. Reports that are there already keep theirs."


def harmless_removed(value: str) -> str:
    """Say that something does not count as harmless any more."""
    return f"From now on {value} counts as an indicator again."
