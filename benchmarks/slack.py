"""Signed requests as raw HTTP, made as fast as possible: the load must not be the limit."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
#: What connects Parley with the workspace; nothing answers where Slack's API should be.
SETTINGS = {
    "PARLEY_SLACK_SIGNING_SECRET": SIGNING_SECRET,
    "PARLEY_SLACK_BOT_TOKEN": "xoxb-bench",
    "PARLEY_SLACK_TEAM_ID": "T1",
    "PARLEY_SLACK_API_BASE": "http://127.0.0.1:9/api/",
}
_ids = itertools.count(1)


def command(text: str, *, name: str = "/term", host: str = "127.0.0.1") -> bytes:
    """Return one whole HTTP request; every call is a new act with a trigger of its own."""
    body = urlencode(
        {
            "token": "t",
            "team_id": "T1",
            "team_domain": "bench",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": "U1",
            "user_name": "bench",
            "command": name,
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/commands/1",
            "trigger_id": f"{next(_ids)}.{time.monotonic_ns()}",
        }
    ).encode()
    return _signed(body, host)


def submission(route: str, state: Mapping[str, Any], answers: Mapping[str, Any]) -> bytes:
    """Return one whole HTTP request: a window is sent, each time another instance of it.

    *answers* are by the inputs' names, as Slack writes the state of each element.
    """
    ticket = {"channel": "C1", "state": state, "instance": str(next(_ids))}
    payload = {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": ticket["instance"],
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": route,
            "private_metadata": json.dumps(ticket),
            "state": {"values": answers},
        },
    }
    return _signed(urlencode({"payload": json.dumps(payload)}).encode(), "127.0.0.1")


def _signed(body: bytes, host: str) -> bytes:
    now = str(int(time.time()))
    digest = hmac.new(SIGNING_SECRET.encode(), b"v0:%s:%s" % (now.encode(), body), hashlib.sha256)
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: {host}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {now}\r\nX-Slack-Signature: v0={digest.hexdigest()}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
