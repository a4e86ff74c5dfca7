"""The door over real HTTP: what is forged, hostile, too large or too slow stays outside."""

import asyncio
import gzip
import io
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import structlog
from aiohttp import ClientSession, web
from slack_bolt.response import BoltResponse

from adapters.slack.ingress import Ingress
from adapters.slack.wire import PATH
from bot.web import serve
from tests.adapters.mutants import mutants
from tests.adapters.slack import traffic
from tests.adapters.slack.house import House, a_house
from tests.adapters.slack.traffic import FORM, JSON, WORDS

SECRET = "a secret of the tests"


@dataclass
class Doorstep:
    """A door with nothing behind it but a list."""

    url: str
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, payload: dict[str, Any]) -> BoltResponse:
        self.taken.append(payload)
        return BoltResponse(status=200)


@pytest.fixture
async def doorstep(request: pytest.FixtureRequest) -> AsyncIterator[Doorstep]:
    """A door that waits long for a body; a test may ask for another number of seconds."""
    most_seconds = getattr(request, "param", 60.0)
    step = Doorstep("")
    app = web.Application()
    app.router.add_route("*", PATH, Ingress(SECRET, step.take, most_seconds=most_seconds).handle)
    runner = await serve(app, "127.0.0.1", 0)
    step.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    yield step
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


def true_headers(body: bytes, content_type: str = JSON) -> dict[str, str]:
    return traffic.headers(SECRET, body, content_type)


async def test_no_forged_request_of_any_kind_is_let_in(
    house: House, http: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    secret, url, tried = house.slack.signing_secret, house.slack.bot_url or "", 0
    answers = set()

    with structlog.testing.capture_logs() as entries:
        for body, content_type in traffic.everything().values():
            for forged in traffic.forgeries(secret, body, content_type).values():
                async with http.post(url, data=body, headers=forged) as response:
                    answers.add((response.status, await response.text()))
                tried += 1

    assert tried >= 200
    assert answers == {(401, "")}
    assert house.toy.heard == []
    assert len(entries) == tried
    assert_discreet([json.dumps(entry) for entry in entries] + caplog.messages, secret)


def assert_discreet(lines: list[str], secret: str) -> None:
    for line in lines:
        assert len(line.encode()) <= 300
        assert WORDS not in line
        assert secret not in line
        assert "xoxb" not in line


@pytest.mark.parametrize("kind", traffic.everything())
async def test_the_same_bodies_are_let_in_when_slack_signed_them(
    house: House, http: ClientSession, kind: str
) -> None:
    body, content_type = traffic.everything()[kind]
    signed = traffic.headers(house.slack.signing_secret, body, content_type)

    async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
        assert response.status == 200


async def test_a_challenge_is_answered_only_when_it_is_signed(
    doorstep: Doorstep, http: ClientSession
) -> None:
    body = b'{"type": "url_verification", "challenge": "abc"}'

    async with http.post(doorstep.url, data=body, headers=true_headers(body)) as response:
        assert await response.json() == {"challenge": "abc"}
    async with http.post(doorstep.url, data=body, headers={"Content-Type": JSON}) as response:
        assert (response.status, await response.text()) == (401, "")


async def test_the_same_bytes_four_times_have_one_effect(house: House, http: ClientSession) -> None:
    body, content_type = traffic.encoded("press", traffic.PAYLOADS["press"])
    signed = traffic.headers(house.slack.signing_secret, body, content_type)

    for _ in range(4):
        async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
            assert response.status == 200

    assert house.toy.heard == ["count 4 in C0GENERAL"]


@pytest.mark.parametrize("team", ["T0OTHER", ""])
async def test_traffic_of_another_workspace_is_refused(
    house: House, http: ClientSession, team: str
) -> None:
    statuses = set()
    for kind, payload in {**traffic.PAYLOADS, "command": traffic.COMMAND}.items():
        text = json.dumps(payload).replace("T0PARLEY", team)
        body, content_type = traffic.encoded(kind, json.loads(text))
        signed = traffic.headers(house.slack.signing_secret, body, content_type)
        async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
            statuses.add((response.status, await response.text()))

    assert statuses == {(403, "")}
    assert house.toy.heard == []


@pytest.mark.repeats
@pytest.mark.parametrize("kind", traffic.PAYLOADS)
async def test_no_signed_shape_breaks_anything(
    house: House, http: ClientSession, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    statuses = set()

    with structlog.testing.capture_logs() as entries:
        for payload in mutants(traffic.PAYLOADS[kind]):
            body, content_type = traffic.encoded(kind, payload)
            signed = traffic.headers(house.slack.signing_secret, body, content_type)
            async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
                statuses.add(response.status)

    assert statuses <= {200, 400, 403}
    lines = [json.dumps(entry) for entry in entries if entry["log_level"] != "info"]
    assert not [line for line in lines if "request_failed" in line]
    assert_discreet(lines + caplog.messages, house.slack.signing_secret)


@pytest.mark.parametrize("field", traffic.COMMAND)
async def test_no_signed_command_breaks_anything(
    house: House, http: ClientSession, field: str
) -> None:
    statuses = set()
    for odd in ("", "x" * 4000, "\u202e", "/", "../..", "<!channel>", "%00", "\uff11"):
        body = urlencode({**traffic.COMMAND, field: odd}).encode()
        signed = traffic.headers(house.slack.signing_secret, body, FORM)
        async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
            statuses.add(response.status)

    assert statuses <= {200, 400, 403}


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_answered(doorstep: Doorstep, http: ClientSession, method: str) -> None:
    async with http.request(method, doorstep.url) as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "multipart/form-data; boundary=x",
        f"{JSON}; charset=utf-7",
        "a/b/c",
        "x" * 99,
    ],
)
async def test_other_types_are_refused_even_when_signed(
    doorstep: Doorstep, http: ClientSession, content_type: str
) -> None:
    signed = true_headers(b"{}", content_type)

    async with http.post(doorstep.url, data=b"{}", headers=signed) as response:
        assert response.status == 415
    assert doorstep.taken == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "x"])
