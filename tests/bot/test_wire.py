"""JSON from outside: what is read, and what is refused before anybody reads it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire import Reason, Refused, read_json


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"text"',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 123456789012345678901}',
        b'{"a": "\\u0000"}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\xff"}',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        nested(65),
        nested(2_000),
        b'{"a":' + b"[" * 500_000,
        b'{"a":' + b'{"a":' * 200_000,
        b'{"a": [' + b"[]," * 30_000 + b"0]}",
        b'{"a": [' + b"0," * 60_000 + b"0]}",
    ],
)
def test_json_that_is_broken_or_too_much_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_json(body)

    assert refused.value.reason is Reason.MALFORMED


def test_what_stays_within_the_limits_is_read() -> None:
    assert read_json(nested(63))
    assert read_json(b'{"a": [' + b"0," * 40_000 + b"0]}")
    assert read_json(b'{"a": 12345678901234567890, "b": -1.5, "c": "\\ud83d\\ude00 \xc3\xa9"}') == {
        "a": 12_345_678_901_234_567_890,
        "b": -1.5,
        "c": "😀 é",
    }


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with suppress(Refused):
        assert isinstance(read_json(body), dict)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_refusal_blames_the_sender_unless_nobody_can_say(reason: Reason) -> None:
    assert (400 <= reason.status < 500) == (reason is not Reason.KEYS)


@pytest.mark.parametrize("reason", list(Reason))
def test_operators_can_read_what_a_reason_means(reason: Reason) -> None:
    rows = (Path(__file__).parents[2] / "docs/operating.md").read_text().splitlines()

    assert any(row.startswith("|") and f"`{reason}`" in row for row in rows)
