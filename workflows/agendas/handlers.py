"""Planning, drafting, publishing, capturing; each part stands beside."""

from workflows.agendas import (
    attending,
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
    "clock",
    "dating",
    "listing",
    "pausing",
    "placing",
    "recompute",
    "scheduling",
]
