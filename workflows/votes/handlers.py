"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import (
    cards,
    changing,
    closing,
    committing,
    deciding,
    ladder,
    reopening,
    vetoing,
)

__all__ = [
    "cards",
    "changing",
    "closing",
    "committing",
    "deciding",
    "ladder",
    "reopening",
    "vetoing",
]
