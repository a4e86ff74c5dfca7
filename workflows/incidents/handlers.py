"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import access

__all__ = ["access"]
