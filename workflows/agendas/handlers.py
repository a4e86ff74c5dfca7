"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import staffing_part, tables

__all__ = ["staffing_part", "tables"]
