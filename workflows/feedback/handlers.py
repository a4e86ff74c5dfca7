"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import escalating, giving, reminding, requesting

__all__ = ["escalating", "giving", "reminding", "requesting"]
