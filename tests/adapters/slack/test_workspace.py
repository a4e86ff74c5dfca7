"""Whose traffic is taken: one workspace's, and nobody's before it is known which one that is."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from adapters.simulator.faults import FaultKind
from adapters.simulator.simulator import SlackSimulator
from adapters.slack import platform
from storage.tally import row_counts
from tests.adapters.slack import traffic
from tests.adapters.slack.house import House, a_house

EVERYTHING = {**traffic.PAYLOADS, "command": traffic.COMMAND}


def slack_is_away(slack: SlackSimulator) -> None:
    slack.faults.add("auth.test", FaultKind.UNAVAILABLE, times=1_000)


def slack_stammers(slack: SlackSimulator) -> None:
    slack.faults.add("auth.test", FaultKind.GARBAGE, times=1_000)


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for seconds before Slack is asked once more."""
    monkeypatch.setattr(platform, "ASK_AGAIN_SECONDS", 0.05)


async def knock(house: House, http: ClientSession, kind: str, team: str) -> int:
    """Send true traffic of one kind from *team*, and return what it was answered."""
    text = json.dumps(EVERYTHING[kind]).replace("T0PARLEY", team)
    body, content_type = traffic.encoded(kind, json.loads(text))
    signed = traffic.headers(house.slack.signing_secret, body, content_type)
    async with http.post(house.slack.bot_url or "", data=body, headers=signed) as response:
        return response.status


@pytest.mark.parametrize("team", ["T0PARLEY", None], ids=["in the settings", "asked"])
async def test_one_workspace_is_heard_and_another_leaves_nothing_behind(
    database_url: str, http: ClientSession, team: str | None
) -> None:
    async with a_house(database_url, team=team) as house:
        before = await house.database.read(row_counts)
        foreign = {await knock(house, http, kind, "T0OTHER") for kind in EVERYTHING}
        after = await house.database.read(row_counts)
        heard_of_them = list(house.toy.heard)
        own = {await knock(house, http, kind, "T0PARLEY") for kind in EVERYTHING}

    assert (foreign, own) == ({403}, {200})
    assert before == after
    assert heard_of_them == []
    assert house.toy.heard != []


async def test_traffic_waits_outside_until_slack_says_which_workspace_is_ours(
    database_url: str, http: ClientSession
) -> None:
    async with a_house(database_url, team=None, before=slack_is_away) as house:
        before = await house.database.read(row_counts)
        early = {
            await knock(house, http, kind, team)
            for kind in EVERYTHING
            for team in ("T0PARLEY", "T0OTHER")
        }
        after = await house.database.read(row_counts)

    assert early == {503}
    assert before == after
    assert house.toy.heard == []


async def test_once_slack_has_said_it_its_traffic_is_taken(
    sqlite_url: str, http: ClientSession
) -> None:
    async with a_house(sqlite_url, team=None, before=slack_stammers) as house:
        early = await knock(house, http, "press", "T0PARLEY")
        house.slack.faults.clear()
        while (foreign := await knock(house, http, "press", "T0OTHER")) == 503:
            pass
        own = await knock(house, http, "press", "T0PARLEY")

    assert (early, foreign, own) == (503, 403, 200)
    assert house.toy.heard == ["count 4 in C0GENERAL"]


async def test_a_socket_opens_only_after_slack_has_said_it(sqlite_url: str) -> None:
    async with a_house(sqlite_url, over_socket=True, team=None, before=slack_stammers) as house:
        opened_too_early = house.slack.socket_is_open
        house.slack.faults.clear()
        await house.until(lambda: house.slack.socket_is_open)
        played = await house.slack.command("ada", "general", "/term", "EDRM")

    assert not opened_too_early
    assert played.ok


async def test_slack_is_not_asked_for_what_the_settings_say(house: House) -> None:
    assert house.slack.journal.calls("auth.test") == []


async def test_forged_traffic_is_told_nothing_while_the_workspace_is_unknown(
    sqlite_url: str, http: ClientSession
) -> None:
    async with a_house(sqlite_url, team=None, before=slack_is_away) as house:
        body, content_type = traffic.encoded("press", traffic.PAYLOADS["press"])
        forged = traffic.headers("another secret", body, content_type)
        async with http.post(house.slack.bot_url or "", data=body, headers=forged) as response:
            assert response.status == 401


async def test_a_form_that_a_partner_sends_is_of_the_workspace_it_was_opened_in(
    house: House,
) -> None:
    slack = house.slack
    await slack.command("ada", "harbour-search", "/announce")
    announcement = await house.sees("stella", "harbour-search", "Press one")
    await slack.press("stella", announcement, "Write a note")
    await house.until(lambda: slack.view_of("stella"))
    view = slack.view_of("stella")
    assert view

    played = await slack.submit("stella", view, {"Your words": "hello"})

    assert played.ok
    assert house.toy.heard[-1] == "note 2 hello in C0HARBOUR"
