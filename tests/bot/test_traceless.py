"""Nobody can be found by having used a traceless route; what is not traceless is shown beside."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot import logs
from bot.answers import Answers
from bot.clock import FrozenClock
from bot.context import Context
from bot.engine import Engine
from bot.inbound import Command, Inbound, Place, Press, Submission
from bot.logs import RequestLog
from bot.platform import Standing
from bot.repeats import TWICE
from bot.roles import Role
from bot.standing import Standings, account_of
from bot.ui import Form, Message, Reply, Toggle
from bot.workflow import Workflow, traceless
from storage import accounts, audit, people
from storage.database import Database
from storage.people import Account
from storage.secrets import Sealer
from tests.bot.house import ADA, ADAM, CHANNEL, MONDAY, NOBODY_WE_KNOW, House, text_of
from tests.bot.platforms import DOWN, MemoryPlatform, all_told

CHAT = Place("slack", "T1", "DADA")
workflow = Workflow("mail", summary="A letter box.")


@workflow.command("mail", help="Say hello.", allow=Role.STRANGER)
def greet(_ctx: Context, _text: str) -> Reply:
    return Message(text="Hello.")


@traceless
@workflow.command("mail box", help="Look into the box.", allow=Role.STRANGER)
def look(ctx: Context, _text: str) -> Reply:
    return Message(text=f"Hello {ctx.person.name or 'stranger'}.")


@traceless
@workflow.form("post", allow=Role.STRANGER)
def post(_ctx: Context) -> Form:
    return Form(title="A letter", inputs=(Toggle(name="is_noted", label="It is noted"),))


@post.submit
def posted(ctx: Context, answers: Answers) -> Reply:
    people.add_department(ctx.session, ctx.act, "Letter")
    if answers.on("is_noted"):
        ctx.record("letter:1", after="posted")
    return Message(text=f"Posted: {ctx.act}")


@post.again
def posted_before(ctx: Context) -> Reply:
    if ctx.act not in people.departments(ctx.session):
        return None
    return Message(text=f"Posted: {ctx.act}")


@pytest.fixture
async def house(database: Database, clock: FrozenClock, sealer: Sealer) -> AsyncIterator[House]:
    slack, teams = MemoryPlatform("slack"), MemoryPlatform("teams")
    standings = Standings(database, {"slack": slack}, clock)
    engine = Engine(database, [workflow], clock=clock, sealer=sealer, standings=standings)
    yield House(engine, database, clock, sealer, slack, teams, standings)
    await standings.close()


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is written at a console, with accounts and all."""
    stream, fresh = io.StringIO(), RequestLog()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(logs, "requests", fresh)
    fresh.begin(console=True)
    return stream


def typed(words: str, id: str = "typed") -> Command:
    """Words in one's own chat with Parley."""
    return Command(id=id, user=ADA, place=CHAT, inline=False, one_to_one=True, name="", text=words)


def sent(id: str = "sent", *, is_noted: bool = False) -> Submission:
    answers = {"is_noted": "true" if is_noted else "false"}
    return Submission(id=id, user=ADA, place=CHANNEL, route="mail.post", answers=answers)


async def actors(house: House) -> list[int | None]:
    """Return whose acts the audit holds."""
    found = sa.select(audit.audit.c.actor).order_by(audit.audit.c.seq)
    return await house.database.read(lambda session: list(session.connection().scalars(found)))


async def standings(house: House) -> list[Account]:
    noted = await house.database.read(accounts.standings)
    return [one.account for one in noted]


@pytest.mark.parametrize(
    ("act", "is_told"),
    [
        (typed("mail"), True),
        (typed("mail box"), False),
        (Press(id="a press", user=ADA, place=CHANNEL, route="mail.post"), False),
        (sent(), False),
    ],
)
async def test_an_act_is_told_in_the_log_unless_it_is_traceless(
    house: House, console: io.StringIO, act: Inbound, is_told: bool
) -> None:
    await house.engine.handle(act)
    await asyncio.sleep(0)

    assert ("UADA" in console.getvalue(), bool(console.getvalue())) == (is_told, is_told)


async def test_the_audit_tells_of_it_only_what_the_handler_recorded(house: House) -> None:
    await house.says("mail")
    await house.says("mail box")
    await house.engine.handle(sent("not noted"))
    before = len(await actors(house))

    await house.engine.handle(sent("noted", is_noted=True))

    assert (before, len(await actors(house))) == (1, 2)


async def test_what_a_platform_says_of_who_acts_is_kept_in_memory_alone(house: House) -> None:
    answer = text_of(await house.says("mail box"))
    await all_told(house.standings)
    after = await standings(house)

    await house.says("mail")
    await all_told(house.standings)

    assert answer == "Hello Ada."
    assert after == []
    assert await standings(house) == [account_of(ADA)]


async def test_whoever_is_no_member_is_a_stranger_there_as_well(house: House) -> None:
    house.slack.standings[ADA] = Standing.GUEST

    assert text_of(await house.says("mail box")) == "Hello stranger."


async def test_a_platform_that_does_not_answer_makes_a_stranger_of_everybody(house: House) -> None:
    house.slack.fail("profile", DOWN)

    assert text_of(await house.says("mail box")) == "Hello stranger."
    assert text_of(await house.says("mail box", NOBODY_WE_KNOW)) == "Hello stranger."


async def test_an_account_out_of_reach_stays_so(house: House) -> None:
    lost = account_of(ADAM)
    await house.write(lambda session: accounts.lose(session, lost, "blocked", now=MONDAY))
    house.clock.advance(timedelta(hours=1))
    await house.says("mail box", ADAM)
    await house.standings.sweep(house.clock.now())
    after = [one.account for one in await house.database.read(accounts.out_of_reach)]

    await house.says("mail", ADAM)
    await house.standings.sweep(house.clock.now())

    assert after == [lost]
    assert await house.database.read(accounts.out_of_reach) == []


async def test_nobody_is_welcomed(house: House) -> None:
    await house.engine.handle(typed("mail box", id="first"))
    await all_told(house.standings)
    after = await house.count("welcome")

    await house.engine.handle(typed("mail", id="second"))
    await all_told(house.standings)

    assert (after, await house.count("welcome")) == (0, 1)


async def test_a_repeat_is_known_and_answered_after_a_restart(house: House) -> None:
    first = await house.engine.handle(sent())
    restarted = Engine(
        house.database,
        [workflow],
        clock=house.clock,
        sealer=house.sealer,
        standings=house.standings,
    )

    again = await restarted.handle(sent())

    assert text_of(first) == text_of(again) == "Posted: sent"
    assert await house.count("inbound") == 1


async def test_what_a_route_cannot_answer_again_was_done_once(house: House) -> None:
    await house.engine.handle(sent())
    await house.write(lambda session: session.connection().execute(sa.delete(people.department)))
    house.engine._repeats = type(house.engine._repeats)()

    assert text_of(await house.engine.handle(sent())) == TWICE
