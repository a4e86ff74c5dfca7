"""Texts of opening a report again."""

REOPEN, WHAT_IS_NEW = "It is not over", "What is new?"


def reopened(code: str) -> str:
    """Thank the reporter."""
    return f"{code} is open again. Thank you for telling us; somebody in security looks at it."


def looked_at_again(code: str) -> str:
    """Tell the reporter that triage looks once more."""
    return f"Security looks at {code} once more. You need do nothing, and you hear how it ends."


def yours(code: str) -> str:
    """Tell whoever opened it again that it is theirs."""
    return f"{code} is open again and yours. Its reporter was told so."


def too_late(code: str) -> str:
    """Say that a report stays closed."""
    return (
        f"{code} has been closed for too long to be opened again. Please report it anew and name "
        f"{code} in it, so that both are read together. Nothing was changed."
    )
