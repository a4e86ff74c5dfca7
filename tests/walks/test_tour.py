"""The whole program, as `make run` starts it, played over signed HTTP on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from app import Simulation
from bot.errors import Conflict
from storage import audit
from storage.secrets import Sealer
from tests.simulation import a_simulation, opened, settings_for


@pytest.fixture
async def simulation(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    async with a_simulation(database_url) as running:
        yield running


async def test_a_bare_word_in_a_direct_message_is_offered_for_looking_up(
    simulation: Simulation,
) -> None:
    slack = simulation.slack
    label = "Look up “siem”"

    await slack.direct("ada", "siem")
    await slack.wait_for(lambda: any(label in m.words() for m in slack.sees_direct("ada")))
    offer = next(m for m in slack.sees_direct("ada") if label in m.words())
    await slack.press("ada", offer, label)

    meaning = "Security Information and Event Management"
    await slack.wait_for(
        lambda: any(meaning.lower() in m.words().lower() for m in slack.sees_direct("ada"))
    )


async def test_the_page_and_both_health_addresses_answer(simulation: Simulation) -> None:
    parley = simulation.parley

    async with aiohttp.ClientSession() as client:
        for address in (simulation.page_url, f"{parley.url}/healthz", f"{parley.url}/readyz"):
            async with client.get(address) as response:
                assert response.status == 200, address


async def test_the_tour_shows_what_it_promises_and_outlives_a_start_and_a_new_key(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    one, other = SecretStr("1" * 32), SecretStr("2" * 32)
    signed = settings_for(database_url).model_copy(update={"secret_key": one})
    foreign = signed.model_copy(update={"secret_key": other})
    rotated = foreign.model_copy(update={"older_secret_keys": one})

    async with opened(signed) as first:
        assert await first.demo() == 0
        assert await is_audited(first)

    async with opened(signed) as second:
        assert await is_as_it_was(second)

    with pytest.raises(Conflict, match="PARLEY_SECRET_KEY"):
        await Simulation(foreign).start()

    async with opened(rotated) as third:
        assert await is_as_it_was(third)


async def is_audited(simulation: Simulation) -> bool:
    """Say whether every act of the tour is in the audit."""
    key = simulation.parley.settings.secret_key
    assert key is not None
    sealer = Sealer(key.get_secret_value())
    verdict = await simulation.parley.database.read(lambda session: audit.verify(session, sealer))
    return verdict.intact and verdict.entries >= 3


async def is_as_it_was(simulation: Simulation) -> bool:
    """Say whether what was published in the tour is still known."""
    await simulation.slack.command("ben", "general", "/term", "crown jewels")
    said = [message.words() for message in simulation.slack.sees("ben", "general")]
    return any("would hurt us most" in words for words in said)


async def test_a_start_on_a_taken_port_names_the_setting_and_lets_go(
    simulation: Simulation, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/other.db"
    taken = int(simulation.parley.url.rpartition(":")[2])
    second = Simulation(settings_for(url).model_copy(update={"port": taken}))

    with pytest.raises(OSError, match="PARLEY_PORT"):
        await second.start()

    third = Simulation(settings_for(url))
    await third.start()
    await third.close()
