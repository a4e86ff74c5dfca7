"""Log lines: ids and counts get through, texts and tokens do not."""

import asyncio
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs

SECRET = "xoxb-123456789012-abcdefABCDEF"
TOKENS = [
    SECRET,
    "xapp-1-A0-9-f00",
    "Bearer abc.def",
    "eyJhbGciOiJSUzI1NiIsInR5cCI6.eyJpc3MiOiJodHRwczovL2.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a configured process writes; afterwards logging is as it was before."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    root.handlers.clear()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure(console=False)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_is_an_event_with_its_fields(written: io.StringIO) -> None:
    structlog.get_logger().info("job_postponed", job=7, seconds=1.5)

    [line] = lines(written)
    assert line.pop("timestamp")
    assert line == {"event": "job_postponed", "level": "info", "job": 7, "seconds": 1.5}


def test_fields_that_nobody_named_are_dropped(written: io.StringIO) -> None:
    structlog.get_logger().info("request", text="Ada is on the panel", payload={"a": 1})

    assert lines(written)[0].keys() == {"event", "level", "timestamp"}


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:6])
def test_tokens_are_masked_wherever_they_stand(written: io.StringIO, token: str) -> None:
    structlog.get_logger().warning(f"said {token}", detail=f"it was {token}, again {token}.")
    logging.getLogger("library").warning("said %s", token)

    assert token not in written.getvalue()
    assert written.getvalue().count("[token]") == 4


def test_an_error_is_its_type_and_where_it_came_from(written: io.StringIO) -> None:
    try:
        int("Ada wrote: no hire")
    except ValueError:
        structlog.get_logger().exception("request_failed", reference="f00d")

    [line] = lines(written)
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_logs.py:")
    assert "no hire" not in written.getvalue()


def test_an_error_may_be_given_or_missing(written: io.StringIO) -> None:
    error = ValueError("Ada wrote: no hire")

    structlog.get_logger().error("given", exc_info=(ValueError, error, None))
    structlog.get_logger().error("also_given", exc_info=error)
    structlog.get_logger().error("missing", exc_info=True)

    assert [line["error"] for line in lines(written)] == ["ValueError", "ValueError", "unknown"]
    assert "no hire" not in written.getvalue()


def test_an_error_that_a_library_logs_tells_no_text_either(written: io.StringIO) -> None:
    try:
        int("Ada wrote: no hire")
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request")

    assert "no hire" not in written.getvalue()
    assert "Error handling request" in written.getvalue()
    assert "ValueError" in written.getvalue()


async def test_an_error_in_a_forgotten_task_tells_no_text(written: io.StringIO) -> None:
    async def fail() -> None:
        raise ValueError("Ada wrote: no hire")

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    await asyncio.sleep(0)

    assert "no hire" not in written.getvalue()


def test_what_libraries_say_below_a_warning_is_not_written(written: io.StringIO) -> None:
    logging.getLogger("slack_sdk").info("whole request")
    structlog.get_logger().debug("detail")

    assert written.getvalue() == ""


def test_at_a_console_lines_are_for_people(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure(console=True)

    structlog.get_logger().info("started", port=3978)

    assert "started" in written.getvalue()
    assert "port=3978" in written.getvalue()
