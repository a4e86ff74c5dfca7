"""Declaring, engaging, leading, learning; each part stands beside."""

from workflows.incidents import (
    access,
    archiving,
    asking_for,
    cards,
    chronicle,
    closing,
    engaging,
    leading,
    letting_in,
    listing,
    merging,
    noting,
    rooms,
    severing,
    sharing,
    waiting,
)

__all__ = [
    "access",
    "archiving",
    "asking_for",
    "cards",
    "chronicle",
    "closing",
    "engaging",
    "leading",
    "letting_in",
    "listing",
    "merging",
    "noting",
    "rooms",
    "severing",
    "sharing",
    "waiting",
]
