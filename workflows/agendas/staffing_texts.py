"""What is said of roles that end, and of duties without a deputy, in English."""

from datetime import date


def ends(name: str, role: str, day: date) -> str:
    """Say that somebody holds a role no longer than to a day."""
    return f"{name} is {role} until {day:%Y-%m-%d}; somebody has to follow"


def rests_on_one(role: str) -> str:
    """Say that nobody stands in for whoever has a duty."""
    return f"{role} rests on one person; it needs a deputy"


def how_many(count: int) -> str:
    """Say how many roles need somebody."""
    return f"{count} role{' needs' if count == 1 else 's need'} a successor or a deputy"
