"""The whole program serves Slack and Teams at once, and looks at both when asked."""

import asyncio
import json
from typing import cast

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.keys import Signature
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.teams.wire import Parcel
from adapters.teams.keys import Keys
from adapters.teams.platform import TeamsPlatform
from app import Parley, Simulation
from console import platforms
from tests.adapters.house import PATIENCE_SECONDS
from tests.adapters.teams import traffic
from tests.blocking import calls_that_wait


async def test_the_same_person_is_known_on_both(simulation: Simulation) -> None:
    slack, teams = simulation.slack, simulation.teams

    await slack.direct("ada", "home")
    await teams.direct("ada", "home")

    greeting = "Hello Ada Okafor."
    for side in (slack, teams):
        await side.wait_for(
            lambda side=side: any(greeting in said.words() for said in side.sees_direct("ada")),  # type: ignore[misc]  # bound at once
            PATIENCE_SECONDS,
        )


async def test_doctor_finds_both_in_order(simulation: Simulation) -> None:
    checks = platforms.checks_of(simulation.parley.settings)
    greetings = [await check.greet() for check in checks]

    assert [check.platform for check in checks] == ["slack", "teams"]
    for check, greeting in zip(checks, greetings, strict=True):
        assert greeting.at is not None
        assert greeting.has >= check.needs.uses.keys()


async def test_one_platform_alone_is_served_as_well(
    simulation: Simulation, sqlite_url: str
) -> None:
    own = simulation.parley.settings
    alone = own.model_copy(
        update={"slack_signing_secret": None, "database_url": f"{sqlite_url}.alone"}
    )
    parley = Parley(alone)

    await parley.start()

    assert list(parley.platforms) == ["teams"]
    assert [check.platform for check in platforms.checks_of(alone)] == ["teams"]
    await parley.close()


async def test_keys_that_hang_stop_nobody_who_does_not_need_them(simulation: Simulation) -> None:
    slack, teams = simulation.slack, simulation.teams
    assert (await teams.direct("ada", "home")).ok
    keys = hang(simulation)

    with calls_that_wait() as waited:
        waiting = asyncio.create_task(teams.direct("ada", "home"))
        await teams.wait_for(lambda: not list(teams.faults), PATIENCE_SECONDS)
        for n in range(5):
            assert (await slack.direct("ada", "home")).ok
            assert (await teams.wire.send(known(teams, n))).ok

    assert waited == []
    assert not waiting.done()
    await keys.close()
    await waiting


def hang(simulation: Simulation) -> Keys:
    """Let Teams sign with a new key that the issuer, for as long as it takes, does not publish."""
    keys = cast("TeamsPlatform", simulation.parley.platforms["teams"])._keys
    keys._fetch_seconds = 600
    simulation.teams.issuer.rotate(keep_old=True)
    simulation.teams.faults.add("openid", FaultKind.SLOW, seconds=600)
    return keys


def known(teams: TeamsSimulator, number: int) -> Parcel:
    """Return a message that is signed with the key of before."""
    said = traffic.said("help", where=traffic.CHAT) | {"id": f"f:{number}"}
    activity = json.loads(traffic.encoded(said, teams.service_url, teams.tenant_id))
    claims = teams.issuer.claims(teams.service_url, note=number)
    token = teams.issuer.sign(claims, Signature.RETIRED)
    return Parcel(activity, "known", token=token)
