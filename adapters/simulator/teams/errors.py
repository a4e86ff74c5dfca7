"""What the Bot Connector says when it refuses a call."""

import json

from adapters.simulator.desk import Result
from adapters.simulator.faults import Fault, FaultKind


class Refusal(Exception):
    """A call that is answered with a status and a code of the Bot Connector's own."""

    def __init__(
        self, status: int, code: str, message: str, *, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def as_result(self) -> Result:
        """Return the answer."""
        body = {"error": {"code": self.code, "message": self.message}}
        return Result(self.status, json.dumps(body), self.retry_after)


def unauthorized() -> Refusal:
    """Return the refusal of a call without a good token."""
    return Refusal(401, "Unauthorized", "Authorization has been denied for this request.")


def not_in_roster() -> Refusal:
    """Return the refusal where the bot is not installed."""
    text = "The bot is not part of the conversation roster."
    return Refusal(403, "BotNotInConversationRoster", text)


def no_such_conversation() -> Refusal:
    """Return the refusal of a conversation that does not exist."""
    return Refusal(404, "ConversationNotFound", "Conversation not found.")


def too_many(seconds: float) -> Refusal:
    """Return the refusal of a call that came too soon after others."""
    text = "API calls quota exceeded for the conversation."
    return Refusal(429, "TooManyRequests", text, retry_after=max(1, round(seconds)))


def refused_by_fault(fault: Fault) -> Result | None:
    """Return the refusal that a fault asks for, if it asks for one."""
    match fault.kind:
        case FaultKind.RATE_LIMITED:
            return too_many(fault.seconds).as_result()
        case FaultKind.UNAUTHORIZED:
            return unauthorized().as_result()
        case FaultKind.FORBIDDEN:
            return not_in_roster().as_result()
        case FaultKind.NOT_FOUND:
            return no_such_conversation().as_result()
        case FaultKind.PRECONDITION_FAILED:
            text = "The operation collided with another one on the same conversation."
            return Refusal(412, "PreconditionFailed", text).as_result()
        case _:
            return None
