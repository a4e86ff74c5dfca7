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
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_FramesOnly("%(name)s: %(message)s"))
    handler.addFilter(_mask_record)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _FramesOnly(logging.Formatter):
    """Writes a library's exception as its type and where it came from."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        kind, _value, trace = ei
        return f"{_name(kind)}: {_frames(trace)}"


def _frames_only(_: Any, __: str, line: Line) -> Line:
    """Turn an exception into its type and where it came from: its message may quote people."""
    raised = line.pop("exc_info", None)
    if not raised:
        return line
    if isinstance(raised, BaseException):
        raised = (type(raised), raised, raised.__traceback__)
    kind, _value, trace = raised if isinstance(raised, tuple) else sys.exc_info()
    line["error"] = _name(kind)
    line["where"] = _frames(trace)
    return line


def _name(kind: type[BaseException] | None) -> str:
    return kind.__name__ if kind else "unknown"


def _frames(trace: TracebackType | None) -> str:
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
        for frame in reversed(traceback.extract_tb(trace))
    )


def _allowed_only(_: Any, __: str, line: Line) -> Line:
    return {name: value for name, value in line.items() if name in FIELDS}


def _no_tokens(_: Any, __: str, line: Line) -> Line:
    for name, value in line.items():
        if isinstance(value, str):
            line[name] = TOKEN.sub("[token]", value)
    return line


def _mask_record(record: logging.LogRecord) -> bool:
    text = record.getMessage()
    if record.exc_info:
        # asyncio adds lines that show the failed task, and with it the exception's message.
        text = text.partition("\n")[0]
    record.msg, record.args = TOKEN.sub("[token]", text), ()
    return True
