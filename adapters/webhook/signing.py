"""Signatures by the Standard Webhooks specification 1.0.0: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime


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
