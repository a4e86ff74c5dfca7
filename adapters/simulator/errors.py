"""What Slack says when it refuses a call."""

from collections.abc import Sequence


class Refusal(Exception):
    """A call that Slack answers with `ok: false` and a code of its own."""

    def __init__(
        self,
        code: str,
        messages: Sequence[str] = (),
        *,
        retry_after: int | None = None,
        details: Sequence[dict[str, object]] = (),
        needed: str = "",
    ) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.retry_after = retry_after
        self.details = tuple(details)
        self.needed = needed

    def as_json(self) -> dict[str, object]:
        """Return the body of the answer."""
        body: dict[str, object] = {"ok": False, "error": self.code}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {text}" for text in self.messages]}
            body["errors"] = list(self.messages)
        if self.needed:
            body["needed"] = self.needed
        if self.details:
            body["errors"] = list(self.details)
        return body


class Unplayable(Exception):
    """An act the person at the page or in a test cannot do; the text says why."""
