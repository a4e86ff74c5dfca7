"""From raw bytes to a dict that Slack signed, or to the reason why it is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
import re
from enum import StrEnum
from typing import Any, NoReturn
from urllib.parse import parse_qsl

Json = dict[str, Any]

FRESH_SECONDS = 300
MOST_NESTING = 64
MOST_DIGITS = 20
#: Of lists, objects and commas, those in texts included: parsing them all takes some 50 ms.
MOST_PARTS = 50_000
MOST_FIELDS = 64
#: Of percent signs in a form: each takes some 250 bytes for a moment.
MOST_ESCAPES = 150_000

_PART_MARKS = (b"[", b"{", b",")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class Reason(StrEnum):
    """Why a request is refused before anything reads it."""

    METHOD = "method"
    TYPE = "type"
    ENCODING = "encoding"
    TOO_LARGE = "too_large"
    SLOW = "slow"
    BROKEN = "broken"
    SIGNATURE = "signature"
    STALE = "stale"
    MALFORMED = "malformed"
    TEAM = "team"

    @property
    def status(self) -> int:
        """Return the HTTP status that says so."""
        return _STATUS[self]


_STATUS = {
    Reason.METHOD: 405,
    Reason.TYPE: 415,
    Reason.ENCODING: 415,
    Reason.TOO_LARGE: 413,
    Reason.SLOW: 408,
    Reason.BROKEN: 400,
    Reason.SIGNATURE: 401,
    Reason.STALE: 401,
    Reason.MALFORMED: 400,
    Reason.TEAM: 403,
}


class Refused(Exception):
    """A request that is not answered in words: whoever sent it is not Slack, or not our Slack."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


def verify(secret: str, timestamp: str, signature: str, body: bytes, *, now: float) -> None:
    """Check Slack's v0 signature over the raw bytes; *now* is in seconds since 1970.

    Raises:
        Refused: the signature is not Slack's, or older or newer than five minutes.
    """
    if not _TIMESTAMP.fullmatch(timestamp):
        raise Refused(Reason.SIGNATURE)
    signed = b"v0:%s:%s" % (timestamp.encode(), body)
    expected = f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
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
    if body.count(b"%") > MOST_ESCAPES:
        raise Refused(Reason.MALFORMED)
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise Refused(Reason.MALFORMED) from None
    fields = dict(pairs)
    if len(fields) != len(pairs) or not all(map(_is_sound, fields.values())):
        raise Refused(Reason.MALFORMED)
    if "command" in fields or "ssl_check" in fields:
        return fields
    if "payload" in fields:
        return read_json(fields["payload"].encode())
    raise Refused(Reason.MALFORMED)


def read_json(body: bytes) -> Json:
    """Return a JSON object.

    Raises:
        Refused: it is broken, none, nested too deeply, or holds too much or what no database keeps.
    """
    if sum(map(body.count, _PART_MARKS)) > MOST_PARTS:
        raise Refused(Reason.MALFORMED)
    try:
        value = json.loads(
            body.decode(), parse_int=_int, parse_float=_float, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise Refused(Reason.MALFORMED) from None
    return sound(value)


def sound(value: object) -> Json:
    """Return *value*, a JSON object, looked through level by level.

    Raises:
        Refused: it is none, nested too deeply, or holds a text that no database can keep.
    """
    if not isinstance(value, dict):
        raise Refused(Reason.MALFORMED)
    level: list[object] = [value]
    for _ in range(MOST_NESTING):
        deeper: list[object] = []
        for item in level:
            if isinstance(item, dict):
                deeper += item.keys()
                deeper += item.values()
            elif isinstance(item, list):
                deeper += item
            elif isinstance(item, str) and not _is_sound(item):
                raise Refused(Reason.MALFORMED)
        if not deeper:
            return value
        level = deeper
    raise Refused(Reason.MALFORMED)


def _is_sound(text: str) -> bool:
    """Say whether *text* has neither NUL, which PostgreSQL refuses, nor half a surrogate pair."""
    if "\0" in text:
        return False
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


def _int(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise ValueError("too many digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
