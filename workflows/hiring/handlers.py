"""Everything that can be said or pressed in hiring; the handlers stand beside."""

from workflows.hiring import candidates, interviewing, panels, searching, templates

__all__ = ["candidates", "interviewing", "panels", "searching", "templates"]
