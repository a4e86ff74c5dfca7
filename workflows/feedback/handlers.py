"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import (
    escalating,
    giving,
    opening,
    reminding,
    requesting,
    revealing,
    summarising,
)

__all__ = ["escalating", "giving", "opening", "reminding", "requesting", "revealing", "summarising"]
