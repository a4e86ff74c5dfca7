"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import access, duplicates

__all__ = ["access", "duplicates"]
