"""A panel whose reminders are watched: timers run when they are due, and what is sent is noted."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.context import Context
from bot.engine import Engine
from bot.inbound import NOWHERE, Press, Submission, UserRef
from bot.outbox import Parcel
from bot.roles import STRANGER
from bot.ui import Answer, Button, Buttons, Message
from storage import jobs, people
from storage.database import Database
from storage.jobs import Job, State
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY, engine_around
from workflows import feedback
from workflows.feedback import handlers, reminding, tables
from workflows.feedback.tables import Scorecard
from workflows.hiring import calls
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    PanelSeat,
    Search,
    Template,
)

assert handlers

T = TypeVar("T")

CREW = ("Ada", "Ben", "Cleo", "Tom", "Hugo", "Rex", "Amy")
IDS = {name: id for id, name in enumerate(CREW, start=1)}
NAMES = {id: name for name, id in IDS.items()}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: Working hours in UTC are 09:00 to 17:00, Monday to Friday.
TUESDAY = MONDAY + DAY


@dataclass
class Panel:
    """The engine with one search: Tom recruits, and Hugo looks for somebody.

    Rex and Amy are colleagues without a part in it.
    """

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    acts: int = 0
    told: list[str] = field(default_factory=list)  #: whom, when and what, in order
    parcels: list[Parcel] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    async def act(self, work: Callable[[Context], T]) -> T:
        """Do something as a handler does."""
        return await self.database.write(lambda session: work(self._context(session)))

    async def meets(
        self, *names: str, end: datetime = TUESDAY, candidate: int = 1, **more: Any
    ) -> int:
        """Plan an interview that takes an hour, with these on the panel."""

        def plan(ctx: Context) -> int:
            interview = Interview(
                application_id=candidate,
                template_id=1,
                starts_at=end - HOUR,
                ends_at=end,
                created_at=ctx.now,
                **more,
            )
            ctx.session.add(interview)
            ctx.session.flush()
            id = interview.id or 0
            ctx.session.add_all(PanelSeat(interview_id=id, person_id=IDS[name]) for name in names)
            calls.interview_changed(ctx, id)
            return id

        return await self.act(plan)

    async def changes(self, interview: int, **values: Any) -> None:
        """Change an interview."""

        def change(ctx: Context) -> None:
            row = ctx.session.get_one(Interview, interview)
            for name, value in values.items():
                setattr(row, name, value)
            calls.interview_changed(ctx, interview)

        await self.act(change)

    async def moves(self, interview: int, end: datetime) -> None:
        """Give an interview another time."""
        await self.changes(interview, starts_at=end - HOUR, ends_at=end)

    async def card(self, name: str, interview: int = 1) -> Scorecard:
        """Return somebody's scorecard."""
        found = await self.database.read(
            lambda session: tables.card_of(session, interview, IDS[name])
        )
        assert found is not None
        return found

    async def settles(self, name: str, interview: int = 1, **values: Any) -> None:
        """Change a scorecard as its author does, and say so."""

        def settle(ctx: Context) -> None:
            ctx.person = people.by_id(ctx.session, IDS[name], now=ctx.now)
            card = tables.card_of(ctx.session, interview, IDS[name])
            assert card is not None
            for key, value in values.items():
                setattr(card, key, value)
            reminding.card_changed(ctx, card)

        await self.act(settle)

    async def until(self, instant: datetime) -> list[str]:
        """Let time pass, run what comes due, and return what was sent meanwhile."""
        before = len(self.told)
        while (due := await self._next_timer()) is not None and due <= instant:
            self.clock.advance(max(due - self.clock.now(), timedelta()))
            await self._run_due()
        self.clock.advance(instant - self.clock.now())
        return self.told[before:]

    async def presses(self, name: str, button: Button, platform: str = "slack") -> Answer:
        """Let somebody press a button."""
        user = UserRef(platform, "T1", name)
        press = Press(
            id=self._id(), user=user, place=NOWHERE, route=button.route, payload=button.payload
        )
        return await self.engine.handle(press)

    async def sends(self, name: str, button: Button, **answers: str) -> Answer:
        """Let somebody fill in the form behind a button."""
        user = UserRef("slack", "T1", name)
        filled = Submission(
            id=self._id(),
            user=user,
            place=NOWHERE,
            route=button.route,
            state=button.payload,
            answers=answers,
        )
        return await self.engine.handle(filled)

    async def collect(self) -> None:
        """Note what waits to be sent and was not noted yet, but for what opens a round."""
        waiting = await self.database.read(lambda session: jobs.listing(session, State.READY, 500))
        for job in sorted(waiting, key=lambda one: one.id):
            if job.kind == "send" and job.id not in self._seen:
                self._seen.add(job.id)
                parcel = outbox.unpack(self.sealer, job.key, job.payload)
                parts = parcel.envelope.key.split(":")
                if parts[1] == "round":
                    continue
                self.parcels.append(parcel)
                kind = parts[-1] if parts[1] == "card" else parts[1]
                whom = NAMES[parcel.person or 0]
                self.told.append(f"{whom} {self.clock.now():%a %d %H:%M} {kind}")

    async def loose_ends(self) -> set[str]:
        """Return the timers that open scorecards wait for and that do not wait."""

        def look(session: Session) -> set[str]:
            awaited = set(reminding.open_cards(session).values())
            return awaited - jobs.waiting_keys(session, "timer")

        return await self.database.read(look)

    async def _next_timer(self) -> datetime | None:
        waiting = await self.database.read(lambda session: jobs.listing(session, State.READY, 500))
        return min((job.run_at for job in waiting if job.kind == "timer"), default=None)

    async def due(self) -> list[Job]:
        """Take the timers whose moment has come."""
        now = self.clock.now()
        claimed = await self.database.write(
            lambda session: jobs.claim(session, owner="test", slots=500, lease=HOUR, now=now)
        )
        return [job for job in claimed if job.kind == "timer"]

    async def _run_due(self) -> None:
        for job in await self.due():
            await self.engine.run_timer(job)
        await self.collect()
        assert await self.loose_ends() == set()

    def _context(self, session: Session) -> Context:
        return Context(
            opened=session,
            person=STRANGER,
            place=NOWHERE,
            now=self.clock.now(),
            user=UserRef("", "", ""),
            request_id="test",
            sealer=self.sealer,
        )

    def _id(self) -> str:
        self.acts += 1
        return f"act-{self.acts}"


