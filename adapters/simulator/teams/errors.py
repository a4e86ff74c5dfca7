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


def no_such_message() -> Refusal:
    """Return the refusal of a message that is not there, or not there any more."""
    text = "Message does not exist in the thread."
    return Refusal(404, "ActivityNotFoundInConversation", text)


def no_such_member() -> Refusal:
    """Return the refusal of somebody who is not in the conversation."""
    text = "The member is not in the conversation."
    return Refusal(404, "MemberNotFoundInConversation", text)


def no_such_team() -> Refusal:
    """Return the refusal of a team that does not exist."""
    return Refusal(404, "NotFound", "The team was not found.")


def blocked() -> Refusal:
    """Return the refusal of somebody who blocked the bot."""
    text = "User blocked the conversation with the bot."
    return Refusal(403, "ConversationBlockedByUser", text)


def not_the_author() -> Refusal:
    """Return the refusal to change a message of somebody else."""
    text = "The bot may change its own messages only."
    return Refusal(403, "ForbiddenOperationException", text)


def bad_request(message: str) -> Refusal:
    """Return the refusal of something malformed."""
    return Refusal(400, "BadSyntax", message)


def too_large(size: int) -> Refusal:
    """Return the refusal of a message that is too large."""
    return Refusal(413, "MessageSizeTooBig", f"Message size too large: {size} bytes.")


def too_many(seconds: float) -> Refusal:
    """Return the refusal of a call that came too soon after others."""
    text = "Too many requests."
    return Refusal(429, "Throttled", text, retry_after=max(1, round(seconds)))


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
            text = "Precondition failed, please try again."
            return Refusal(412, "PreconditionFailed", text).as_result()
        case _:
            return None
