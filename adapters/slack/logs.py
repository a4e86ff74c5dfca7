"""What the vendor's libraries may write into our log: short lines without secrets."""

from __future__ import annotations

import logging
import re

MOST_CHARACTERS = 300

_SECRET = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|ticket=[^\s&'\"]+|hooks\.slack\.com/\S+")


class _Brief(logging.Filter):
    """Shortens a record, masks tokens and leaves tracebacks out: they quote addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub("(secret)", record.getMessage())[:MOST_CHARACTERS]
        record.args = None
        record.exc_info = None
        record.exc_text = None
        return True


def quiet_logger(name: str, *, level: int) -> logging.Logger:
    """Return a logger for a library; at DEBUG these libraries would print whole requests."""
    logger = logging.getLogger(name)
    logger.setLevel(level)
    if not logger.filters:
        logger.addFilter(_Brief())
    return logger
