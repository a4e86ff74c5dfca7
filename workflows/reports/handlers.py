"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import (
    cards,
    chatting,
    closing,
    detailing,
    minding,
    originals,
    posting,
    quoting,
    receipts,
    reporting,
)

__all__ = [
    "cards",
    "chatting",
    "closing",
    "detailing",
    "minding",
    "originals",
    "posting",
    "quoting",
    "receipts",
    "reporting",
]
