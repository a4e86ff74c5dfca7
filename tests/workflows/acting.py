"""People who act on a real engine, and what waits for them; a workflow's house adds its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from bot import outbox
from bot.clock import FrozenClock
from bot.context import Context, unasked, write_audit
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, QuotedMessage, Shortcut, Submission, UserRef
from bot.outbox import Parcel
from bot.signals import SIGNAL
from bot.ui import Answer, Button, Buttons, Form, Message
from storage import jobs, people
from storage.database import Database
from storage.jobs import State, job
from storage.secrets import Sealer

T = TypeVar("T")

SLACK, TEAMS = "slack", "teams"
TENANTS = {SLACK: "T1", TEAMS: "tenant"}
_ALL, _LEASE = 500, timedelta(minutes=1)


def account(name: str, platform: str = SLACK) -> UserRef:
    """Return somebody's account."""
    return UserRef(platform, TENANTS[platform], f"U{name.upper()}")


def arrive(session: Session, name: str, department: str, *roles: str) -> int:
    """Make a colleague known, with an account on each platform, and return their number."""
    person = people.add_person(session, name, department=department)
    for platform in TENANTS:
        user = account(name, platform)
        people.link_account(session, person.id, user.platform, user.tenant, user.user)
    for role in roles:
        kind, _, owned = role.partition("@")
        people.grant(session, person.id, kind, department=owned or None)
    return person.id


@dataclass
class House:
    """The engine with what stands around it; *ids* are everybody's numbers."""

    engine: Engine
    database: Database
    clock: FrozenClock
    sealer: Sealer
    ids: Mapping[str, int]
    acts: int = field(default=0)

    async def says(
        self, name: str, words: str, platform: str = SLACK, *, privately: bool = False
    ) -> Answer:
        """Let somebody say *words* in a thread, or to Parley alone."""
        common = self._common(name, platform, privately=privately)
        return await self._act(Command(**common, confided=privately, name="", text=words))

    async def presses(
        self, name: str, button: Button, platform: str = SLACK, *, privately: bool = False
    ) -> Answer:
        """Let somebody press a button."""
        common = self._common(name, platform, privately=privately)
        return await self._act(Press(**common, route=button.route, payload=button.payload))

    async def sends(
        self,
        name: str,
        form: Answer,
        answers: Mapping[str, str],
        platform: str = SLACK,
        *,
        privately: bool = False,
    ) -> Answer:
        """Let somebody send a form, with what it was filled with where *answers* say nothing."""
        filled = {**prefilled(form), **answers}
        assert isinstance(form, Form)
        common = self._common(name, platform, privately=privately)
        act = Submission(**common, route=form.route, state=form.state, answers=filled)
        return await self._act(act)

    async def uses(self, name: str, route: str, text: str, *, author: str = "U1") -> Answer:
        """Let somebody use a shortcut on a message in which *author* says *text*."""
        quoted = QuotedMessage(id="1.0", text=text, author=author)
        return await self._act(Shortcut(**self._common(name, SLACK), route=route, quoted=quoted))

    async def within(self, work: Callable[[Context], T], *, action: str = "test") -> T:
        """Do *work* in one transaction, with what it records in the audit."""

        def done(session: Session) -> T:
            ctx = self.context(session)
            found = work(ctx)
            write_audit(ctx, action)
            return found

        return await self.database.write(done)

    def context(self, session: Session) -> Context:
        """Return the context of what nobody asked for."""
        return unasked(session, self.sealer, self.clock.now())

    async def offered(self, name: str, label: str) -> Button:
        """Return the newest button of that label that somebody was sent."""
        found = [
            button
            for parcel in await self.sent(name)
            for button in buttons(parcel.message)
            if button.label == label
        ]
        assert found, (name, label)
        return found[-1]

    async def add(self, *rows: Any) -> None:
        """Store *rows*."""
        await self.database.write(lambda session: session.add_all(rows))

    async def passes(self, span: timedelta) -> None:
        """Let *span* pass, and run each timer at the moment it is due."""
        end = self.clock.now() + span
        while (due := await self._next_due()) and due <= end:
            self.clock.move_to(max(due, self.clock.now()))
            await self._run_due()
        self.clock.move_to(end)

    async def sent(self, to: str | None = None) -> list[Parcel]:
        """Return what waits to be sent to one person, or to places, in order."""
        found = [
            outbox.unpack(self.sealer, one.key, one.payload)
            for one in await self._waiting()
            if one.kind == "send"
        ]
        wanted = self.ids[to] if to else None
        return [one for one in found if one.person == wanted and (to or one.place)]

    async def signalled(self) -> list[tuple[str, ...]]:
        """Return what waits to be told beyond the platforms, in order."""
        signals = [one.payload["signal"] for one in await self._waiting() if one.kind == SIGNAL]
        return [tuple(signal.values()) for signal in signals]

    async def _next_due(self) -> datetime | None:
        first = sa.select(sa.func.min(job.c.run_at)).where(
            job.c.kind == "timer", job.c.state == State.READY
        )
        found: datetime | None = await self.database.read(lambda session: session.scalar(first))
        return found

    async def _run_due(self) -> None:
        now = self.clock.now()
        claimed = await self.database.write(
            lambda session: jobs.claim(session, owner="test", slots=_ALL, lease=_LEASE, now=now)
        )
        for one in claimed:
            if one.kind == "timer":
                await self.engine.run_timer(one)

    async def _waiting(self) -> list[jobs.Job]:
        found = await self.database.read(lambda session: jobs.listing(session, State.READY, _ALL))
        return sorted(found, key=lambda one: one.id)

    def _common(self, name: str, platform: str, *, privately: bool = False) -> dict[str, Any]:
        self.acts += 1
        at = Place(platform=platform, tenant=TENANTS[platform], channel="C1", thread="1.0")
        if privately:
            at = Place(platform=platform, tenant=TENANTS[platform], channel=f"D{name.upper()}")
        user = account(name, platform)
        return {"id": f"act-{self.acts}", "user": user, "place": at, "one_to_one": privately}

    async def _act(self, act: Inbound) -> Answer:
        return await self.engine.handle(act)


def prefilled(form: Answer) -> dict[str, str]:
    """Return what stands in a form when it opens."""
    assert isinstance(form, Form), form
    values = {question.name: getattr(question, "initial", "") for question in form.questions()}
    return {name: str(value or "") for name, value in values.items()}


def said(answer: Answer) -> str:
    """Return what a message says."""
    assert isinstance(answer, Message), answer
    return answer.text


def buttons(answer: Answer) -> list[Button]:
    """Return a message's buttons."""
    assert isinstance(answer, Message), answer
    rows = (block for block in answer.blocks if isinstance(block, Buttons))
    return [found for row in rows for found in row.buttons]
