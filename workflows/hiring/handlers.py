"""Everything that can be said or pressed in hiring, and what other systems say of it."""

from workflows.hiring import ats, candidates, interviewing, panels, searching, templates

__all__ = ["ats", "candidates", "interviewing", "panels", "searching", "templates"]
