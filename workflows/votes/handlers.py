"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import cards

__all__ = ["cards"]
