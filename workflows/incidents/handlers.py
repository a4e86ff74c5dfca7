"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import (
    access,
    asking_for,
    cards,
    closing,
    engaging,
    leading,
    letting_in,
    listing,
    merging,
    roster_check,
    severing,
    waiting,
)

__all__ = [
    "access",
    "asking_for",
    "cards",
    "closing",
    "engaging",
    "leading",
    "letting_in",
    "listing",
    "merging",
    "roster_check",
    "severing",
    "waiting",
]
