"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import capturing, exempting, verifying

__all__ = ["capturing", "exempting", "verifying"]
