"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import cards, closing

__all__ = ["cards", "closing"]
