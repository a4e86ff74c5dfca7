"""What is said of late feedback on an agenda, in English, ready for translation."""


def line(name: str, count: int, days: int) -> str:
    """Say how many scorecards somebody owes, and since when."""
    return f"{name}: {how_many(count, days)}"


def how_many(count: int, days: int) -> str:
    """Say how many scorecards are late; *days* the oldest of them."""
    oldest = "since today" if days < 1 else f"for {days} day{'' if days == 1 else 's'}"
    if count == 1:
        return f"1 scorecard overdue {oldest}"
    return f"{count} scorecards overdue, the oldest {oldest}"
