"""From raw bytes to a dict that Slack signed, or to the reason why it is refused."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from bot.wire import Json, Reason, Refused, read_json

#: The one address of all Slack traffic.
PATH = "/slack/events"

FRESH_SECONDS = 300
MOST_FIELDS = 64
#: Of percent signs in a form: each takes some 250 bytes for a moment.
MOST_ESCAPES = 150_000

_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def verify(secret: str, timestamp: str, signature: str, body: bytes, *, now: float) -> None:
    """Check Slack's v0 signature over the raw bytes; *now* is in seconds since 1970.

    Raises:
        Refused: the signature is not Slack's, or older or newer than five minutes.
    """
    if not _TIMESTAMP.fullmatch(timestamp):
        raise Refused(Reason.SIGNATURE)
    signed = b"v0:%s:%s" % (timestamp.encode(), body)
    expected = f"v0={hmac.digest(secret.encode(), signed, 'sha256').hex()}"
    # As bytes: compare_digest raises on text that is not ASCII.
    if not hmac.compare_digest(expected.encode(), signature.encode(errors="replace")):
        raise Refused(Reason.SIGNATURE)
    if abs(now - int(timestamp)) > FRESH_SECONDS:
        raise Refused(Reason.STALE)


def read_form(body: bytes) -> Json:
    """Return the fields of a form, or the JSON in its `payload` when it is an interaction.

    A slash command is told by its field `command`, whatever words its text contains.

    Raises:
        Refused: the form is broken, or none of Slack's.
    """
    holds_too_much = body.count(b"%") > MOST_ESCAPES or body.count(b"&") >= MOST_FIELDS
    # No database keeps a NUL; the strict reading below lets no half of a character pass.
    if holds_too_much or b"%00" in body or b"\0" in body:
        raise Refused(Reason.MALFORMED)
    try:
        pairs = list(_pairs(body.decode()))
    except ValueError:
        raise Refused(Reason.MALFORMED) from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Refused(Reason.MALFORMED)
    if "command" in fields or "ssl_check" in fields:
        return fields
    if "payload" in fields:
        return read_json(fields["payload"].encode())
    raise Refused(Reason.MALFORMED)


def _pairs(form: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a form; `parse_qsl` takes thrice as long, since few are escaped."""
    for field in form.replace("+", " ").split("&"):
        name, _, value = field.partition("=")
        if "%" in field:
            name, value = _unescaped(name), _unescaped(value)
        yield name, value


def _unescaped(text: str) -> str:
    return unquote_to_bytes(text).decode() if "%" in text else text
