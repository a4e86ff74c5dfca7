"""The whole program serves Slack and Teams at once, and looks at both when asked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app import Parley, Simulation
from bot.settings import Settings
from console import platforms
from tests.adapters.house import PATIENCE_SECONDS


def settings_for(url: str) -> Settings:
    """Return settings as on a machine where nothing is set, on free ports."""
    return Settings(_env_file=None, database_url=url, port=0, metrics_port=0, simulator_port=0)


@pytest.fixture
async def simulation(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    running = Simulation(settings_for(sqlite_url))
    await running.start()
    yield running
    await running.close()


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
