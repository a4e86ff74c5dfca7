"""Everything that can be said or pressed in hiring, and what other systems say of it."""

from workflows.hiring import (
    agenda_part,
    ats,
    candidates,
    interviewing,
    offering,
    panels,
    searching,
    templates,
)

__all__ = [
    "agenda_part",
    "ats",
    "candidates",
    "interviewing",
    "offering",
    "panels",
    "searching",
    "templates",
]
