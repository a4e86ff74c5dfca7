"""Reporting, triaging, answering; each part stands beside."""

__all__: list[str] = []
