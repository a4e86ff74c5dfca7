"""What `make run` starts on a fresh machine, as tests start it."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from app import Simulation
from bot.settings import Settings


def settings_for(url: str) -> Settings:
    """Return settings as on a machine where nothing is set, on free ports."""
    return Settings(_env_file=None, database_url=url, port=0, metrics_port=0, simulator_port=0)


def a_simulation(url: str) -> AbstractAsyncContextManager[Simulation]:
    """Open Parley, its database at *url*, and the page."""
    return opened(settings_for(url))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Simulation]:
    """Open Parley with these *settings*, and the page."""
    simulation = Simulation(settings)
    await simulation.start()
    try:
        yield simulation
    finally:
        await simulation.close()
