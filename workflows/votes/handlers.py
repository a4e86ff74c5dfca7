"""Opening a vote, casting a ballot, deciding; each part stands beside."""

from workflows.votes import (
    cards,
    casting,
    changing,
    closing,
    committing,
    deciding,
    escalating,
    ladder,
    opening,
    record,
    recusing,
    reminding,
    reopening,
    status,
    vetoing,
    weighing,
)

__all__ = [
    "cards",
    "casting",
    "changing",
    "closing",
    "committing",
    "deciding",
    "escalating",
    "ladder",
    "opening",
    "record",
    "recusing",
    "reminding",
    "reopening",
    "status",
    "vetoing",
    "weighing",
]
