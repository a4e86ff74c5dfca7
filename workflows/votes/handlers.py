"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import cards, escalating, opening, weighing

__all__ = ["cards", "escalating", "opening", "weighing"]
