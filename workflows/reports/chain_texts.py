"""What those who are called about a report are told."""

TAKE, READ = "Take it", "Read it"
NOTHING_TO_DO = "You need do nothing more about it. Thank you for being there."


def waits(code: str, category: str, severity: str) -> str:
    """Say that a report waits for somebody to take it."""
    return (
        f"{code} waits for somebody to take it: {category[0].lower()}{category[1:]}. It counts as "
        f"{severity}. Take it if you can look now; otherwise the next colleague is called."
    )


def over(code: str, state: str) -> str:
    """Say that nobody waits for whoever was called any more."""
    return f"{code} is {state} by now. {NOTHING_TO_DO}"


def nobody(code: str) -> str:
    """Say that nobody is there who could be called."""
    return (
        f"{code} waits, and nobody is there who could look at it. Please grant somebody the role "
        "triage@security, or director@security, with `people grant`; for what only named people "
        "may read, responder@legal. Parley tries again by itself."
    )
