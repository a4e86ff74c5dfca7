"""The glossary in a real engine, with people of both departments around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import (
    Command,
    Inbound,
    Place,
    Press,
    Query,
    QuotedMessage,
    Shortcut,
    Submission,
    UserRef,
)
from bot.ui import Answer, Button, Buttons, Form, Message, Problems, Results
from storage import jobs, people
from storage.database import Database
from storage.jobs import Job, State
from storage.people import Person
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from workflows import glossary

CHANNEL = Place(platform="slack", tenant="T1", channel="C1")
#: Name, department, and the departments whose vocabulary they own.
CREW = (
    ("Ada", "ta", ("ta",)),
    ("Ben", "ta", ("ta",)),
    ("Cleo", "security", ("security",)),
    ("Dan", "security", ("security",)),
    ("Eve", "legal", ("legal",)),
    ("Mia", "ta", ()),
    ("Noor", "hr", ()),
    ("Zoe", "security", ("security", "ta")),
)
#: Everybody's id: an empty database counts people from one.
IDS = {name: id for id, (name, *_) in enumerate(CREW, start=1)}


def account(name: str) -> UserRef:
    """Return somebody's account; the stranger's name is nobody's."""
    return UserRef("slack", "T1", f"U{name.upper()}")


@dataclass(frozen=True)
class Sent:
    """A message that waits for its delivery."""

    key: str
    message: Message
    person: int | None
    place: Place | None


@dataclass
class House:
    """The engine with what stands around it."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    ids: Mapping[str, int]
    acts: int = 0

    async def says(self, name: str, words: str, *, alone: bool = False) -> Answer:
        """Let somebody type *words* after /term; *alone*, in their own chat with the bot."""
        return await self._act(
            Command(
                id=self._id(),
                user=account(name),
                place=CHANNEL,
                one_to_one=alone,
                name="term",
                text=words,
            )
        )

    async def opens_home(self, name: str) -> Answer:
        """Let somebody open their Home."""
        return await self._act(
            Command(id=self._id(), user=account(name), place=CHANNEL, name="home", text="")
        )

    async def presses(self, name: str, button: Button) -> Answer:
        """Let somebody press a button."""
        return await self._act(
            Press(
                id=self._id(),
                user=account(name),
                place=CHANNEL,
                route=button.route,
                payload=button.payload,
            )
        )

    async def submits(self, name: str, form: Answer, **answers: str) -> Answer:
        """Let somebody send a form, with what it was filled with where *answers* say nothing."""
        assert isinstance(form, Form)
        filled = {
            question.name: str(getattr(question, "initial", "") or "")
            for question in form.questions()
        }
        return await self._act(
            Submission(
                id=self._id(),
                user=account(name),
                place=CHANNEL,
                route=form.route,
                state=form.state,
                answers={**filled, **answers},
            )
        )

    async def uses(self, name: str, route: str, text: str) -> Answer:
        """Let somebody use a shortcut on a message that says *text*."""
        quoted = QuotedMessage(id="1.0", text=text, author="U1")
        return await self._act(
            Shortcut(id=self._id(), user=account(name), place=CHANNEL, route=route, quoted=quoted)
        )

    async def searches(self, name: str, text: str) -> Results:
        """Let somebody type *text* into a search box."""
        query = Query(
            id=self._id(), user=account(name), place=CHANNEL, route="glossary.find", text=text
        )
        found = await self._act(query)
        assert isinstance(found, Results)
        return found

    async def runs(self, timer: str, payload: Mapping[str, object] | None = None) -> None:
        """Let a timer's moment come."""

        def due(session: Session) -> Job:
            work = {"route": timer, "payload": dict(payload or {})}
            now = self.clock.now()
            jobs.enqueue(session, "timer", self._id(), work, lane=None, run_at=now)
            claimed = jobs.claim(
                session, owner="test", slots=500, lease=timedelta(minutes=1), now=now
            )
            return next(job for job in claimed if job.kind == "timer")

        await self.engine.run_timer(await self.database.write(due))

    async def sent(self, to: str | None = None) -> list[Sent]:
        """Return what was sent, to one person or to everybody, in order."""

        def read(session: Session) -> list[Sent]:
            waiting = jobs.listing(session, State.READY, 500)
            parcels = [
                outbox.unpack(self.sealer, job.key, job.payload)
                for job in sorted(waiting, key=lambda job: job.id)
                if job.kind == "send"
            ]
            return [
                Sent(parcel.envelope.key, parcel.message, parcel.person, parcel.place)
                for parcel in parcels
                if to is None or parcel.person == self.ids[to]
            ]

        return await self.database.read(read)

    async def card(self, name: str) -> Message:
        """Return the newest state of the proposal card that somebody has."""
        cards = [
            sent.message
            for sent in await self.sent(name)
            if sent.key.startswith("glossary:proposal:") and sent.key.count(":") == 2
        ]
        return cards[-1]

    async def person(self, name: str) -> Person:
        """Return somebody as they are now."""
        return await self.database.read(
            lambda session: people.by_id(session, self.ids[name], now=self.clock.now())
        )

    async def _act(self, act: Inbound) -> Answer:
        return await self.engine.handle(act)

    def _id(self) -> str:
        self.acts += 1
        return f"act-{self.acts}"


def move_in(session: Session) -> None:
    """Add everybody to an empty database, and the terms that the glossary begins with."""
    for name, department, owned in CREW:
        person = people.add_person(session, name, department=department)
        user = account(name)
        people.link_account(session, person.id, user.platform, user.tenant, user.user)
        for owns in owned:
            people.grant(session, person.id, "owner", department=owns)
        assert person.id == IDS[name]
    glossary.seed(session, MONDAY)


def said(answer: Answer) -> str:
    """Return what a message says."""
    assert isinstance(answer, Message), answer
    return answer.text


def problems(answer: Answer) -> dict[str, str]:
    """Return what is wrong with a form's answers."""
    assert isinstance(answer, Problems), answer
    return answer.fields


def labels(answer: Answer) -> list[str]:
    """Return the labels of a message's buttons."""
    return [button.label for button in _buttons(answer)]


def button(answer: Answer, label: str) -> Button:
    """Return a message's button."""
    return next(found for found in _buttons(answer) if found.label == label)


def _buttons(answer: Answer) -> list[Button]:
    assert isinstance(answer, Message), answer
    rows = (block for block in answer.blocks if isinstance(block, Buttons))
    return [found for row in rows for found in row.buttons]
