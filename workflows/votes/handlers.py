"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import cards, casting, recusing

__all__ = ["cards", "casting", "recusing"]
