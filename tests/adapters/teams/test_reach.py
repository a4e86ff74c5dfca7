"""A look at our access, as `doctor` takes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams.reach import CONNECTOR, KEYS, NEEDS, greet
from bot.errors import DeliveryError
from tests.adapters.teams.house import settings_for


async def test_teams_tells_its_time_and_that_all_can_be_reached() -> None:
    async with TeamsSimulator() as teams:
        at, reached = await greet(settings_for(teams))

    assert at
    assert abs(at - datetime.now(UTC)) < timedelta(seconds=30)
    assert reached == NEEDS.keys()


async def test_a_wrong_password_is_refused_for_good() -> None:
    async with TeamsSimulator() as teams:
        with pytest.raises(DeliveryError) as refused:
            await greet(replace(settings_for(teams), app_password="wrong"))

    assert (refused.value.code, refused.value.permanent) == ("token_refused", True)


async def test_an_app_that_is_no_bot_is_refused_for_good() -> None:
    async with TeamsSimulator() as teams:
        teams.faults.add("conversations.create", FaultKind.UNAUTHORIZED, times=9)

        with pytest.raises(DeliveryError) as refused:
            await greet(settings_for(teams))

    assert (refused.value.code, refused.value.permanent) == ("unauthorized", True)


@pytest.mark.parametrize("kind", [FaultKind.BAD_GATEWAY, FaultKind.ANSWER_LOST])
async def test_a_connector_that_does_not_answer_is_named(kind: FaultKind) -> None:
    async with TeamsSimulator() as teams:
        teams.faults.add("conversations.create", kind)

        _, reached = await greet(settings_for(teams))

    assert reached == {KEYS}


async def test_a_host_that_is_not_allowed_is_not_reached() -> None:
    async with TeamsSimulator() as teams:
        elsewhere = replace(
            settings_for(teams), service_hosts=frozenset({"smba.trafficmanager.net"})
        )

        _, reached = await greet(elsewhere)

    assert reached == {KEYS}


@pytest.mark.parametrize("path", ["", "/nothing/here"])
async def test_keys_that_cannot_be_reached_are_named(path: str) -> None:
    async with TeamsSimulator() as teams:
        url = teams.base_url + path if path else "http://127.0.0.1:9/keys"

        at, reached = await greet(replace(settings_for(teams), openid_metadata_url=url))

    assert at is None
    assert reached == {CONNECTOR}
