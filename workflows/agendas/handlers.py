"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import (
    actions,
    capturing,
    carrying,
    facilitating,
    minutes,
    needs,
    reminding,
    tables,
    topics,
)

__all__ = [
    "actions",
    "capturing",
    "carrying",
    "facilitating",
    "minutes",
    "needs",
    "reminding",
    "tables",
    "topics",
]
