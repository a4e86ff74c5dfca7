"""The door over real HTTP: what is forged, hostile, too large or too slow stays outside."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from aiohttp import ClientSession

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.keys import Signature
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams.ingress import PATH, Ingress
from adapters.teams.keys import FRESH_SECONDS, Keys
from adapters.teams.tokens import GOVERNMENT_ISSUER, PUBLIC_ISSUER, Verifier, issuer_of
from bot.errors import Overloaded
from bot.web import application, serve
from tests.adapters.teams import traffic
from tests.adapters.teams.traffic import WORDS


@dataclass(frozen=True)
class Patience:
    """How many seconds the door waits for a body, and for the issuer's keys."""

    body: float = 60.0
    keys: float = 60.0


@dataclass
class Doorstep:
    """A door with nothing behind it but a list; its clocks can be moved."""

    teams: TeamsSimulator
    http: ClientSession
    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    is_full: bool = False
    later: float = 0.0

    async def take(self, activity: dict[str, Any]) -> dict[str, Any] | None:
        if self.is_full:
            raise Overloaded
        self.taken.append(activity)
        return {"heard": activity["type"]} if activity["type"] == "invoke" else None

    async def asks(self, body: bytes | Any, headers: dict[str, str]) -> tuple[int, str]:
        """Send *body* and return what is answered."""
        async with self.http.post(self.url, data=body, headers=headers) as response:
            return response.status, await response.text()

    async def tells(self, what: str | dict[str, Any], **claims: Any) -> int:
        """Send an activity as Teams does, perhaps with other claims, and return the status."""
        claimed = self.teams.issuer.claims(self.teams.service_url, **claims)
        signed = traffic.headers(self.teams.issuer.sign(claimed))
        status, _ = await self.asks(self.encoded(what), signed)
        return status

    def encoded(self, what: str | dict[str, Any]) -> bytes:
        return traffic.encoded(what, self.teams.service_url, self.teams.tenant_id)

    def signed(self) -> dict[str, str]:
        """Return true headers."""
        return traffic.headers(self.teams.issuer.token(self.teams.service_url))


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def doorstep(request: pytest.FixtureRequest, http: ClientSession) -> AsyncIterator[Doorstep]:
    """A patient door; a test may ask for another."""
    patience = getattr(request, "param", Patience())
    async with TeamsSimulator() as teams:
        step = Doorstep(teams, http)
        moved = asyncio.get_running_loop().time
        keys = Keys(
            teams.openid_metadata_url,
            clock=lambda: moved() + step.later,
            fetch_seconds=patience.keys,
        )
        ingress = Ingress(
            Verifier(teams.app_id, PUBLIC_ISSUER, keys),
            step.take,
            tenant=teams.tenant_id,
            hosts={teams.service_host},
            most_seconds=patience.body,
        )
        app = application(_ready)
        app.router.add_route("*", PATH, ingress.handle)
        runner = await serve(app, "127.0.0.1", 0)
        step.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        yield step
        await runner.cleanup()
        await keys.close()


async def _ready() -> list[str]:
    return []


async def bought(doorstep: Doorstep) -> str:
    """Return a token that a bot buys for sending."""
    form = {
        "grant_type": "client_credentials",
        "client_id": doorstep.teams.app_id,
        "client_secret": doorstep.teams.app_password,
        "scope": "https://api.botframework.com/.default",
    }
    async with doorstep.http.post(doorstep.teams.token_url, data=form) as response:
        return str((await response.json())["access_token"])


async def test_no_forged_activity_of_any_kind_is_let_in(
    doorstep: Doorstep, caplog: pytest.LogCaptureFixture
) -> None:
    teams, tried = doorstep.teams, 0
    forged = traffic.forgeries(teams.issuer, teams.service_url, await bought(doorstep))
    answers = set()

    with structlog.testing.capture_logs() as entries:
        for kind in traffic.ACTIVITIES:
            for headers in forged.values():
                answers.add(await doorstep.asks(doorstep.encoded(kind), headers))
                tried += 1

    assert tried >= 200
    assert answers == {(401, "")}
    assert doorstep.taken == []
    assert len(entries) == tried
    for line in [json.dumps(entry) for entry in entries] + caplog.messages:
        assert len(line.encode()) <= 300
        assert WORDS not in line
        assert "eyJ" not in line


@pytest.mark.parametrize("kind", traffic.ACTIVITIES)
async def test_the_same_activities_are_let_in_when_teams_vouches_for_them(
    doorstep: Doorstep, kind: str
) -> None:
    is_invoke = traffic.ACTIVITIES[kind]["type"] == "invoke"

    status, answer = await doorstep.asks(doorstep.encoded(kind), doorstep.signed())

    assert (status, answer) == (200, '{"heard": "invoke"}' if is_invoke else "")
    assert len(doorstep.taken) == 1