async def test_compressed_bodies_are_refused(
    doorstep: Doorstep, http: ClientSession, encoding: str
) -> None:
    body = gzip.compress(b" " * 5_000_000)
    signed = true_headers(body) | {"Content-Encoding": encoding}

    async with http.post(doorstep.url, data=body, headers=signed) as response:
        assert response.status in {400, 415}
    assert doorstep.taken == []


async def test_a_body_beyond_the_limit_is_not_read(doorstep: Doorstep, http: ClientSession) -> None:
    body = b'{"a": "' + b"x" * 1024 * 1024 + b'"}'

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    for sent in (io.BytesIO(body), in_pieces()):
        async with http.post(doorstep.url, data=sent, headers=true_headers(body)) as response:
            assert response.status == 413
    assert doorstep.taken == []


async def test_large_bodies_within_the_limit_are_read(
    doorstep: Doorstep, http: ClientSession
) -> None:
    body = json.dumps({"a": "x" * 500_000}).encode()

    async def sent() -> int:
        async with http.post(doorstep.url, data=body, headers=true_headers(body)) as response:
            return response.status

    first, second = await asyncio.gather(sent(), sent())

    assert first == second == 200
    assert doorstep.taken == [json.loads(body)] * 2


async def speak(url: str, *words: bytes) -> bytes:
    """Send *words* over a bare connection and return the head of the answer."""
    where = urlsplit(url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    for word in words:
        writer.write(word)
        await writer.drain()
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), timeout=60)
    writer.close()
    return answer


HEAD = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n".encode()


@pytest.mark.parametrize("doorstep", [0.3], indirect=True)
async def test_a_body_that_does_not_arrive_is_not_waited_for(doorstep: Doorstep) -> None:
    answer = await speak(doorstep.url, HEAD + b"Content-Length: 10\r\n\r\n{")

    assert answer.startswith(b"HTTP/1.1 408")
    assert doorstep.taken == []


async def test_a_body_in_broken_pieces_is_refused(doorstep: Doorstep) -> None:
    start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

    answer = await speak(doorstep.url, start + b"2\r\n{}\r\n", b"no number\r\n")

    # The server itself refuses what is not HTTP.
    assert answer.split()[1] == b"400"
    assert doorstep.taken == []


async def test_two_signatures_are_none(doorstep: Doorstep) -> None:
    signed = true_headers(b"{}")
    name = "X-Slack-Signature"
    lines = "".join(f"{key}: {value}\r\n" for key, value in signed.items() if key != "Content-Type")
    twice = f"{lines}{name}: {signed[name]}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"

    answer = await speak(doorstep.url, HEAD + twice.encode())

    assert answer.startswith(b"HTTP/1.1 401")
    assert doorstep.taken == []


async def test_before_it_started_and_after_it_ended_slack_is_asked_to_repeat(
    house: House, http: ClientSession
) -> None:
    body, content_type = traffic.encoded("press", traffic.PAYLOADS["press"])
    signed = traffic.headers(house.slack.signing_secret, body, content_type)

    await house.platform.close()
    async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
        assert response.status == 503


async def test_when_too_much_waits_slack_is_asked_to_repeat(
    sqlite_url: str, http: ClientSession
) -> None:
    body, content_type = traffic.encoded("press", traffic.PAYLOADS["press"])
    go_on = threading.Event()

    async with a_house(sqlite_url, room=4) as house:
        signed = traffic.headers(house.slack.signing_secret, body, content_type)
        url = house.slack.bot_url or ""
        held = asyncio.create_task(house.database.write(lambda _: go_on.wait(60)))
        asked = [
            asyncio.create_task(_status(http, url, body=body, signed=signed)) for _ in range(16)
        ]
        done, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        refused = [task.result() for task in done]
        go_on.set()
        statuses = await asyncio.gather(*asked)
        await held

        assert set(refused) == {503}
        assert set(statuses) <= {200, 503}
        assert len(house.toy.heard) <= 1


async def _status(http: ClientSession, url: str, *, body: bytes, signed: dict[str, str]) -> int:
    async with http.post(url, data=body, headers=signed) as response:
        return response.status
