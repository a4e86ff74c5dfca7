"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import calendars

__all__ = ["calendars"]
