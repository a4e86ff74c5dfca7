"""What is kept of what people report: its kinds, how it stands with each piece, and its hash."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.inbound import FileRef, QuotedMessage

#: How a message's or a file's facts are written down: JSON.
Facts = Mapping[str, Any]


class Kind(StrEnum):
    """What is kept."""

    MESSAGE = "message"  #: the message itself, as it was when it was reported
    BEFORE = "before"  #: what people read above it
    FILE = "file"


class Standing(StrEnum):
    """Whether it is there."""

    AWAITED = "awaited"  #: the platform is being asked for it
    KEPT = "kept"
    TOO_LARGE = "too_large"  #: its name and size are kept
    MISSED = "missed"  #: the platform did not hand it out; its name and size are kept


class Handling(StrEnum):
    """What was done with a piece of evidence, for its custody log."""

    CAPTURED = "captured"
    FETCHED = "fetched"
    NOT_FETCHED = "not_fetched"
    READ = "read"
    VERIFIED = "verified"
    BROKEN = "broken"  #: what is stored is not what was captured


@dataclass(frozen=True, slots=True)
class Author:
    """Whose words they are: an account, by the platform's own id."""

    platform: str
    tenant: str
    user: str


def of_message(
    text: str, author: Author, *, sent_at: datetime | None, link: str | None, channel: str
) -> Facts:
    """Return what is kept of a message."""
    return {
        "text": text,
        "author": asdict(author),
        "sent_at": _written(sent_at),
        "link": link,
        "channel": channel,
    }


def of_file(file: FileRef) -> Facts:
    """Return what is kept of a file beside its content."""
    return {"name": file.name, "mime": file.mime, "size": file.size}


def of_talk(said: tuple[QuotedMessage, ...]) -> Facts:
    """Return what is kept of what was said before a message."""
    return {
        "said": [
            {"text": one.text, "author": one.author, "sent_at": _written(one.sent_at)}
            for one in said
        ]
    }


def written(facts: Facts) -> str:
    """Return facts as one text, with something random, so that nobody guesses it by its hash."""
    return json.dumps({**facts, "salt": secrets.token_hex(16)}, sort_keys=True)


def read(text: str) -> dict[str, Any]:
    """Return the facts of such a text."""
    facts: dict[str, Any] = json.loads(text)
    return facts


def sha256(content: bytes | str) -> str:
    """Return by what it is told whether something is still as it was captured."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
