"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import (
    cards,
    chatting,
    closing,
    detailing,
    letters,
    minding,
    originals,
    posting,
    quoting,
    receipts,
    reporting,
    unnamed,
)

__all__ = [
    "cards",
    "chatting",
    "closing",
    "detailing",
    "letters",
    "minding",
    "originals",
    "posting",
    "quoting",
    "receipts",
    "reporting",
    "unnamed",
]