@pytest.mark.parametrize(
    ("claim", "offset", "status"),
    [
        ("exp", -290, 200),
        ("exp", -310, 401),
        ("nbf", 290, 200),
        ("nbf", 310, 401),
        ("nbf", -864_000, 200),
        ("exp", 864_000, 200),
    ],
)
async def test_clocks_may_differ_by_five_minutes(
    doorstep: Doorstep, claim: str, offset: int, status: int
) -> None:
    now = doorstep.teams.issuer.claims(doorstep.teams.service_url)["nbf"]

    assert await doorstep.tells("post", **{claim: now + offset}) == status


async def test_a_token_of_a_key_that_was_rotated_in_is_good_at_once(doorstep: Doorstep) -> None:
    teams = doorstep.teams
    before = doorstep.signed()
    assert await doorstep.tells("post") == 200

    teams.issuer.rotate()

    assert await doorstep.tells("post") == 200
    assert await doorstep.asks(doorstep.encoded("post"), before) == (401, "")


async def test_made_up_keys_make_nobody_ask_the_issuer_again_and_again(doorstep: Doorstep) -> None:
    teams = doorstep.teams
    assert await doorstep.tells("post") == 200

    unknown = teams.issuer.sign(teams.issuer.claims(teams.service_url), Signature.UNKNOWN_KEY)
    for _ in range(20):
        status, _ = await doorstep.asks(doorstep.encoded("post"), traffic.headers(unknown))
        assert status == 401

    assert len(teams.journal.calls("keys")) == 2


async def test_what_is_wrong_at_first_sight_asks_nobody_for_keys(doorstep: Doorstep) -> None:
    for change in ({"aud": "another"}, {"exp": 1}, {"iss": "https://sts.windows.net/x/"}):
        assert await doorstep.tells("post", **change) == 401

    assert doorstep.teams.journal.calls("openid") == []


@pytest.mark.parametrize("doorstep", [Patience(keys=2.0)], indirect=True)
async def test_while_the_issuer_hangs_everything_else_is_answered(doorstep: Doorstep) -> None:
    doorstep.teams.faults.add("openid", FaultKind.SLOW, seconds=30.0)

    waiting = [asyncio.create_task(doorstep.tells("post")) for _ in range(5)]
    await doorstep.teams.wait_for(lambda: not list(doorstep.teams.faults), 60)
    async with doorstep.http.get(doorstep.url.replace(PATH, "/healthz")) as alive:
        assert alive.status == 200
    status, _ = await doorstep.asks(doorstep.encoded("post"), traffic.headers("junk"))

    assert status == 401
    assert not any(task.done() for task in waiting)
    assert await asyncio.gather(*waiting) == [503] * 5
    assert doorstep.taken == []


async def test_old_keys_are_good_while_the_issuer_is_down(doorstep: Doorstep) -> None:
    assert await doorstep.tells("post") == 200
    doorstep.teams.faults.add("*", FaultKind.SERVER_ERROR, times=1000)

    doorstep.later = FRESH_SECONDS * 30

    for _ in range(3):
        assert await doorstep.tells("post") == 200


async def test_after_the_issuer_came_back_traffic_is_let_in(doorstep: Doorstep) -> None:
    doorstep.teams.faults.add("keys", FaultKind.SERVER_ERROR)
    assert await doorstep.tells("post") == 503

    doorstep.later = 60

    assert await doorstep.tells("post") == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://smba.trafficmanager.net/emea/",  # listed only when nothing else is set
        "http://169.254.169.254/latest/",
        "",
    ],
)
async def test_an_activity_that_would_lead_our_token_elsewhere_is_refused(
    doorstep: Doorstep, url: str
) -> None:
    activity = {**traffic.ACTIVITIES["post"], "serviceUrl": url}

    assert await doorstep.tells(activity, serviceurl=url) == 403
    assert doorstep.taken == []


@pytest.mark.parametrize(
    "change",
    [
        {"serviceUrl": "https://smba.trafficmanager.net/emea/"},
        {"channelId": "emulator"},
        {"channelId": "webchat"},
        {"channelId": ""},
    ],
)
async def test_a_token_does_not_vouch_for_another_service_or_channel(
    doorstep: Doorstep, change: dict[str, str]
) -> None:
    assert await doorstep.tells({**traffic.ACTIVITIES["post"], **change}) == 401
    assert doorstep.taken == []


@pytest.mark.parametrize("name", ["channelId", "conversation"])
@pytest.mark.parametrize("odd", [None, 7, [], {}, "missing"])
async def test_an_activity_that_does_not_say_where_it_is_from_is_refused(
    doorstep: Doorstep, name: str, odd: object
) -> None:
    activity = {**traffic.ACTIVITIES["post"], name: odd}
    if odd == "missing":
        del activity[name]

    assert await doorstep.tells(activity) in {400, 401}
    assert doorstep.taken == []


