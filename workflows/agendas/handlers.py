"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import (
    attending,
    calendars,
    clock,
    dating,
    listing,
    pausing,
    placing,
    recompute,
    scheduling,
)

__all__ = [
    "attending",
    "calendars",
    "clock",
    "dating",
    "listing",
    "pausing",
    "placing",
    "recompute",
    "scheduling",
]
