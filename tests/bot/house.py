"""A house with an engine, a clock that stands still, and people of every kind to play."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, Place, Press, Submission, UserRef
from bot.standing import Standings
from bot.ui import Answer, Message
from storage import jobs, people
from storage.database import Database
from storage.jobs import Job, State
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform

MONDAY = datetime(2026, 11, 2, 12, tzinfo=UTC)
CHANNEL = Place(platform="slack", tenant="T1", channel="C1")
ADA = UserRef("slack", "T1", "UADA")
OLGA = UserRef("slack", "T1", "UOLGA")
ADAM = UserRef("slack", "T1", "UADAM")
LEE = UserRef("slack", "T1", "ULEE")
NOBODY_WE_KNOW = UserRef("slack", "T1", "USTRANGE")
ROOT = UserRef("slack", "T1", "UROOT")


@dataclass
class House:
    """The engine with what stands around it."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    slack: MemoryPlatform
    teams: MemoryPlatform
    standings: Standings
    acts: int = 0

    async def says(self, words: str, user: UserRef = ADA, id: str | None = None) -> Answer:
        """Let somebody type *words* after /parley."""
        act = id or self._next_id()
        return await self.engine.handle(
            Command(id=act, user=user, place=CHANNEL, name="parley", text=words)
        )

    async def presses(
        self, route: str, user: UserRef = ADA, id: str | None = None, **payload: object
    ) -> Answer:
        """Let somebody press a button."""
        act = id or self._next_id()
        return await self.engine.handle(
            Press(id=act, user=user, place=CHANNEL, route=route, payload=payload)
        )

    async def submits(
        self, route: str, state: dict[str, object], answers: dict[str, str | list[str]]
    ) -> Answer:
        """Let Ada send a form."""
        act = self._next_id()
        return await self.engine.handle(
            Submission(id=act, user=ADA, place=CHANNEL, route=route, state=state, answers=answers)
        )

    async def toys(self) -> set[str]:
        """Return the keys of all toys."""
        return set(await self.database.read(people.departments))

    async def count(self, table: str) -> int:
        """Return how many rows a table has."""
        counting = sa.select(sa.func.count()).select_from(sa.table(table))
        return await self.database.read(lambda session: session.connection().scalar(counting) or 0)

    async def jobs(self, state: State = State.READY) -> list[Job]:
        """Return the jobs in a state, the oldest first."""
        found = await self.database.read(lambda session: jobs.listing(session, state))
        return found[::-1]

    async def write(self, work: Callable[[Session], object]) -> None:
        """Change something behind the engine's back."""
        await self.database.write(work)

    def _next_id(self) -> str:
        self.acts += 1
        return f"act-{self.acts}"


def move_in(session: Session) -> None:
    """Add everybody, each with what they hold, and empty the box of toys."""
    session.connection().execute(sa.delete(people.department))
    for name, user, role in (
        ("Ada", ADA, None),
        ("Olga", OLGA, "owner"),
        ("Adam", ADAM, "admin"),
        ("Lee", LEE, "owner"),
    ):
        person = people.add_person(session, name)
        people.link_account(session, person.id, user.platform, user.tenant, user.user)
        if role:
            people.grant(session, person.id, role)
        if user is LEE:
            people.deactivate(session, person.id)


def text_of(answer: Answer) -> str:
    """Return what a message says."""
    assert isinstance(answer, Message)
    return answer.text
