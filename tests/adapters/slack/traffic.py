"""One payload of each kind that Slack sends, and true or forged signatures for it."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
#: Words that must never show up in a log.
WORDS = "words-of-a-candidate"

TEAM = {"id": "T0PARLEY", "domain": "parley"}
USER = {"id": "U0ADA", "team_id": "T0PARLEY"}
TICKET = json.dumps({"channel": "C0GENERAL", "state": {"number": 7, "size": 0}, "instance": "i1"})
STATE = {"values": {"words": {"short_text": {"type": "plain_text_input", "value": WORDS}}}}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "toy.note",
    "private_metadata": TICKET,
    "state": STATE,
}
COMMON = {"team": TEAM, "user": USER, "enterprise": None, "trigger_id": "1.2.abc"}
BUTTON = {
    "type": "button",
    "action_id": "toy.count#0",
    "block_id": "b1",
    "value": json.dumps({"number": 4}),
}

COMMAND = {
    "command": "/term",
    "text": WORDS,
    "user_id": "U0ADA",
    "team_id": "T0PARLEY",
    "channel_id": "C0GENERAL",
    "trigger_id": "1.2.abc",
    "response_url": "https://hooks.slack.com/commands/1",
}


def event(inner: Json) -> Json:
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": "T0PARLEY",
        "event": inner,
        "authorizations": [
            {"team_id": "T0PARLEY", "enterprise_id": None, "user_id": "U0PARLEY", "is_bot": True}
        ],
    }


def said(kind: str, channel_type: str) -> Json:
    return event(
        {
            "type": kind,
            "user": "U0ADA",
            "channel": "D0ADAPARLEY" if channel_type == "im" else "C0GENERAL",
            "channel_type": channel_type,
            "text": f"<@U0PARLEY> term {WORDS}",
            "ts": "1795424400.000100",
        }
    )


PAYLOADS: dict[str, Json] = {
    "press": COMMON
    | {
        "type": "block_actions",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "C0GENERAL"},
        "channel": {"id": "C0GENERAL"},
        "message": {"thread_ts": "1.1"},
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [BUTTON],
    },
    "press in a window": COMMON
    | {
        "type": "block_actions",
        "container": {"type": "view", "view_id": "V1"},
        "view": VIEW,
        "actions": [BUTTON],
    },
    "submission": COMMON | {"type": "view_submission", "view": VIEW},
    "closing": COMMON | {"type": "view_closed", "view": VIEW},
    "shortcut": COMMON
    | {
        "type": "message_action",
        "callback_id": "toy.explain",
        "channel": {"id": "C0GENERAL"},
        "message": {
            "ts": "1.2",
            "text": WORDS,
            "user": "U0BEN",
            "files": [{"id": "F1", "name": "a.csv", "size": 3, "mimetype": "text/csv"}],
        },
    },
    "shortcut from anywhere": COMMON | {"type": "shortcut", "callback_id": "toy.explain"},
    "suggestion": COMMON | {"type": "block_suggestion", "action_id": "x"},
    "mention": said("app_mention", "channel"),
    "direct message": said("message", "im"),
    "post": said("message", "channel"),
    "arrival": event(
        {
            "type": "member_joined_channel",
            "user": "U0PARLEY",
            "inviter": "U0ADA",
            "channel": "C0GENERAL",
            "channel_type": "C",
            "team": "T0PARLEY",
        }
    ),
    "home": event(
        {"type": "app_home_opened", "user": "U0ADA", "channel": "D0ADAPARLEY", "tab": "home"}
    ),
}


def encoded(kind: str, payload: Json) -> tuple[bytes, str]:
    """Return the body and its type as Slack writes them."""
    if "command" in payload:
        return urlencode(payload).encode(), FORM
    if payload.get("type") == "event_callback":
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


def everything() -> dict[str, tuple[bytes, str]]:
    """Return one request body of each kind with its type."""
    bodies = {kind: encoded(kind, payload) for kind, payload in PAYLOADS.items()}
    bodies["command"] = encoded("command", COMMAND)
    bodies["challenge"] = (b'{"type": "url_verification", "challenge": "abc"}', JSON)
    bodies["certificate check"] = (b"ssl_check=1&token=abc", FORM)
    return bodies


def signature(secret: str, body: bytes, timestamp: str) -> str:
    """Return Slack's v0 signature."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes, content_type: str, *, age: int = 0) -> dict[str, str]:
    """Return true headers for *body*, signed *age* seconds ago."""
    timestamp = str(int(time.time()) - age)
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, body, timestamp),
    }


def forgeries(secret: str, body: bytes, content_type: str) -> dict[str, dict[str, str]]:
    """Return headers that nobody should believe, by what is wrong with them."""
    true = headers(secret, body, content_type)
    stamp, sign = "X-Slack-Request-Timestamp", "X-Slack-Signature"
    now = true[stamp]
    bare = {"Content-Type": content_type}
    wrong = {
        "another secret": signature("another", body, now),
        "an empty secret": signature("", body, now),
        "another body": signature(secret, body + b" ", now),
        "another time": signature(secret, body, str(int(now) - 1)),
        "nothing": "",
        "version 1": true[sign].replace("v0", "v1"),
        "no version": true[sign].removeprefix("v0="),
        "capitals": true[sign].upper(),
        "half": true[sign][:34],
        "more": true[sign] + "0",
        "zeros": "v0=" + "0" * 64,
        "letters": "v0=" + "é" * 64,
        "a long one": "v0=" + "a" * 7000,
    }
    believed = {name: true | {sign: forged} for name, forged in wrong.items()}
    for name, odd in {"no number": "now", "a fraction": f"{now}.0", "hex": hex(int(now))}.items():
        believed[name] = true | {stamp: odd, sign: signature(secret, body, odd)}
    return believed | {
        "unsigned": bare,
        "only a time": bare | {stamp: now},
        "only a signature": bare | {sign: true[sign]},
        "stale": headers(secret, body, content_type, age=301),
        "early": headers(secret, body, content_type, age=-302),
        "lazy": bare | {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Retry-Num": "1"},
    }
