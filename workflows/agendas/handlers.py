"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import clock, recompute

__all__ = ["clock", "recompute"]
