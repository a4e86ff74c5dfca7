"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import letters, unnamed

__all__ = ["letters", "unnamed"]
