"""Giving feedback, reading it, and being reminded; each part stands beside."""

from workflows.feedback import giving

__all__ = ["giving"]
