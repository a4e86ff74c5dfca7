"""Log lines: an event and its fields, ids and counts only; no names, no texts, no tokens."""

from __future__ import annotations

import asyncio
import logging
import re
import sys
import time
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

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


class Request(NamedTuple):
    """What the line of a request says."""

    reference: str
    platform: str
    user: str
    kind: str
    route: str
    milliseconds: float
    outcome: str


def _request_as_json(request: Request, timestamp: str) -> str:
    # The account is left out, and nothing else needs to be escaped.
    return (
        f'{{"event": "request", "reference": "{request.reference}", '
        f'"platform": "{request.platform}", "kind": "{request.kind}", '
        f'"route": "{request.route}", "milliseconds": {request.milliseconds:.3f}, '
        f'"outcome": "{request.outcome}", "level": "info", "timestamp": "{timestamp}"}}'
    )


def _request_in_words(request: Request, timestamp: str) -> str:
    user = ascii(request.user)[1:-1]  # obeyed by no terminal
    return (
        f"{timestamp[11:19]}  {request.platform:<6} {user:<12} {request.kind:<10} "
        f"{request.route or '-':<28} {request.milliseconds:8.1f} ms  "
        f"{request.outcome:<8} {request.reference}"
    )


class RequestLog:
    """Writes a line for each request, once it was told to.

    It is on the way of every lookup, and structlog's processors would take longer than the lookup
    itself. They would drop and mask nothing: no value in the line comes from people.
    """

    def __init__(self) -> None:
        self._logger: structlog.WriteLogger | None = None
        self._line = _request_as_json
        self._waiting: list[str] = []
        self._second = 0
        self._prefix = ""

    def begin(self, *, console: bool) -> None:
        """Write from now on, for a person at a *console*, or else as JSON for machines."""
        self._logger = structlog.WriteLogger(sys.stderr)
        self._line = _request_in_words if console else _request_as_json

    def write(self, request: Request) -> None:
        """Write a request's line, together with all that end in the same turn of the loop."""
        if self._logger is None:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._flush, self._logger)
        self._waiting.append(self._line(request, self._timestamp()))

    def _flush(self, logger: structlog.WriteLogger) -> None:
        lines = "\n".join(self._waiting)
        self._waiting.clear()
        with suppress(OSError, ValueError):  # a disk that is full, a terminal that is gone
            logger.info(lines)

    def _timestamp(self) -> str:
        """Return the time as structlog writes it, for a third of the cost."""
        now = time.time()
        second = int(now)
        if second != self._second:
            moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._second, self._prefix = second, moment
        return f"{self._prefix}.{int((now - second) * 1_000_000):06d}Z"


requests = RequestLog()


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
