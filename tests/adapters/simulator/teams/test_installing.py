"""Installs, removals, and people who come and go: which events the bot hears."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from adapters.simulator.errors import Unplayable
from adapters.simulator.sample import SAMPLE
from adapters.simulator.teams.outcomes import WRONG
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator
from tests.adapters.simulator.teams.stand_in import StandInBot

Json = dict[str, Any]


async def test_an_install_for_oneself_is_two_events_in_ones_own_chat(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.install("gus")

    update, installation = bot.heard
    gus = teams.person("gus")
    assert update["type"] == "conversationUpdate"
    assert update["membersAdded"] == [
        {"id": teams.world.bot_id, "name": "Parley"},
        {"id": gus.id, "aadObjectId": gus.aad_object_id},
    ]
    assert (installation["type"], installation["action"]) == ("installationUpdate", "add")
    assert update["conversation"] == installation["conversation"]
    assert update["conversation"]["conversationType"] == "personal"
    assert (await teams.direct("gus", "hello")).ok


async def test_a_removal_is_told_once(teams: TeamsSimulator, bot: StandInBot) -> None:
    played = await teams.uninstall("ada")

    assert played.ok
    assert [(said["type"], said["action"]) for said in bot.heard] == [
        ("installationUpdate", "remove")
    ]


async def test_a_team_that_adds_the_bot_names_the_chosen_channel(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.install_in("ada", "Social")

    update, installation = bot.heard
    general = teams.team("Social").id
    assert update["membersAdded"] == [{"id": teams.world.bot_id}]
    assert update["channelData"]["eventType"] == "teamMemberAdded"
    assert update["channelData"]["settings"] == {"selectedChannel": {"id": general}}
    assert installation["channelData"]["team"]["name"] == "Social"
    assert (await teams.mention("ada", "random", "help")).ok


async def test_a_team_that_removes_the_bot_is_told_of_and_heard_no_more(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.uninstall_from("ada", "Talent Acquisition")

    assert [said["type"] for said in bot.heard] == ["conversationUpdate", "installationUpdate"]
    assert bot.heard[0]["membersRemoved"] == [{"id": teams.world.bot_id}]
    assert (await teams.say("ada", "ta-sourcing", "Anybody?")).delivery is None


async def test_people_who_come_and_go_are_told_by_id(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    await teams.join("hana", "Security")
    await teams.leave("dev", "Security")

    joined, left = bot.heard
    hana, dev = teams.person("hana"), teams.person("dev")
    assert joined["membersAdded"] == [{"id": hana.id, "aadObjectId": hana.aad_object_id}]
    assert left["membersRemoved"] == [{"id": dev.id, "aadObjectId": dev.aad_object_id}]
    assert left["channelData"]["eventType"] == "teamMemberRemoved"
    assert hana in teams.world.members_of(teams.conversation("soc"))
    assert dev not in teams.world.members_of(teams.conversation("soc"))


async def test_a_team_without_the_bot_tells_it_nothing(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    played = await teams.join("hana", "Social")

    assert played.delivery is None
    assert bot.heard == []


async def test_an_activity_can_be_repeated_and_forged(
    teams: TeamsSimulator, bot: StandInBot
) -> None:
    ada = teams.person("ada")
    activity = teams.activities.installation("add", ada, teams.own_chat("ada"))

    repeated = await teams.redeliver(activity, times=2)
    forged = await teams.forge(activity, "no token")

    assert [delivery.ok for delivery in repeated] == [True, True, True]
    assert (forged.status, bot.forged) == (401, 1)


async def test_raw_bytes_reach_the_bots_host(teams: TeamsSimulator, bot: StandInBot) -> None:
    delivery = await teams.raw("/nowhere", b"{", {"Content-Type": "application/json"})

    assert delivery.status == 404


async def test_without_a_bot_nothing_is_reached(teams: TeamsSimulator) -> None:
    played = await teams.direct("ada", "hello")

    assert played.delivery is not None
    assert played.delivery.failure == "dispatch_failed"


async def test_a_bot_that_takes_too_long_has_failed() -> None:
    async def dawdle(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", dawdle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    async with TeamsSimulator(Behaviour(patience_seconds=0.1)) as teams:
        teams.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        played = await teams.direct("ada", "hello")
    await runner.cleanup()

    assert played.delivery is not None
    assert (played.delivery.failure, played.notice) == ("operation_timeout", WRONG)


async def test_who_and_where_go_by_name(teams: TeamsSimulator) -> None:
    for look_up, name in (
        (teams.person, "nobody"),
        (teams.conversation, "nowhere"),
        (teams.team, "none"),
    ):
        with pytest.raises(Unplayable, match=name):
            look_up(name)


async def test_the_same_people_live_on_both_platforms(teams: TeamsSimulator) -> None:
    on_slack = {(one.name, one.email) for one in SAMPLE.members if one.email}

    on_teams = {(account.name, account.email) for account in teams.people}

    assert on_slack <= on_teams
