"""Signatures by the Standard Webhooks specification 1.0.0: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import binascii
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"
#: What the specification allows, in bytes.
SHORTEST, LONGEST = 24, 64


def key_of(secret: str) -> bytes:
    """Return the key that a secret such as `whsec_…` holds.

    Raises:
        ValueError: it holds none.
    """
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("The secret is not base64.") from error
    if not secret.startswith(PREFIX) or not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"A secret is {PREFIX} and {SHORTEST} to {LONGEST} bytes in base64.")
    return key


def headers(key: bytes, id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """Return the headers by which a receiver recognises that *body* is ours, and how old it is."""
    seconds = str(int(at.timestamp()))
    signed = f"{id}.{seconds}.".encode() + body
    digest = b64encode(hmac.digest(key, signed, "sha256")).decode()
    return {
        "webhook-id": id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{digest}",
    }
