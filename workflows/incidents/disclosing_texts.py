"""The texts about who reported something confidentially, in English, ready for translation."""

HELP = "Read who reported something, as an incident's lead or for HR or Legal; each time is noted."
USAGE = "R-123"

ALONE = (
    "A name is said only where nobody else reads. Say the same in your own chat with me. "
    "Nothing was shown."
)


def reported_by(code: str, name: str) -> str:
    """Name who reported something."""
    return (
        f"{name} reported {code}. Please keep it to yourself: what you need to know you can ask "
        "with “security ask”, without a name. That you read it is in the audit."
    )


def kept_nowhere(code: str) -> str:
    """Say that nobody can know who reported something."""
    return f"{code} was reported without a name, and who it was is kept nowhere."


def nobody_known(code: str) -> str:
    """Say that the reporter is nobody whom Parley knows by name."""
    return f"{code} came from an account that I know no name of."