async def test_an_activity_without_a_service_is_refused(doorstep: Doorstep) -> None:
    body = json.dumps(traffic.ACTIVITIES["post"]).encode()

    assert await doorstep.asks(body, doorstep.signed()) == (400, "")


@pytest.mark.parametrize("tenant", ["22222222-2222-3333-4444-555555555555", ""])
async def test_traffic_of_another_tenant_is_refused(doorstep: Doorstep, tenant: str) -> None:
    bodies = [
        traffic.encoded(kind, doorstep.teams.service_url, tenant) for kind in traffic.ACTIVITIES
    ]

    answers = {await doorstep.asks(body, doorstep.signed()) for body in bodies}

    assert answers == {(403, "")}
    assert doorstep.taken == []


async def test_a_tenant_in_capitals_is_ours_all_the_same(doorstep: Doorstep) -> None:
    tenant = doorstep.teams.tenant_id.upper()
    body = traffic.encoded("post", doorstep.teams.service_url, tenant)

    assert await doorstep.asks(body, doorstep.signed()) == (200, "")


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_answered(doorstep: Doorstep, method: str) -> None:
    async with doorstep.http.request(method, doorstep.url) as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"
        assert response.headers["Server"] == "parley"


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"],
)
async def test_other_types_are_refused_even_with_a_good_token(
    doorstep: Doorstep, content_type: str
) -> None:
    headers = doorstep.signed() | {"Content-Type": content_type}

    assert await doorstep.asks(doorstep.encoded("post"), headers) == (415, "")
    assert doorstep.taken == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "x"])
async def test_compressed_bodies_are_refused(doorstep: Doorstep, encoding: str) -> None:
    headers = doorstep.signed() | {"Content-Encoding": encoding}

    status, _ = await doorstep.asks(gzip.compress(b" " * 5_000_000), headers)

    assert status in {400, 415}
    assert doorstep.taken == []


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"a": NaN}',
        b'{"a": 123456789012345678901}',
        b'{"a": "\\u0000"}',
        nested(65),
        nested(100_000),
    ],
    ids=lambda body: str(body[:12]),
)
async def test_bodies_that_are_no_activity_are_refused(doorstep: Doorstep, body: bytes) -> None:
    assert await doorstep.asks(body, doorstep.signed()) == (400, "")
    assert doorstep.taken == []


async def test_a_body_beyond_the_limit_is_not_read(doorstep: Doorstep) -> None:
    body = b'{"a": "' + b"x" * 1024 * 1024 + b'"}'

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    for sent in (io.BytesIO(body), in_pieces()):
        assert (await doorstep.asks(sent, doorstep.signed()))[0] == 413
    assert doorstep.taken == []


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


def head(*tokens: str) -> bytes:
    lines = "".join(f"Authorization: Bearer {token}\r\n" for token in tokens)
    return f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: {traffic.JSON}\r\n{lines}".encode()


@pytest.mark.parametrize("doorstep", [Patience(body=0.3)], indirect=True)
async def test_a_body_that_does_not_arrive_is_not_waited_for(doorstep: Doorstep) -> None:
    token = doorstep.teams.issuer.token(doorstep.teams.service_url)

    answer = await speak(doorstep.url, head(token) + b"Content-Length: 10\r\n\r\n{")

    assert answer.startswith(b"HTTP/1.1 408")
    assert doorstep.taken == []


async def test_without_a_good_token_no_body_is_waited_for_at_all(doorstep: Doorstep) -> None:
    answer = await speak(doorstep.url, head("junk") + b"Content-Length: 1000000\r\n\r\n{")

    assert answer.startswith(b"HTTP/1.1 401")


async def test_two_tokens_are_none(doorstep: Doorstep) -> None:
    token, body = doorstep.teams.issuer.token(doorstep.teams.service_url), doorstep.encoded("post")
    length = f"Content-Length: {len(body)}\r\n\r\n".encode()

    answer = await speak(doorstep.url, head(token, token) + length + body)

    assert answer.startswith(b"HTTP/1.1 401")
    assert doorstep.taken == []


async def test_when_too_much_waits_teams_is_asked_to_repeat(doorstep: Doorstep) -> None:
    doorstep.is_full = True

    assert await doorstep.tells("press") == 503


@pytest.mark.parametrize("app_id", ["", " ", "\t"])
def test_nobody_verifies_for_an_app_without_an_id(app_id: str) -> None:
    with pytest.raises(ValueError, match="PARLEY_TEAMS_APP_ID"):
        Verifier(app_id, PUBLIC_ISSUER, Keys("https://login.example/"))


def test_each_cloud_has_one_issuer() -> None:
    known = "https://{}/v1/.well-known/openidconfiguration"

    assert issuer_of(known.format("login.botframework.com")) == PUBLIC_ISSUER
    assert issuer_of(known.format("login.botframework.azure.us")) == GOVERNMENT_ISSUER
    assert issuer_of(known.format("127.0.0.1:8000")) == PUBLIC_ISSUER
