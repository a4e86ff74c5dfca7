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
from tests.simulation import a_simulation, settings_for


@pytest.fixture
async def simulation(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[Simulation]:
    monkeypatch.chdir(tmp_path)
    async with a_simulation(database_url) as running:
        yield running


async def test_the_tour_shows_what_it_promises(simulation: Simulation) -> None:
    assert await simulation.demo() == 0


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


async def test_every_act_of_the_tour_is_in_the_audit(simulation: Simulation) -> None:
    await simulation.demo()

    key = simulation.parley.settings.secret_key
    assert key is not None
    sealer = Sealer(key.get_secret_value())
    verdict = await simulation.parley.database.read(lambda session: audit.verify(session, sealer))
    assert verdict.intact
    assert verdict.entries >= 3


async def test_the_page_and_both_health_addresses_answer(simulation: Simulation) -> None:
    parley = simulation.parley

    async with aiohttp.ClientSession() as client:
        for address in (simulation.page_url, f"{parley.url}/healthz", f"{parley.url}/readyz"):
            async with client.get(address) as response:
                assert response.status == 200, address


async def test_a_second_start_finds_everything_as_it_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    first = Simulation(settings_for(database_url))
    await first.start()
    await first.demo()
    await first.close()

    second = Simulation(settings_for(database_url))
    await second.start()
    try:
        await second.slack.command("ben", "general", "/term", "crown jewels")
        said = [message.words() for message in second.slack.sees("ben", "general")]
    finally:
        await second.close()

    assert any("would hurt us most" in words for words in said)


async def test_a_start_with_another_key_is_refused_and_one_with_both_is_not(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    one, other = SecretStr("1" * 32), SecretStr("2" * 32)
    signed = Simulation(settings_for(database_url).model_copy(update={"secret_key": one}))
    await signed.start()
    await signed.demo()
    await signed.close()
    foreign = settings_for(database_url).model_copy(update={"secret_key": other})
    rotated = foreign.model_copy(update={"older_secret_keys": one})

    with pytest.raises(Conflict, match="PARLEY_SECRET_KEY"):
        await Simulation(foreign).start()

    third = Simulation(rotated)
    await third.start()
    await third.close()


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
