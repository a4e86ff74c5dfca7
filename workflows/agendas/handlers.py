"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import tables

__all__ = ["tables"]
