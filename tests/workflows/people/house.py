"""A company on two platforms: everybody has an account on each, and a role of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, Submission, UserRef
from bot.outbox import Parcel
from bot.platform import Standing
from bot.ui import Answer, Button, Buttons, Form, Message, Problems
from storage import jobs, people
from storage.database import Database
from storage.jobs import State
from storage.people import Person
from storage.secrets import Sealer
from tests.bot.platforms import MemoryPlatform, all_told

T = TypeVar("T")

#: The tenant of each platform.
TENANTS = {"slack": "T1", "teams": "tenant"}
#: Name, department, and the role with its department.
CREW: tuple[tuple[str, str, tuple[str, str | None] | None], ...] = (
    ("Adam", "it", ("admin", None)),
    ("Alma", "it", ("admin", None)),
    ("Lena", "security", ("owner", "security")),
    ("Mia", "ta", None),
    ("Gus", "ta", None),
    ("Lee", "ta", ("owner", "ta")),
)
#: Everybody's id: an empty database counts people from one.
IDS = {name: id for id, (name, *_) in enumerate(CREW, start=1)}
GUEST, LEAVER, STRANGER = "Gus", "Lee", "Sam"
SLACK, TEAMS = "slack", "teams"


def account(name: str, platform: str = SLACK) -> UserRef:
    """Return somebody's account; the stranger's is nobody's."""
    return UserRef(platform, TENANTS[platform], f"U{name.upper()}")


@dataclass
class House:
    """The engine with what stands around it."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    ids: dict[str, int] = field(default_factory=IDS.copy)
    platforms: Mapping[str, MemoryPlatform] = field(default_factory=dict)
    acts: int = 0

    async def says(self, name: str, words: str, platform: str = SLACK) -> Answer:
        """Let somebody type *words* after /parley in a channel."""
        user = account(name, platform)
        return await self._act(
            Command(id=self._id(), user=user, place=channel(platform), name="parley", text=words)
        )

    async def presses(self, name: str, button: Button, platform: str = SLACK) -> Answer:
        """Let somebody press a button."""
        return await self._act(
            Press(
                id=self._id(),
                user=account(name, platform),
                place=channel(platform),
                route=button.route,
                payload=button.payload,
            )
        )

    async def submits(
        self, who_sends: str, form: Answer, platform: str = SLACK, /, **answers: str
    ) -> Answer:
        """Let somebody send a form, with what it was filled with where *answers* say nothing."""
        assert isinstance(form, Form)
        filled = {
            question.name: str(getattr(question, "initial", "") or "")
            for question in form.questions()
        }
        return await self._act(
            Submission(
                id=self._id(),
                user=account(who_sends, platform),
                place=channel(platform),
                route=form.route,
                state=form.state,
                answers={**filled, **answers},
            )
        )

    async def hires(self, name: str, *platforms: str, email: str | None = None) -> None:
        """Make somebody known, with an account on each of *platforms*."""

        def add(session: Session) -> int:
            person = people.add_person(session, name, email=email)
            for platform in platforms:
                user = account(name, platform)
                people.link_account(session, person.id, platform, user.tenant, user.user)
            return person.id

        self.ids[name] = await self.database.write(add)

    def belongs(self, user: UserRef, standing: Standing = Standing.MEMBER, email: str = "") -> None:
        """Let the platform of *user* say this of them from now on."""
        self.platforms[user.platform].standings[user] = standing
        self.platforms[user.platform].emails[user] = email

    async def told(self) -> None:
        """Wait until platforms have said all that they are asked."""
        await all_told(self.engine._standings)

    async def person(self, name: str) -> Person:
        """Return somebody as they are known now."""
        id, now = self.ids[name], self.clock.now()
        return await self.database.read(lambda session: people.by_id(session, id, now=now))

    async def known(self, user: UserRef) -> Person | None:
        """Return whose account this is, as the engine sees it."""
        now = self.clock.now()
        return await self.database.read(
            lambda s: people.identify(s, user.platform, user.tenant, user.user, now=now)
        )

    async def sent(self) -> list[Parcel]:
        """Return what waits to be sent, the oldest first."""
        found = await self.database.read(lambda session: jobs.listing(session, State.READY))
        sends = [job for job in found[::-1] if job.kind == "send"]
        return [outbox.unpack(self.sealer, job.key, job.payload) for job in sends]

    async def run_timers(self) -> None:
        """Let all that waits for a moment which has come happen."""
        now = self.clock.now()
        due = await self.write(
            lambda session: jobs.claim(
                session, owner="test", slots=100, lease=timedelta(minutes=1), now=now
            )
        )
        for job in due:
            if job.kind == "timer":
                await self.engine.run_timer(job)

    async def starts_timer(self, route: str) -> None:
        """Let the moment of a timer come."""
        work, now = {"route": route, "payload": {}}, self.clock.now()
        await self.write(
            lambda session: jobs.enqueue(session, "timer", route, work, lane=None, run_at=now)
        )
        await self.run_timers()

    async def read(self, work: Callable[[Session], T]) -> T:
        """Look behind the engine's back."""
        return await self.database.read(work)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Change something behind the engine's back."""
        return await self.database.write(work)

    async def _act(self, inbound: Inbound) -> Answer:
        return await self.engine.handle(inbound)

    def _id(self) -> str:
        self.acts += 1
        return f"act-{self.acts}"


def channel(platform: str) -> Place:
    """Return a channel of a platform."""
    return Place(platform=platform, tenant=TENANTS[platform], channel="C1")


def move_in(session: Session) -> None:
    """Add everybody to an empty database; the leaver leaves at once."""
    for name, department, role in CREW:
        address = f"{name.casefold()}@northwind.example"
        person = people.add_person(session, name, email=address, department=department)
        assert person.id == IDS[name]
        for platform in TENANTS:
            user = account(name, platform)
            people.link_account(session, person.id, platform, user.tenant, user.user)
        if role:
            people.grant(session, person.id, role[0], department=role[1])
    people.deactivate(session, IDS[LEAVER])


def text_of(answer: Answer) -> str:
    """Return what a message, or the problems of a form, say."""
    if isinstance(answer, Problems):
        return " ".join(answer.fields.values())
    assert isinstance(answer, Message), answer
    return answer.text


def button(answer: Answer, label: str) -> Button:
    """Return the button of that label."""
    assert isinstance(answer, Message)
    rows = [block for block in answer.blocks if isinstance(block, Buttons)]
    found = [one for row in rows for one in row.buttons if one.label == label]
    assert found, [one.label for row in rows for one in row.buttons]
    return found[0]
