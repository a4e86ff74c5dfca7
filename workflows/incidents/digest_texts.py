"""What the daily digest of mild incidents says."""

HEADING = "Mild incidents that you have a part in, which are still open:"


def line(code: str, category: str, state: str) -> str:
    """Return one incident: its number, its kind and where it stands, and nothing else."""
    return f"{code}: {category}, {state}"
