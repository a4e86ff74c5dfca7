"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import (
    agenda_part,
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
    "agenda_part",
    "disputing",
    "escalating",
    "giving",
    "opening",
    "reminding",
    "requesting",
    "revealing",
    "summarising",
]
