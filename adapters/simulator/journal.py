"""Every exchange over the wire, for the page's drawer and for tests."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

KEPT = 500


class Direction(StrEnum):
    """Who asked whom."""

    TO_BOT = "to_bot"
    FROM_BOT = "from_bot"


class Outcome(StrEnum):
    """How an exchange ended."""

    OK = "ok"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it went over the wire."""

    method: str
    url: str
    headers: Sequence[tuple[str, str]] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer as it came back."""

    status: int
    body: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange. `cause` is a person's newest request to the bot before a call of the bot."""

    n: int
    at: datetime
    direction: Direction
    kind: str
    title: str
    request: Asked
    answer: Answered | None
    outcome: Outcome
    milliseconds: float
    person: str | None = None
    cause: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    platform: str = "slack"

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the page's drawer reads it."""
        answer = self.answer
        return {
            "n": self.n,
            "at": self.at.isoformat(),
            "platform": self.platform,
            "direction": self.direction,
            "kind": self.kind,
            "title": self.title,
            "person": self.person,
            "cause": self.cause,
            "request": {
                "method": self.request.method,
                "url": self.request.url,
                "headers": [
                    [name, _shortened(name, value)] for name, value in self.request.headers
                ],
                "body": self.request.body,
                "parsed": parsed(self.request.body),
            },
            "answer": answer
            and {"status": answer.status, "body": answer.body, "parsed": parsed(answer.body)},
            "milliseconds": round(self.milliseconds, 1),
            "outcome": self.outcome,
            "rows": dict(self.rows),
        }


def _shortened(name: str, value: str) -> str:
    return value[:12] + "…" if name.lower() == "authorization" else value


def parsed(body: str) -> Any:
    """Return what *body* says, as JSON or as a form, or None."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        fields: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True))
    for name in ("payload", "blocks", "view", "metadata"):
        if name in fields:
            fields[name] = parsed(fields[name])
    return fields or None


class Journal:
    """The newest exchanges, numbered from 1; the platforms of one company share one."""

    def __init__(self, kept: int = KEPT) -> None:
        self._entries: deque[Entry] = deque(maxlen=kept)
        self._noticed: dict[str, Callable[[], None]] = {}
        self._under_way: set[int] = set()
        self._asked = 0
        self._last = 0

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def connect(self, platform: str, noticed: Callable[[], None]) -> None:
        """Call *noticed* after each entry of *platform*."""
        self._noticed[platform] = noticed

    def begin(self) -> int:
        """Give out the next number, so that a request stands before the calls it causes."""
        self._last += 1
        self._under_way.add(self._last)
        return self._last

    def begin_asking(self, person: str | None) -> int:
        """Give out the number of a request to the bot; later calls name a person's as their cause.

        What the platform tells of by itself, such as the bot's own posts, causes little.
        """
        n = self.begin()
        if person is not None:
            self._asked = n
        return n

    @property
    def settled(self) -> int:
        """Return the number up to which every exchange has ended."""
        return min(self._under_way) - 1 if self._under_way else self._last

    @property
    def cause(self) -> int | None:
        """Return the number of the newest request to the bot that a person caused."""
        return self._asked or None

    def add(self, entry: Entry) -> Entry:
        """Keep *entry* and tell its platform."""
        self._under_way.discard(entry.n)
        self._entries.append(entry)
        self._noticed[entry.platform]()
        return entry

    def since(self, n: int) -> list[Entry]:
        """Return the entries after number *n*, in order."""
        return sorted((e for e in self._entries if e.n > n), key=lambda entry: entry.n)

    def calls(self, title: str) -> list[Entry]:
        """Return the bot's calls with this title, such as `chat.postMessage`."""
        return [e for e in self._entries if e.direction is Direction.FROM_BOT and e.title == title]

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        self._entries.clear()
