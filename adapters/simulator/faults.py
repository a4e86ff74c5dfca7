"""A script of bad days: what goes wrong with the next calls of a method."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase


class FaultKind(StrEnum):
    """What can go wrong with a call.

    The named refusals from TOKEN_REVOKED on belong to Slack, those from UNAUTHORIZED on to Teams.
    """

    RATE_LIMITED = "rate_limited"
    PRECONDITION_FAILED = "precondition_failed"
    SERVER_ERROR = "server_error"
    BAD_GATEWAY = "bad_gateway"
    UNAVAILABLE = "unavailable"
    GATEWAY_TIMEOUT = "gateway_timeout"
    SLOW = "slow"
    ANSWER_LOST = "answer_lost"
    REQUEST_LOST = "request_lost"
    GARBAGE = "garbage"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105  # Slack's word for the error, not a secret
    ACCOUNT_INACTIVE = "account_inactive"
    FATAL_ERROR = "fatal_error"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, and how often.

    `seconds` is the Retry-After of RATE_LIMITED and the delay of SLOW. `about` is what the body
    of the call must say, such as a channel's id.
    """

    method: str
    kind: FaultKind
    times: int = 1
    seconds: float = 1.0
    about: str = ""


class Faults:
    """Faults waiting for their call, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._waiting)

    def add(
        self,
        method: str,
        kind: FaultKind,
        *,
        times: int = 1,
        seconds: float = 1.0,
        about: str = "",
    ) -> None:
        """Let the next *times* calls that match *method* (`chat.*`, `response_url`) go wrong."""
        self._waiting.append(Fault(method, FaultKind(kind), times, seconds, about))

    def take(self, method: str, body: str = "") -> Fault | None:
        """Return what goes wrong with this call, and use it up."""
        for place, fault in enumerate(self._waiting):
            if fault.about not in body or not fnmatchcase(method, fault.method):
                continue
            if fault.times > 1:
                self._waiting[place] = replace(fault, times=fault.times - 1)
            else:
                del self._waiting[place]
            return fault
        return None

    def clear(self) -> None:
        """Let everything go well again."""
        self._waiting.clear()
