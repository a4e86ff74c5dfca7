"""Reporting, triaging, answering; each part stands beside."""

from workflows.reports import (
    asking,
    capturing,
    cards,
    chain,
    closing,
    deciding,
    exempting,
    leases,
    overview,
    reopening,
    retiring,
    triaging,
    verifying,
    waiting,
)

__all__ = [
    "asking",
    "capturing",
    "cards",
    "chain",
    "closing",
    "deciding",
    "exempting",
    "leases",
    "overview",
    "reopening",
    "retiring",
    "triaging",
    "verifying",
    "waiting",
]
