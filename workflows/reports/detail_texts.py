"""The texts of adding to a report, in English, ready for translation."""

HELP_ADD = "Add to what you reported: what else you noticed, or what had already happened."
USAGE_ADD = "<R-123> [what else]"
FORM = "Add to {code}"
MORE = "What else did you notice?"
ADD = "Add it"
NOTHING_NEW = "Please write what is new, or change one of the answers below."
URGENT = "Your report counts as urgent now, and people are called at any hour."
IS_ADDED = "It is added to {code}. Thank you: whoever looks at it reads it as well."


def enough(code: str, most: int) -> str:
    """Say that nothing more can be added."""
    return (
        f"{code} has {most} additions already, and nobody would read more. Say `report` to file "
        "what is new as a report of its own. Nothing was added."
    )
