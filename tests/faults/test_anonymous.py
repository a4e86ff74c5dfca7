"""Reports without a name while the bot is killed: each is there once, and no author anywhere."""

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from adapters.simulator.simulator import SlackSimulator
from storage.jobs import job
from storage.schedules import schedule
from tests.faults.bots import Bots, Revived
from tests.faults.child import Orders
from tests.faults.deaths import STORED, after, before, on_the_way_of
from tests.faults.reporters import (
    HANDLES,
    ON_DUTY,
    TRIAGE_CHANNEL,
    Form,
    code_in,
    everything,
    told,
    traces,
)
from tests.faults.rows import Rows
from tests.faults.traffic import cancel, eventually, posts, send
from workflows.reports import letters
from workflows.reports.letter_tables import Letter
from workflows.reports.tables import Report

pytestmark = pytest.mark.slow

REPORTS = 30
KILLS = 12
#: Whose handle is no part of other words.
AUTHOR = "chiara"
A_QUARTER = timedelta(minutes=letters.QUARTERS.minutes)

#: The window is on the screen; the act behind it was acknowledged before.
OPENED = after("adapters.slack.api.SlackApi.call", "views.open")
#: How often the report is kept when the bot dies there.
HANDED_IN = (
    (before("bot.engine.Engine.handle", "reports.tell"), 0),  # received
    (after("bot.engine.Engine._write", "reports.tell"), 0),  # written, and not committed
    (STORED, 1),
)
HANDED_OVER = (
    after("bot.engine.write_audit", "reports.empty_box"),  # not committed
    after("bot.engine.Engine.run_timer", "reports.empty_box"),
    after("bot.engine.write_audit", "reports.hand_over"),  # not committed
    after("bot.engine.Engine.run_timer", "reports.hand_over"),
    *on_the_way_of("reports.follow", ":card"),
)


@pytest.fixture
def postgresql_url(postgresql_alone_url: str) -> str:
    """A database on a server of its own: all that this has written is looked through."""
    return postgresql_alone_url


async def test_no_kill_loses_or_doubles_a_report_or_leaves_a_trace_of_its_author(
    slack: SlackSimulator, bots: Bots, rows: Rows
) -> None:
    whole = replace(bots.orders, packages=("workflows",))
    revived = Revived(bots, await bots.start(whole), whole)
    forms = [Form(slack, number) for number in range(REPORTS)]

    killing = asyncio.create_task(kill(revived))
    codes = [code_in(await told(slack, revived.url, form.report())) for form in forms]
    again = [code_in(await told(slack, revived.url, form.report())) for form in forms]
    bring_forward(rows)
    await eventually(lambda: filed(rows) == REPORTS)
    await cancel(killing)
    shown = [
        await told(slack, revived.url, form.looks_up(code))
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


async def test_no_death_at_any_step_loses_or_doubles_a_report_or_tells_on_its_author(
    slack: SlackSimulator, bots: Bots, rows: Rows, whole: Orders
) -> None:
    form = Form(slack, HANDLES.index(AUTHOR))
    # A quarter begins with the test, so that none ends before it should.
    at_first = replace(whole, ahead=letters.QUARTERS.next_after(now := datetime.now(UTC)) - now)
    later = replace(whole, ahead=at_first.ahead + A_QUARTER)

    def is_kept(times: int, *codes: str) -> None:
        assert letters_and_reports(rows) == times
        left = everything(rows, whole.folder)
        assert slack.person(ON_DUTY).id.encode() in left
        assert not [one for one in traces(slack, codes, [AUTHOR]) if one.encode() in left]

    def is_over() -> bool:
        return filed(rows) == 1 and rows.all_is_done(ahead=later.ahead)

    opening = await bots.start(replace(at_first, dies=OPENED))
    await send(slack, opening.url, form.opened())
    await opening.died()
    is_kept(0)
    for death, times in HANDED_IN:
        bot = await bots.start(replace(at_first, dies=death))
        assert not await send(slack, bot.url, form.report())
        await bot.died()
        is_kept(times)
    waiting = await bots.start(at_first)
    code = code_in(await told(slack, waiting.url_now, form.report()))
    await waiting.kill()
    is_kept(1, code)
    for death in HANDED_OVER:
        await bots.lose(replace(later, dies=death), is_over=is_over)
        is_kept(1, code)
    last = await bots.start(later)
    await eventually(is_over)
    shown = await told(slack, last.url_now, form.looks_up(code))
    is_kept(1, code)
    await last.stop()
    is_kept(1, code)

    assert " is received." in shown
    assert len(posts(slack, TRIAGE_CHANNEL)) == 1


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


def letters_and_reports(rows: Rows) -> int:
    """Return how often what was reported is there, handed over or not."""
    with rows.connection() as connection:
        tables = (Letter, Report)
        counts = (sa.select(sa.func.count()).select_from(table) for table in tables)
        return sum(connection.scalar(count) or 0 for count in counts)


def filed(rows: Rows) -> int:
    """Return how many reports there are once no letter is left."""
    with rows.connection() as connection:
        waiting = connection.scalar(sa.select(sa.func.count()).select_from(Letter)) or 0
        found = connection.scalar(sa.select(sa.func.count()).select_from(Report)) or 0
        return 0 if waiting else found
