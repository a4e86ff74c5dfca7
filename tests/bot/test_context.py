"""What one request knows, beside what its handlers are told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.context import Context, unasked
from bot.workflow import Workflow
from storage import jobs
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


@dataclass
class Kettle:
    """Something that goes on by itself."""

    next_look: str = ""


async def test_a_row_waits_for_the_timer_that_was_set_last_and_each_timer_knows_its_key(
    database: Database,
) -> None:
    kitchen, kettle = Workflow("kitchen", summary="A kitchen."), Kettle()

    @kitchen.timer("boil")
    def boil(_ctx: Context, cups: int, look: str) -> None:
        """Nobody calls it: it is only set."""

    def set_twice(session: Session) -> None:
        ctx = unasked(session, SEALER, NOW)
        ctx.wait(kettle, boil, NOW + timedelta(minutes=3), key="kettle:first", cups=1)
        ctx.wait(kettle, boil, NOW + timedelta(minutes=5), key="kettle:second", cups=2)

    await database.write(set_twice)

    assert kettle.next_look == "kettle:second"
    left = await database.read(lambda session: jobs.listing(session, jobs.State.READY))
    assert [(job.key, job.payload["payload"]) for job in reversed(left)] == [
        ("kettle:first", {"cups": 1, "look": "kettle:first"}),
        ("kettle:second", {"cups": 2, "look": "kettle:second"}),
    ]
