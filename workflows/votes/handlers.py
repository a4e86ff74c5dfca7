"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import cards, casting, escalating, opening, recusing, weighing

__all__ = ["cards", "casting", "escalating", "opening", "recusing", "weighing"]
