"""What is said when an incident waits for somebody."""


def no_lead(code: str) -> str:
    """Say that nobody leads an incident."""
    return (
        f"{code} has no lead yet. Lead it yourself, or give it to somebody who can: until then "
        "nobody decides for all who act on it."
    )


def stale(code: str) -> str:
    """Say that nothing has happened for long."""
    return (
        f"Nothing has been noted in {code} for a while. If it goes on, note what happens; if it is "
        "over, say that it is contained or resolved."
    )


def settle(code: str) -> str:
    """Say that what is resolved is not closed."""
    return (
        f"{code} is resolved. Send it to a review, or close it with one line of what was learned."
    )


def review_due(code: str) -> str:
    """Say that a review is due."""
    return f"The review of {code} is due. Publish it, or agree on a new date with those concerned."
