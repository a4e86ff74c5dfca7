"""What can go wrong, and who is told.

BotError                refused; the text is shown to the person who asked
├── NotAllowed          this person may not do this now
├── NotFound            there is no such thing, or this person may not know of it
├── Conflict            somebody else was faster; look again
├── Invalid             the answer does not fit; `fields` names each input and its problem
└── Overloaded          too many requests wait; the platform is asked to repeat this one
DeliveryError           a platform did not take a post; told to the worker, never to a person
└── TooBig              more than the platform takes at once, and nothing that could be split
Unreadable              what came back is nothing that Parley sent out
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class BotError(Exception):
    """A refusal in words: a full sentence to a colleague, shown to the person who asked."""


class NotAllowed(BotError):
    """This person may not do this now."""


class NotFound(BotError):
    """There is no such thing, or this person may not know of it: both read the same."""


class Conflict(BotError):
    """Somebody else was faster; the text says who and what to do."""


class Invalid(BotError):
    """An answer does not fit; *fields* maps each input's name to what is wrong with it."""

    def __init__(self, text: str = "", *, fields: Mapping[str, str] | None = None) -> None:
        self.fields: Mapping[str, str] = dict(fields or {})
        super().__init__(text or " ".join(self.fields.values()))


class Overloaded(BotError):
    """Too many requests are waiting; nothing was stored, the platform repeats the request."""


#: A message is for a platform that is off, or for somebody without an account.
NO_ROUTE = "no_route"


@dataclass(eq=False)
class DeliveryError(Exception):
    """A platform did not take a post.

    *unknown* says that the post may have arrived all the same (the answer was lost),
    so it is looked for before it is repeated. *out_of_reach* says that nothing at all reaches
    whom it was for, whatever is sent; when they were *told* so where they asked, nobody else
    has to see to it.
    """

    code: str
    retry_after: float | None = field(default=None, kw_only=True)  #: seconds
    permanent: bool = field(default=False, kw_only=True)
    unknown: bool = field(default=False, kw_only=True)
    out_of_reach: bool = field(default=False, kw_only=True)
    told: bool = field(default=False, kw_only=True)

    def __str__(self) -> str:
        return self.code


class TooBig(DeliveryError):
    """Something is larger than the platform takes and cannot be split; nothing was sent.

    The text names the part and the sizes, never the words in it.
    """

    def __init__(self, platform: str, part: str, size: int, limit: int) -> None:
        super().__init__(f"too_big_for_{platform.lower()}", permanent=True)
        self.problem = (
            f"{part} has a size of {size}, and {platform} takes {limit}; nothing was sent. "
            "Show less at once, or offer the rest behind a button."
        )

    def __str__(self) -> str:
        return self.problem


class Unreadable(ValueError):
    """What came back is nothing that Parley sent out."""
