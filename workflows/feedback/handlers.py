"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import (
    disputing,
    escalating,
    giving,
    opening,
    reminding,
    requesting,
    revealing,
    summarising,
)

__all__ = [
    "disputing",
    "escalating",
    "giving",
    "opening",
    "reminding",
    "requesting",
    "revealing",
    "summarising",
]
