"""Reports without a name while the bot is killed: each is there once, and no author anywhere."""

import asyncio
import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from adapters.simulator.people import Member
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.wire import Parcel, Traffic
from adapters.slack.ticket import Ticket
from storage import migrations
from storage.jobs import job
from storage.schedules import schedule
from tests.faults.bots import Bots, Revived
from tests.faults.rows import Rows
from tests.faults.traffic import RETRY_SECONDS, Act, cancel, eventually
from workflows.reports import claims, letters
from workflows.reports.letter_tables import Letter
from workflows.reports.tables import Report

pytestmark = pytest.mark.slow

REPORTS = 30
KILLS = 12
CHANNEL = "C0WHISPER"
#: Nobody has made these known: what is found of them would be there by their reports alone.
HANDLES = ("ada", "ben", "chiara", "dev", "elena", "grace", "hana", "luis", "gus")


@dataclass(frozen=True)
class Form:
    """A form that somebody sends, each once."""

    slack: SlackSimulator
    number: int

    @property
    def person(self) -> Member:
        return self.slack.person(HANDLES[self.number % len(HANDLES)])

    def sent(self, route: str, **answers: str) -> Act:
        """Return the submission, the same each time."""
        ticket = Ticket(channel=CHANNEL, instance=f"{route}{self.number}")
        payload = {
            "type": "view_submission",
            "team": {"id": self.slack.team_id},
            "user": {"id": self.person.id, "team_id": self.person.team},
            "trigger_id": f"trigger-{self.number}",
            "view": {
                "id": f"V{route.upper().replace('_', '')}{self.number}",
                "type": "modal",
                "callback_id": f"reports.{route}",
                "private_metadata": ticket.write(),
                "state": {"values": {name: value(name, said) for name, said in answers.items()}},
            },
        }
        return Act(*Parcel(Traffic.INTERACTION, route, payload, self.person.id).encoded())

    def report(self) -> Act:
        """Return a report."""
        chosen = {
            "category": "unsure",
            "interaction": "none",
            "ongoing": "unknown",
            "scope": "unknown",
        }
        words = f"Number {self.number} looks odd."
        return self.sent("tell", noticed=words, privacy="anonymous", **chosen)

    def looks_up(self, code: str) -> Act:
        """Return how somebody comes back."""
        return self.sent("look_up", code=code, words="")


def value(name: str, said: str) -> dict[str, object]:
    if name in {"code", "noticed", "words"}:
        kind = "short_text" if name == "code" else "long_text"
        return {kind: {"value": said or None}}
    return {"choice": {"selected_option": {"value": said}}}


async def told(slack: SlackSimulator, revived: Revived, act: Act) -> str:
    """Repeat an act until a bot acknowledges it, and return what it answered."""
    while True:
        headers = dict(slack.wire.headers(act.body, act.content_type))
        taken = await slack.wire.post(f"{revived.url()}/slack/events", act.body, headers)
        if taken.ok:
            return taken.body
        await asyncio.sleep(RETRY_SECONDS)


def code_in(answer: str) -> str:
    """Return the code that an answer shows."""
    words = json.dumps(json.loads(answer), ensure_ascii=False).replace("*", " ").split()
    return next(found for word in words if (found := claims.read(word.strip('",.}'))))


async def test_no_kill_loses_or_doubles_a_report_or_leaves_a_trace_of_its_author(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    whole = replace(bots.orders, packages=("workflows",))
    revived = Revived(bots, await bots.start(whole), whole)
    forms = [Form(slack, number) for number in range(REPORTS)]

    killing = asyncio.create_task(kill(revived))
    codes = [code_in(await told(slack, revived, form.report())) for form in forms]
    again = [code_in(await told(slack, revived, form.report())) for form in forms]
    bring_forward(rows)
    await eventually(lambda: filed(rows) == REPORTS)
    await cancel(killing)
    shown = [
        await told(slack, revived, form.looks_up(code))
        for form, code in zip(forms, codes, strict=True)
    ]

    await revived.end()
    await revived.bot.kill()
    assert again == codes
    assert len(set(codes)) == REPORTS
    assert all(" is received." in answer for answer in shown)
    assert filed(rows) == REPORTS
    left = everything(rows, bots.orders.folder)
    for trace in traces(slack, codes):
        assert trace.encode() not in left, trace


async def kill(revived: Revived) -> None:
    """Kill -9 at moments that nobody chose, also while reports are handed over."""
    for _ in range(KILLS):
        await asyncio.sleep(random.uniform(0.05, 0.5))  # noqa: S311 - no secret, a moment
        await revived.kill()


def bring_forward(rows: Rows) -> None:
    """Let the quarter of an hour be over, also where one has begun since the start."""
    now = datetime.now(UTC)
    slot = letters.QUARTERS.next_after(now) - timedelta(minutes=letters.QUARTERS.minutes)
    with rows.connection() as connection:
        connection.execute(sa.update(Letter).values(arrives_at=slot))
        connection.execute(sa.delete(job).where(job.c.key.startswith("sched:")))
        box = schedule.c.kind == letters.empty_box.id
        connection.execute(sa.update(schedule).where(box).values(next_at=slot))
        connection.commit()


def filed(rows: Rows) -> int:
    """Return how many reports there are once no letter is left."""
    with rows.connection() as connection:
        waiting = connection.scalar(sa.select(sa.func.count()).select_from(Letter)) or 0
        found = connection.scalar(sa.select(sa.func.count()).select_from(Report)) or 0
        return 0 if waiting else found


def traces(slack: SlackSimulator, codes: list[str]) -> list[str]:
    """Return all that would tell on somebody."""
    people = [slack.person(handle) for handle in HANDLES]
    own = [text for one in people for text in (one.id, one.name, one.email or one.id)]
    written = [text for code in codes for text in (code, claims.grouped(code))]
    return [*own, *written, CHANNEL, "VTELL", "VLOOKUP", "trigger-"]


def everything(rows: Rows, folder: Path) -> bytes:
    """Return every row, every file of the database, and the log."""
    migrations.import_models()
    found = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    if rows.is_sqlite:
        path = Path(rows.url.removeprefix("sqlite:///"))
        found += [one.read_bytes() for one in path.parent.glob(f"{path.name}*")]
    with rows.connection() as connection:
        for table in SQLModel.metadata.sorted_tables:
            found.append(repr(connection.execute(sa.select(table)).all()).encode())
    return b"\n".join(found)
