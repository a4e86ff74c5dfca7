"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import cards, record, reminding, status

__all__ = ["cards", "record", "reminding", "status"]
