"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import (
    cards,
    casting,
    changing,
    closing,
    committing,
    deciding,
    ladder,
    recusing,
    reopening,
    vetoing,
)

__all__ = [
    "cards",
    "casting",
    "changing",
    "closing",
    "committing",
    "deciding",
    "ladder",
    "recusing",
    "reopening",
    "vetoing",
]
