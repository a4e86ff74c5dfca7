"""What something costs where much is stored, against where little is: both by turns."""

import statistics
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from storage import migrations
from storage.database import Database

#: Adds so many rows to an empty database.
Fill = Callable[[Session, int], object]
#: Does the thing once, for the so-manieth time, in the database of so many rows; in seconds.
Once = Callable[[Database, int, int], Awaitable[float]]


async def cost_among(
    many: int, *, few: int, fill: Fill, once: Once, rounds: int, warm: int
) -> float:
    """Return how many times as long the thing takes among *many* rows as among *few*."""
    seconds: dict[int, list[float]] = {few: [], many: []}
    async with _filled((few, many), fill) as databases:
        for number in range(warm + rounds):
            for count, database in databases.items():
                spent = await once(database, count, number)
                if number >= warm:
                    seconds[count].append(spent)
    return statistics.median(seconds[many]) / statistics.median(seconds[few])


@asynccontextmanager
async def _filled(counts: tuple[int, ...], fill: Fill) -> AsyncIterator[dict[int, Database]]:
    """Lend a database on SQLite for each count of rows."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        databases = {}
        for count in counts:
            databases[count] = await _opened(f"sqlite:///{folder / f'{count}.db'}", fill, count)
            stack.push_async_callback(databases[count].close)
        yield databases


async def _opened(url: str, fill: Fill, count: int) -> Database:
    migrations.upgrade(url)
    database = Database(url)
    await database.open()
    await database.write(lambda session: fill(session, count))
    return database
