"""What is said when nobody could be called."""

from collections.abc import Sequence

NO_TRIAGE = (
    "Nobody who triages reports can be reached, so nothing that colleagues report now would be "
    "looked at. This is as urgent as an S2: please grant somebody the role triage@security with "
    "`people grant`, or help those who hold it to reach Parley again."
)


def nobody_acts(departments: Sequence[tuple[str, str]]) -> str:
    """Name the departments for which nobody could be called, each with the role that is missing."""
    listed = ", ".join(f"{name} (responder@{key})" for key, name in departments)
    return (
        f"In an incident nobody could be called for {listed}. Please ask each department for "
        "somebody, and an admin to grant them the role with `people grant`."
    )
