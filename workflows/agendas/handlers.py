"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import drafting, editing, publishing, refreshing, tables

__all__ = ["drafting", "editing", "publishing", "refreshing", "tables"]
