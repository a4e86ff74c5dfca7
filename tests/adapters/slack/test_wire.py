"""Raw bytes: what counts as Slack's, and what is refused before anybody reads it."""

import hashlib
import hmac
import json
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.wire import FRESH_SECONDS, read_form, verify
from bot.wire import Reason, Refused

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_795_424_400.0


def sign(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def test_a_signature_of_slack_is_accepted() -> None:
    verify(SECRET, "1795424400", sign(b"x", "1795424400"), b"x", now=NOW)


@pytest.mark.parametrize("age", [-FRESH_SECONDS - 1, FRESH_SECONDS + 1, 86_400, 1_000_000_000])
def test_a_true_signature_of_another_time_is_stale(age: int) -> None:
    timestamp = str(int(NOW) - age)

    with pytest.raises(Refused) as refused:
        verify(SECRET, timestamp, sign(b"x", timestamp), b"x", now=NOW)

    assert refused.value.reason is Reason.STALE


@pytest.mark.parametrize("age", [-FRESH_SECONDS, 0, FRESH_SECONDS])
def test_five_minutes_are_fresh_enough(age: int) -> None:
    timestamp = str(int(NOW) - age)

    verify(SECRET, timestamp, sign(b"x", timestamp), b"x", now=NOW)


@pytest.mark.parametrize(
    "timestamp",
    [
        "",
        "0x6b",
        " 1795424400",
        "1795424400 ",
        "1795424400.0",
        "-1",
        "1e9",
        "١٧٩٥",
        "9" * 13,
        "\n1",
    ],
)
def test_a_timestamp_that_is_no_number_is_refused_even_when_signed(timestamp: str) -> None:
    with pytest.raises(Refused) as refused:
        verify(SECRET, timestamp, sign(b"x", timestamp), b"x", now=NOW)

    assert refused.value.reason is Reason.SIGNATURE


@given(st.text(max_size=80))
def test_no_made_up_signature_is_accepted_and_none_breaks(signature: str) -> None:
    with pytest.raises(Refused):
        verify(SECRET, "1795424400", signature, b"x", now=NOW)


def test_a_command_whose_text_says_payload_is_a_command() -> None:
    form = {"command": "/report", "text": 'payload={"type":"x"} & %00', "user_id": "U1"}

    assert read_form(urlencode(form).encode()) == form


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=8))
def test_every_text_in_a_form_is_read_as_it_was_written(texts: dict[str, str]) -> None:
    form = {name: text.replace("\0", "") for name, text in texts.items() if "\0" not in name}
    form |= {"command": "/term"}

    assert read_form(urlencode(form).encode()) == form


def test_an_interaction_is_the_json_in_its_payload() -> None:
    form = urlencode({"payload": json.dumps({"type": "block_actions"})})

    assert read_form(form.encode()) == {"type": "block_actions"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"text=EDRM",
        b"command=%2Fa&command=%2Fb",
        b"payload=%7B%7D&payload=%7B%7D",
        b"command=%2Fterm&text=%ff%fe",
        b"command=%2Fterm&text=\xff",
        b"command=%2Fterm&text=a%00b",
        b"command=%2Fterm&text=a\0b",
        b"command=%2Fterm&text=%ed%a0%80",  # half of a character
        b"command=%2Fterm&text=\xed\xa0\x80",
        b"payload=",
        b"payload=%5B%5D",
        b"payload=7",
        b"payload=%7B",
        b"&".join(b"a%d=1" % n for n in range(65)),
        b"command=%2Fterm&text=" + b"%41" * 150_000,
    ],
)
def test_a_form_that_slack_does_not_send_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_form(body)

    assert refused.value.reason is Reason.MALFORMED


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with suppress(Refused):
        assert isinstance(read_form(body), dict)
