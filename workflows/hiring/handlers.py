"""Searches, candidates, interviews and templates, as recruiters and owners type them."""

from workflows.hiring import ats

__all__ = ["ats"]
