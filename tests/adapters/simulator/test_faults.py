"""The fault script: what goes wrong, how often, and whether the call had its effect."""

import asyncio

import pytest
from aiohttp import ClientError, ClientSession

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator


async def post(slack: SlackSimulator, http: ClientSession, text: str = "x") -> tuple[int, str]:
    """Post as a bot without any patience of its own and return status and body."""
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    body = {"channel": "C0GENERAL", "text": text}
    url = slack.api_base + "chat.postMessage"
    async with http.post(url, json=body, headers=headers) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        (FaultKind.RATE_LIMITED, 429, "ratelimited"),
        (FaultKind.PRECONDITION_FAILED, 412, "Server error"),
        (FaultKind.SERVER_ERROR, 500, "Server error"),
        (FaultKind.UNAVAILABLE, 503, "Server error"),
        (FaultKind.TOKEN_REVOKED, 200, "token_revoked"),
        (FaultKind.ACCOUNT_INACTIVE, 200, "account_inactive"),
        (FaultKind.FATAL_ERROR, 200, "fatal_error"),
    ],
)
async def test_a_refused_call_has_no_effect(
    slack: SlackSimulator, http: ClientSession, kind: FaultKind, status: int, said: str
) -> None:
    slack.faults.add("chat.*", kind)

    refused = await post(slack, http)
    taken = await post(slack, http)

    assert (refused[0], said in refused[1]) == (status, True)
    assert taken[0] == 200
    assert len(slack.sees("ada", "general")) == 1


async def test_a_rate_limit_says_how_long_to_wait(
    slack: SlackSimulator, http: ClientSession
) -> None:
    slack.faults.add("auth.test", FaultKind.RATE_LIMITED, seconds=7)

    async with http.post(slack.api_base + "auth.test") as answer:
        wait = answer.headers["Retry-After"]

    assert wait == "7"


async def test_a_lost_answer_had_its_effect(slack: SlackSimulator, http: ClientSession) -> None:
    slack.faults.add("chat.postMessage", FaultKind.ANSWER_LOST)

    with pytest.raises(ClientError):
        await post(slack, http)

    assert len(slack.sees("ada", "general")) == 1
    assert slack.journal.calls("chat.postMessage")[0].answer is None


async def test_a_lost_request_had_none(slack: SlackSimulator, http: ClientSession) -> None:
    slack.faults.add("chat.postMessage", FaultKind.REQUEST_LOST)

    with pytest.raises(ClientError):
        await post(slack, http)

    assert slack.sees("ada", "general") == []


async def test_garbage_comes_after_the_effect(slack: SlackSimulator, http: ClientSession) -> None:
    slack.faults.add("chat.postMessage", FaultKind.GARBAGE)

    status, body = await post(slack, http)

    assert (status, body.startswith("<!doctype html>")) == (200, True)
    assert len(slack.sees("ada", "general")) == 1


async def test_a_slow_answer_comes_late(slack: SlackSimulator, http: ClientSession) -> None:
    slack.faults.add("chat.postMessage", FaultKind.SLOW, seconds=0.3)
    started = asyncio.get_running_loop().time()

    await post(slack, http)

    assert asyncio.get_running_loop().time() - started >= 0.3


async def test_a_fault_happens_as_often_as_it_was_asked_for(
    slack: SlackSimulator, http: ClientSession
) -> None:
    slack.faults.add("chat.postMessage", FaultKind.UNAVAILABLE, times=3)

    statuses = [(await post(slack, http))[0] for _ in range(4)]

    assert statuses == [503, 503, 503, 200]


async def test_a_fault_may_be_about_some_calls_only(
    slack: SlackSimulator, http: ClientSession
) -> None:
    slack.faults.add("chat.*", FaultKind.SERVER_ERROR, about="bad")

    statuses = [(await post(slack, http, text))[0] for text in ("good", "bad", "bad")]

    assert statuses == [200, 500, 200]


async def test_faults_can_be_called_off(slack: SlackSimulator, http: ClientSession) -> None:
    slack.faults.add("*", FaultKind.UNAVAILABLE, times=9)

    slack.faults.clear()

    assert (await post(slack, http))[0] == 200
    assert list(slack.faults) == []
