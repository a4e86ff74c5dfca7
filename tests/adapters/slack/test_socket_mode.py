"""Socket Mode: the same traffic through a connection that Parley opened."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.simulator.wire import Parcel, Traffic
from tests.adapters.slack import traffic
from tests.adapters.slack.house import House, a_house


@pytest.fixture
async def socket_house(sqlite_url: str) -> AsyncIterator[House]:
    async with a_house(sqlite_url, over_socket=True) as opened:
        yield opened


async def test_a_command_and_its_answer_travel_through_the_socket(socket_house: House) -> None:
    slack = socket_house.slack

    played = await slack.command("ada", "general", "/term", "a payload & more")

    assert played.delivery
    assert played.delivery.answer["response_type"] == "ephemeral"
    assert socket_house.toy.heard == ["term a payload & more"]
    assert [entry.request.method for entry in slack.journal if entry.title.startswith("/term")] == [
        "SOCKET"
    ]


async def test_a_form_and_its_problems_travel_through_the_socket(socket_house: House) -> None:
    slack = socket_house.slack
    await slack.command("ada", "general", "/form")
    await socket_house.until(lambda: slack.view_of("ada"))
    view = slack.view_of("ada")
    assert view

    refused = await slack.submit("ada", view, {"Your words": "wrong"})
    await slack.submit("ada", view, {"Your words": "right"})

    assert list(refused.errors) == ["words"]
    assert socket_house.toy.heard[-1] == "note 7 right in C0GENERAL"


async def test_an_event_travels_through_the_socket(socket_house: House) -> None:
    await socket_house.slack.mention("ada", "general", "term EDRM")

    await socket_house.sees("ada", "general", "You asked for EDRM.")


async def test_hostile_payloads_leave_the_socket_open(socket_house: House) -> None:
    slack = socket_house.slack
    hostile = traffic.PAYLOADS["press"] | {"user": 7}
    foreign = traffic.PAYLOADS["press"] | {"team": {"id": "T0OTHER"}}
    unsound = traffic.PAYLOADS["press"] | {"note": "no database keeps a \0"}

    for payload in (hostile, foreign, unsound):
        parcel = Parcel(Traffic.INTERACTION, "hostile", payload)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(slack.deliver(parcel), timeout=0.5)
    played = await slack.command("ada", "general", "/term", "EDRM")

    assert played.ok
    assert socket_house.toy.heard == ["term EDRM"]


async def test_when_slack_renews_the_connection_traffic_goes_on(socket_house: House) -> None:
    slack = socket_house.slack
    [before] = slack._sockets._open

    await slack._sockets.refresh()
    await socket_house.until(lambda: slack.socket_is_open and slack._sockets._open[-1] != before)
    played = await slack.command("ada", "general", "/term", "EDRM")

    assert played.ok
