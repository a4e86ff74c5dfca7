"""A call of the Web API: its arguments, and the methods that answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.simulator.errors import Refusal
from adapters.simulator.rates import RateLimits
from adapters.simulator.workspace import SlackWorkspace

Json = dict[str, Any]

#: Calls a minute in Slack's tiers 1 to 4; posting has limits of its own.
TIER = {2: 20, 3: 50, 4: 100, "special": 600}


@dataclass(frozen=True, slots=True)
class Slack:
    """What a method acts on: the memory, the limits, the ears of the bot, the address."""

    workspace: SlackWorkspace
    limits: RateLimits
    hear: Callable[[Json], None]
    open_socket: Callable[[], str]
    base_url: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call with its arguments, which come as text from a form or typed from JSON."""

    slack: Slack
    arguments: Mapping[str, Any]

    @property
    def workspace(self) -> SlackWorkspace:
        """Return the memory that the call is about."""
        return self.slack.workspace

    def has(self, name: str) -> bool:
        """Say whether the argument was given at all."""
        return self.arguments.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Return a required argument."""
        value = self.arguments.get(name)
        if not isinstance(value, str) or not value:
            raise Refusal("invalid_arguments", [f"missing required field: {name}"])
        return value

    def optional(self, name: str) -> str | None:
        """Return an argument that may be left out."""
        return self.text(name) if self.has(name) else None

    def flag(self, name: str) -> bool:
        """Return a yes or no, which is no unless it was said."""
        return self.arguments.get(name) in (True, "true", "True", "1", 1)

    def integer(self, name: str, default: int) -> int:
        """Return a whole number."""
        try:
            return int(self.arguments.get(name) or default)
        except (TypeError, ValueError):
            raise Refusal("invalid_arguments", [f"{name}: must be a number"]) from None

    def listed(self, name: str) -> list[str]:
        """Return a list that was given as such or with commas."""
        value = self.arguments.get(name) or []
        return value.split(",") if isinstance(value, str) else [str(item) for item in value]

    def structure(self, name: str, refusal: str = "invalid_arguments") -> Any:
        """Return JSON that was given as such or as text, or refuse with *refusal*."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(refusal, [f"{name}: not valid JSON"]) from None


Answer = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """One method: how often it may be called in a minute, with which scope and kind of token."""

    answer: Answer
    per_minute: int
    scope: str
    token: str = "bot"  # noqa: S105  # which kind of token, not a token


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    tier: int | str,
    scope: str = "",
    token: str = "bot",  # noqa: S107  # which kind of token, not a token
) -> Callable[[Answer], Answer]:
    """Register the function below as the answer to *name*.

    A *scope* such as "*:read" is that of the channel which the call names.
    """

    def register(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, TIER[tier], scope, token)
        return answer

    return register


def page(call: Call, items: Sequence[object], name: str) -> Json:
    """Return one page of *items* under *name*, with a cursor to the next."""
    start = call.integer("cursor", 0)
    limit = max(1, min(call.integer("limit", 100), 1000))
    following = str(start + limit) if start + limit < len(items) else ""
    return {
        name: list(items[start : start + limit]),
        "has_more": bool(following),
        "response_metadata": {"next_cursor": following},
    }
