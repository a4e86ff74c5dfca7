"""Every text about linking several reports at once, in English, ready for translation."""

from collections.abc import Sequence

HELP_LINK_MANY = "Make up to 50 reports part of an incident at once."
USAGE_LINK_MANY = "SI-42 R-7 R-8 R-9"


def how_many(most: int) -> str:
    """Say how many reports can be linked at once."""
    return f"Name an incident and up to {most} reports, such as SI-42 R-7 R-8. Nothing was changed."


def linked_many(code: str, linked: int, left: Sequence[str]) -> str:
    """Say which reports are part of an incident now."""
    reports = "1 report is" if linked == 1 else f"{linked} reports are"
    said = f"{reports} part of {code} now."
    if not left:
        return said
    return f"{said} These were decided before, and stay as they are: {', '.join(left)}."
