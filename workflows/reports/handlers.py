"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import (
    asking,
    cards,
    chain,
    closing,
    deciding,
    leases,
    overview,
    reopening,
    triaging,
    waiting,
)

__all__ = [
    "asking",
    "cards",
    "chain",
    "closing",
    "deciding",
    "leases",
    "overview",
    "reopening",
    "triaging",
    "waiting",
]
