"""The issuer's keys: fetched once for all who wait, and kept while the issuer is down."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.keys import SigningKey, lasting_key
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams.keys import FRESH_SECONDS, RETRY_SECONDS, SURPRISE_SECONDS, Keys, Unusable
from bot.wire import Reason, Refused

DOCUMENTS = ("openid", "keys")
LOST = (FaultKind.REQUEST_LOST, FaultKind.ANSWER_LOST)


@dataclass
class Hands:
    """A clock that stands still until it is moved."""

    at: float = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def teams() -> AsyncIterator[TeamsSimulator]:
    async with TeamsSimulator() as simulator:
        yield simulator


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
async def keys(teams: TeamsSimulator, clock: Hands) -> AsyncIterator[Keys]:
    fetched = Keys(teams.openid_metadata_url, clock=clock, fetch_seconds=5.0)
    yield fetched
    await fetched.close()


def current(teams: TeamsSimulator) -> SigningKey:
    return teams.issuer.keys[-1]


def fetches(teams: TeamsSimulator) -> int:
    return len(teams.journal.calls("keys"))


async def refusal(finding: Awaitable[object]) -> Reason:
    with pytest.raises(Refused) as refused:
        await finding
    return refused.value.reason


async def test_a_published_key_is_found_with_the_channels_it_may_sign_for(
    teams: TeamsSimulator, keys: Keys
) -> None:
    found = await keys.find(current(teams).id)

    assert found.public.public_numbers() == current(teams).private.public_key().public_numbers()
    assert "msteams" in found.endorsements


async def test_many_who_wait_cause_one_fetch(teams: TeamsSimulator, keys: Keys) -> None:
    await asyncio.gather(*(keys.find(current(teams).id) for _ in range(50)))

    assert fetches(teams) == 1


async def test_keys_can_be_fetched_before_anybody_waits(teams: TeamsSimulator, keys: Keys) -> None:
    keys.prepare()
    await teams.wait_for(lambda: fetches(teams) == 1, 60)

    await keys.find(current(teams).id)

    assert fetches(teams) == 1


async def test_a_new_key_is_found_at_once_and_the_old_one_is_forgotten(
    teams: TeamsSimulator, keys: Keys
) -> None:
    old = current(teams)
    await keys.find(old.id)

    teams.issuer.rotate()

    assert await keys.find(current(teams).id)
    assert await refusal(keys.find(old.id)) is Reason.SIGNATURE


async def test_made_up_ids_cause_one_fetch_in_five_minutes(
    teams: TeamsSimulator, keys: Keys, clock: Hands
) -> None:
    await keys.find(current(teams).id)

    for number in range(20):
        assert await refusal(keys.find(f"made up {number}")) is Reason.SIGNATURE
    assert fetches(teams) == 2

    clock.at += SURPRISE_SECONDS
    assert await refusal(keys.find("made up")) is Reason.SIGNATURE
    assert fetches(teams) == 3


async def test_a_made_up_id_does_not_delay_the_known_ones(
    teams: TeamsSimulator, keys: Keys
) -> None:
    await keys.find(current(teams).id)
    teams.faults.add("openid", FaultKind.SLOW, seconds=3.0)

    surprised = asyncio.create_task(refusal(keys.find("made up")))
    await asyncio.sleep(0)
    await keys.find(current(teams).id)

    assert not surprised.done()
    assert await surprised is Reason.SIGNATURE


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.SERVER_ERROR,
        FaultKind.RATE_LIMITED,
        FaultKind.GARBAGE,
        *LOST,
    ],
)
async def test_while_the_issuer_fails_nobody_can_say_and_then_it_is_asked_again(
    teams: TeamsSimulator, keys: Keys, clock: Hands, document: str, kind: FaultKind
) -> None:
    # Whoever's connection is cut asks once more by itself.
    teams.faults.add(document, kind, times=2 if kind in LOST else 1)

    assert await refusal(keys.find(current(teams).id)) is Reason.KEYS
    assert await refusal(keys.find(current(teams).id)) is Reason.KEYS
    clock.at += RETRY_SECONDS

    assert await keys.find(current(teams).id)
    assert not list(teams.faults)


async def test_old_keys_are_good_while_the_issuer_is_down_and_are_renewed_beside_the_work(
    teams: TeamsSimulator, keys: Keys, clock: Hands
) -> None:
    await keys.find(current(teams).id)
    clock.at += FRESH_SECONDS + 1
    teams.faults.add("keys", FaultKind.SERVER_ERROR)

    for _ in range(20):
        assert await keys.find(current(teams).id)
    await teams.wait_for(lambda: fetches(teams) == 2, 60)
    assert await keys.find(current(teams).id)
    await keys.close()
    clock.at += RETRY_SECONDS
    assert await keys.find(current(teams).id)
    await teams.wait_for(lambda: fetches(teams) == 3, 60)


async def test_an_unknown_key_of_an_issuer_that_is_down_is_asked_for_again_soon(
    teams: TeamsSimulator, keys: Keys, clock: Hands
) -> None:
    await keys.find(current(teams).id)
    teams.issuer.rotate()
    teams.faults.add("openid", FaultKind.UNAVAILABLE)

    assert await refusal(keys.find(current(teams).id)) is Reason.KEYS
    clock.at += RETRY_SECONDS

    assert await keys.find(current(teams).id)


async def test_an_issuer_that_hangs_is_given_up(teams: TeamsSimulator) -> None:
    keys = Keys(teams.openid_metadata_url, fetch_seconds=0.2)
    teams.faults.add("openid", FaultKind.SLOW, seconds=2.0)

    assert await refusal(keys.find("any")) is Reason.KEYS


async def test_whoever_gives_up_waiting_does_not_end_the_fetch_of_others(
    teams: TeamsSimulator, keys: Keys
) -> None:
    impatient = asyncio.create_task(keys.find(current(teams).id))
    patient = asyncio.create_task(keys.find(current(teams).id))
    await asyncio.sleep(0)
    impatient.cancel()

    assert await patient
    assert fetches(teams) == 1


Answer = Callable[[str], web.Response]


@pytest.fixture
async def issuer() -> AsyncIterator[tuple[str, dict[str, Answer]]]:
    """An issuer that answers as a test wants: its address, and its answers by path."""
    answers: dict[str, Answer] = {}
    base = ""

    async def handle(request: web.Request) -> web.Response:
        return answers[request.path](base)

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    answers["/metadata"] = lambda base: web.json_response({"jwks_uri": f"{base}/keys"})
    yield base, answers
    await runner.cleanup()


GOOD = lasting_key("good", "msteams")
WEAK = {
    "kty": "RSA",
    "kid": "weak",
    "e": "AQAB",
    "n": "AKjNSYCZkhJAqcKGRVjD28WFIe_QpTqpp6Ob_4FOFTHPH2NMTUEKLN3d7MKEzIJfsxq6hAwgF5cFkBNHUFGGqDc",
}


def key_set(*entries: Any) -> Answer:
    return lambda _: web.json_response({"keys": list(entries)})


@pytest.mark.parametrize(
    "odd",
    [
        None,
        7,
        "x",
        {},
        {"kid": "x", "kty": "RSA"},
        {"kid": "x", "kty": "EC", "n": "AQ", "e": "AQAB"},
        {"kid": "x", "kty": "oct", "k": "c2VjcmV0"},
        {"kid": "x", "kty": "RSA", "n": "!", "e": "AQAB"},
        {"kid": "x", "kty": "RSA", "n": "", "e": ""},
        {"kid": 7, "kty": "RSA", "n": "AQ", "e": "AQAB"},
        WEAK,
    ],
    ids=lambda odd: json.dumps(odd)[:30],
)
async def test_what_is_no_good_key_is_left_out_and_the_others_are_taken(
    issuer: tuple[str, dict[str, Answer]], odd: object
) -> None:
    base, answers = issuer
    answers["/keys"] = key_set(odd, GOOD.as_json())
    keys = Keys(f"{base}/metadata")

    assert await keys.find(GOOD.id)
    assert await refusal(keys.find("x")) is Reason.SIGNATURE
    assert await refusal(keys.find("weak")) is Reason.SIGNATURE


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/metadata", lambda base: web.json_response({})),
        ("/metadata", lambda base: web.json_response({"jwks_uri": 7})),
        ("/metadata", lambda base: web.json_response({"jwks_uri": "file:///etc/keys"})),
        ("/metadata", lambda base: web.json_response({"jwks_uri": "http://"})),
        ("/metadata", lambda base: web.json_response([])),
        ("/metadata", lambda base: web.Response(body=b"\xff\xfe")),
        ("/metadata", lambda base: web.HTTPFound(f"{base}/keys")),
        ("/keys", lambda base: web.json_response({"keys": []})),
        ("/keys", lambda base: web.json_response({"keys": {}})),
        ("/keys", lambda base: web.json_response({"keys": [WEAK]})),
        ("/keys", lambda base: web.Response(body=b"[" * 5000)),
        ("/keys", lambda base: web.Response(body=b" " * (1024 * 1024 + 1))),
    ],
)
async def test_documents_of_another_shape_are_as_good_as_none(
    issuer: tuple[str, dict[str, Answer]], path: str, answer: Answer
) -> None:
    base, answers = issuer
    answers["/keys"] = key_set(GOOD.as_json())
    answers[path] = answer

    assert await refusal(Keys(f"{base}/metadata").find(GOOD.id)) is Reason.KEYS


async def test_documents_fetched_encrypted_lead_to_no_others() -> None:
    keys = Keys("https://login.example/metadata")

    with pytest.raises(Unusable):
        keys._address({"jwks_uri": "http://login.example/keys"})
    assert keys._address({"jwks_uri": "https://login.example/keys"})
