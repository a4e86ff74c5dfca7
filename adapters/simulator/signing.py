"""Slack's signature on what it sends, version 0."""

import hashlib
import hmac


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return the `X-Slack-Signature` of *body* sent at *timestamp* (unix seconds)."""
    base = b"v0:%d:%s" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(
    secret: str, timestamp: int, body: bytes, content_type: str
) -> list[tuple[str, str]]:
    """Return the headers Slack sends with *body*."""
    return [
        ("Content-Type", content_type),
        ("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"),
        ("X-Slack-Request-Timestamp", str(timestamp)),
        ("X-Slack-Signature", signature(secret, timestamp, body)),
    ]
