"""What `make run` starts on a fresh machine, as tests start it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app import Simulation
from bot.settings import Settings


def settings_for(url: str) -> Settings:
    """Return settings as on a machine where nothing is set, on free ports."""
    return Settings(_env_file=None, database_url=url, port=0, metrics_port=0, simulator_port=0)


@asynccontextmanager
async def a_simulation(url: str) -> AsyncIterator[Simulation]:
    """Open Parley, its database at *url*, and the page."""
    simulation = Simulation(settings_for(url))
    await simulation.start()
    yield simulation
    await simulation.close()
