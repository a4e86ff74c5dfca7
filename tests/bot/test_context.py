"""What one request knows, beside what its handlers are told."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.context import unasked
from storage.database import Database
from storage.secrets import Sealer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEALER = Sealer("a key that is long enough for the tests")


async def test_what_stays_as_it_is_is_read_once_for_each_number(database: Database) -> None:
    asked: list[int] = []

    def load(_: Session, id: int) -> str:
        asked.append(id)
        return f"row {id}"

    def ask(session: Session) -> list[str]:
        ctx = unasked(session, SEALER, NOW)
        return [ctx.once(load, id) for id in (1, 2, 1)]

    assert await database.write(ask) == ["row 1", "row 2", "row 1"]
    assert asked == [1, 2]


async def test_another_request_reads_again(database: Database) -> None:
    asked: list[int] = []

    def ask(session: Session) -> None:
        unasked(session, SEALER, NOW).once(lambda _, id: asked.append(id), 1)

    await database.write(ask)
    await database.write(ask)

    assert asked == [1, 1]
