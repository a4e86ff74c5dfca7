"""Vouched for, and still of any shape: nothing that Teams could send breaks anything."""

import asyncio
import json
import threading

import pytest
import structlog
from aiohttp import ClientSession

from adapters.teams.ingress import PATH
from tests.adapters.mutants import mutants
from tests.adapters.teams import traffic
from tests.adapters.teams.house import House, a_house
from tests.adapters.teams.traffic import WORDS


async def status_of(house: House, http: ClientSession, activity: traffic.Json) -> int:
    body = traffic.encoded(activity, house.teams.service_url, house.teams.tenant_id)
    headers = traffic.headers(house.teams.issuer.token(house.teams.service_url))
    url = f"{house.teams.bot_url}{PATH}"
    async with http.post(url, data=body, headers=headers) as response:
        return response.status


@pytest.mark.repeats
@pytest.mark.parametrize("kind", traffic.ACTIVITIES)
async def test_no_shape_of_an_activity_breaks_anything(
    house: House, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    with structlog.testing.capture_logs() as entries:
        async with ClientSession() as http:
            statuses = {
                await status_of(house, http, activity)
                for activity in mutants(traffic.ACTIVITIES[kind])
            }

    assert statuses <= {200, 400, 401, 403}
    lines = [json.dumps(entry) for entry in entries if entry["log_level"] != "info"]
    assert not [line for line in lines if "request_failed" in line]
    for line in lines + caplog.messages:
        assert len(line.encode()) <= 300
        assert WORDS not in line


async def test_the_same_bytes_four_times_have_one_effect(house: House) -> None:
    async with ClientSession() as http:
        for _ in range(4):
            assert await status_of(house, http, traffic.ACTIVITIES["press"]) == 200

    assert house.toy.heard == [f"count 4 in {traffic.CHANNEL}"]


async def test_before_it_started_and_after_it_ended_teams_is_asked_to_repeat(
    house: House,
) -> None:
    await house.platform.close()

    async with ClientSession() as http:
        assert await status_of(house, http, traffic.ACTIVITIES["press"]) == 503


async def test_when_too_much_waits_teams_is_asked_to_repeat(sqlite_url: str) -> None:
    go_on = threading.Event()

    async with a_house(sqlite_url, room=4) as house, ClientSession() as http:
        held = asyncio.create_task(house.database.write(lambda _: go_on.wait(60)))
        asked = [
            asyncio.create_task(status_of(house, http, traffic.ACTIVITIES["press"]))
            for _ in range(16)
        ]
        done, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        refused = {task.result() for task in done}
        go_on.set()
        statuses = set(await asyncio.gather(*asked))
        await held

        assert refused == {503}
        assert statuses <= {200, 503}
        assert len(house.toy.heard) <= 1
