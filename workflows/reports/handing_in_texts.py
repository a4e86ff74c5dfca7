"""Texts about files that somebody sends Parley in their own chat."""

REPORT_THEM = "Report this to security"
GONE = (
    "These files are not here any more: they were added already, or were sent more than a day "
    "ago. If they are missing, please send them once more. Nothing was added."
)
_MOST = 200


def what_now(names: str) -> str:
    """Ask what is to be done with the files of these names."""
    shown = names if len(names) <= _MOST else f"{names[:_MOST]}…"
    return (
        f"You sent {shown}. It is kept only if you press a button: then it is copied as it is now, "
        "sealed, and read by those who look at the report."
    )


def add_to(code: str) -> str:
    """Return what a button says that adds files to a report."""
    return f"Add to {code}"


def added(code: str) -> str:
    """Confirm that files were added."""
    return f"Thank you. It is added to {code}, and copied as it is now."
