"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import escalating, reminding, requesting

__all__ = ["escalating", "reminding", "requesting"]
