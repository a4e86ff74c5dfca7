"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import access, roster_check

__all__ = ["access", "roster_check"]
