"""What comes from outside: why it is refused, JSON within bounds, answers in their shape."""

from __future__ import annotations

import json
import math
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import DeliveryError

Json = dict[str, Any]
Shape = TypeVar("Shape", bound=BaseModel)

MOST_NESTING = 64
MOST_DIGITS = 20
#: Of lists, objects and commas, those in texts included: parsing them all takes some 50 ms.
MOST_PARTS = 50_000
_PART_MARKS = (b"[", b"{", b",")


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
    AUDIENCE = "audience"
    MALFORMED = "malformed"
    HOST = "host"
    TENANT = "tenant"
    KEYS = "keys"

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
    Reason.AUDIENCE: 401,  # signed by the platform, for another app
    Reason.MALFORMED: 400,
    Reason.HOST: 403,  # an answer would go where no answer of ours goes
    Reason.TENANT: 403,  # another company's, or another workspace's
    Reason.KEYS: 503,  # nobody can say whether the signature is good: the platform repeats
}


class Refused(Exception):
    """A request that is not answered in words: whoever sent it is no platform of ours."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


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


def shaped(shape: type[Shape], answer: object) -> Shape:
    """Return what a platform answered in the shape it should have.

    Raises:
        DeliveryError: it has another one.
    """
    try:
        return shape.model_validate(answer)
    except ValidationError:
        raise DeliveryError("garbage") from None


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
