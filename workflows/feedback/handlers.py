"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import opening, revealing, summarising

__all__ = ["opening", "revealing", "summarising"]
