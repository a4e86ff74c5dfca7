"""Log lines: an event and its fields, ids and counts only; no names, no texts, no tokens."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

#: Fields that a line may carry; any other is dropped, so that a slip cannot leak a text.
# fmt: off
FIELDS = frozenset({
    "event", "level", "timestamp", "reference", "kind", "route", "platform", "user", "outcome",
    "milliseconds", "job", "attempts", "code", "seconds", "schedule", "slots", "sweep", "error",
    "reason", "status", "count", "path", "port", "url", "database", "version", "setting",
    "signal", "method", "detail", "where",
})
# fmt: on
TOKEN = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|Bearer\s+\S+|[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
Line = MutableMapping[str, Any]


def configure(*, console: bool) -> None:
    """Write lines for a person at a *console*, or else as JSON for machines, to stderr."""
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if console
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames_only,
            _allowed_only,
            _no_tokens,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries speak at WARNING and above; below that they quote whole requests.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_mask_record)


def _frames_only(_: Any, __: str, line: Line) -> Line:
    """Turn an exception into its type and where it came from: its message may quote people."""
    raised = line.pop("exc_info", None)
    if not raised:
        return line
    error: ExcInfo | tuple[None, None, None]
    error = raised if isinstance(raised, tuple) else sys.exc_info()
    kind, _value, trace = error
    frames = traceback.extract_tb(trace)
    line["error"] = kind.__name__ if kind else "unknown"
    line["where"] = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in reversed(frames)
    )
    return line


def _allowed_only(_: Any, __: str, line: Line) -> Line:
    return {name: value for name, value in line.items() if name in FIELDS}


def _no_tokens(_: Any, __: str, line: Line) -> Line:
    for name, value in line.items():
        if isinstance(value, str):
            line[name] = TOKEN.sub("[token]", value)
    return line


def _mask_record(record: logging.LogRecord) -> bool:
    record.msg, record.args = TOKEN.sub("[token]", record.getMessage()), ()
    return True
