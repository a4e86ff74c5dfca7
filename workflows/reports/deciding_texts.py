"""Texts of closing a report by hand."""

from collections.abc import Sequence

CLOSE, OUTCOME = "Close", "How did it end?"
WORDS, DEPARTMENT, SAME_AS = "A word for the reporter", "Passed on to", "Reported before as"
HINT = "What was stopped, or why it was harmless. They are thanked in any case."
ITSELF = "A report does not repeat itself. Name the one that came first. Nothing was closed."


def closed(code: str, outcome: str) -> str:
    """Tell whoever closed it."""
    return f"{code} is closed: {outcome[0].lower()}{outcome[1:]}. Its reporter was thanked."


def which_outcome(known: Sequence[str]) -> str:
    """Say which outcomes there are."""
    return f"Name how it ended: {', '.join(known)}. Nothing was closed."


def no_department(named: str) -> str:
    """Say that there is no such department."""
    return (
        f"There is no department {named[:40]}. Say `people list` to see them. Nothing was closed."
    )
