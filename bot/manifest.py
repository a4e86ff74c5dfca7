"""What every platform's manifest says of Parley, and how what does not fit in is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sized
from typing import TypeVar

from bot.errors import Invalid
from bot.routes import Routes

NAME = "Parley"
SUMMARY = "Security and talent acquisition work as one, in the chat they already use."
DESCRIPTION = (
    "Parley helps security and talent acquisition, with HR, Legal, Comms and IT beside them, to "
    "work as one. Everybody finds their own words explained, and what concerns two departments "
    "is decided by two people. Say any of these to Parley directly, or after @Parley:"
)
#: White letters on it are easy to read.
COLOR = "#1F4E79"
HELP = "See everything that you can do here."

T = TypeVar("T", bound=Sized)


def described(routes: Routes) -> str:
    """Return who Parley is, and what can be said to it."""
    return "\n".join((DESCRIPTION, "", *(f"{said}: {help}" for said, help in lines(routes))))


def lines(routes: Routes) -> Iterator[tuple[str, str]]:
    """Yield what can be said to Parley, each with its help: `help` first, the asides last."""
    yield "help", HELP
    verbs = routes.verbs()
    for verb in sorted(verbs, key=routes.asides.__contains__):
        line = verbs[verb]
        yield f"{line.name} {line.usage}".strip(), line.help


def within(limit: int, part: str, content: T) -> T:
    """Return *content* if it has at most *limit* characters or things, and at least one.

    Raises:
        Invalid: the platform would not take the manifest.
    """
    if 0 < len(content) <= limit:
        return content
    raise Invalid(
        f"{part}: the platform takes from 1 to {limit}, and there are {len(content)}. "
        "Nothing was written. Change it, then repeat."
    )