@asynccontextmanager
async def seated(database: Database) -> AsyncIterator[Panel]:
    """Open the house over a database that somebody has furnished or is about to."""
    async with engine_around(feedback.workflow, database) as (engine, clock, sealer):
        yield Panel(engine, database, clock, sealer)


def move_in(session: Session) -> None:
    """Add everybody, a search, and three candidates in it."""
    for name in CREW:
        person = people.add_person(session, name)
        people.link_account(session, person.id, "slack", "T1", name)
        assert person.id == IDS[name]
    template = Template(role_family="SOC analyst", level="junior", created_at=MONDAY)
    search = Search(
        title="SOC analyst",
        role_family="SOC analyst",
        level="junior",
        opened_on=MONDAY.date(),
        ta_owner_id=IDS["Tom"],
        hiring_manager_id=IDS["Hugo"],
    )
    session.add_all([template, search])
    session.flush()
    for _ in range(3):
        candidate = Candidate(created_at=MONDAY)
        session.add(candidate)
        session.flush()
        application = Application(
            candidate_id=candidate.id or 0, search_id=search.id or 0, stage_entered_at=MONDAY
        )
        session.add(application)
        session.flush()


def buttons_of(message: Message) -> dict[str, Button]:
    """Return a message's buttons by their labels."""
    rows = [block for block in message.blocks if isinstance(block, Buttons)]
    return {button.label: button for row in rows for button in row.buttons}
