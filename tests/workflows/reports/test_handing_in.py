"""Files that somebody sends Parley alone are kept as evidence, once they say so."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.inbound import Command, FileRef, Place, Post
from bot.ui import Answer, Form, Quote
from bot.workflow import NO_SUCH_THING
from storage.database import Database
from tests.bot.platforms import MemoryPlatform
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, buttons, said
from tests.workflows.engine import engine_around
from tests.workflows.reports.house import IDS, House
from workflows import reports
from workflows.reports import evidence_keeping as keeping
from workflows.reports import evidence_tables, quoting, tables
from workflows.reports import handing_in_texts as texts
from workflows.reports.evidence import Kind, Standing
from workflows.reports.evidence_tables import Evidence
from workflows.reports.rules import Remark, State

NAME, CONTENT = "invoice.pdf", b"%PDF-1.7"
NOW = timedelta()


@pytest.fixture(params=[SLACK, TEAMS])
def platform(request: pytest.FixtureRequest) -> str:
    """Return where it is played."""
    return str(request.param)


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    platforms = {name: MemoryPlatform(name, files={"F1": CONTENT}) for name in (SLACK, TEAMS)}
    async with engine_around(reports.workflow, database, platforms=platforms) as stands:
        engine, clock, sealer = stands
        yield House(engine, database, clock, sealer, IDS)


async def sends_file(house: House, platform: str, words: str = "", name: str = "Rita") -> Answer:
    """Let somebody send a file in their own chat, with these words."""
    house.acts += 1
    place = Place(platform, TENANTS[platform], f"D{name.upper()}")
    file = FileRef("F1", NAME, len(CONTENT), "application/pdf")
    common: dict[str, Any] = {
        "id": f"act-{house.acts}",
        "user": account(name, platform),
        "place": place,
        "one_to_one": True,
        "confided": True,
    }
    post = Post(**common, text=words, files=(file,), message=f"m{house.acts}")
    return await house.engine.handle(Command(**common, name="", text=words, post=post))


async def presses(house: House, platform: str, answer: Answer, label: str) -> Answer:
    found = next(one for one in buttons(answer) if one.label == label)
    return await house.presses("Rita", found, platform, privately=True)


async def kept(house: House, report: int) -> dict[Kind, Evidence]:
    await house.passes(NOW)
    rows = await house.database.read(lambda session: evidence_tables.evidence_of(session, report))
    return {row.kind: row for row in rows}


async def content(house: House, row: Evidence) -> bytes:
    pieces = await house.database.read(lambda s: evidence_tables.pieces(s, row.id or 0))
    return keeping.content(house.sealer, pieces)


async def filed(house: House) -> int:
    return await house.database.read(lambda session: len(tables.reports_in(session, State)))


async def test_a_file_in_ones_own_chat_is_evidence_once_it_is_reported(
    house: House, platform: str
) -> None:
    asked = await sends_file(house, platform)
    before = await filed(house)

    form = await presses(house, platform, asked, texts.REPORT_THEM)
    await house.sends("Rita", form, {}, platform, privately=True)

    found = await kept(house, 1)
    assert (before, set(found)) == (0, {Kind.MESSAGE, Kind.FILE})
    assert found[Kind.FILE].standing is Standing.KEPT
    assert await content(house, found[Kind.FILE]) == CONTENT


async def test_a_file_is_added_to_ones_own_report_at_a_press(house: House, platform: str) -> None:
    id = await house.files()
    asked = await sends_file(house, platform, "The invoice")

    added = await presses(house, platform, asked, texts.add_to(f"R-{id}"))
    again = await presses(house, platform, asked, texts.add_to(f"R-{id}"))

    found = await kept(house, id)
    assert await content(house, found[Kind.FILE]) == CONTENT
    assert (said(added), said(again)) == (texts.added(f"R-{id}"), texts.GONE)
    details = await house.database.read(lambda s: tables.said(s, id, Remark.DETAIL))
    assert len(details) == 1


async def test_to_others_reports_nothing_is_added(house: House, platform: str) -> None:
    id = await house.files("Sam")
    own = await house.files("Rita")
    asked = await sends_file(house, platform)
    button = next(one for one in buttons(asked) if one.label == texts.add_to(f"R-{own}"))

    refused = await house.presses("Sam", button, platform)
    theirs = button.model_copy(update={"payload": {**button.payload, "report": id}})
    not_mine = await house.presses("Sam", theirs, platform)

    assert texts.add_to(f"R-{id}") not in [one.label for one in buttons(asked)]
    assert said(refused) == NO_SUCH_THING
    assert said(not_mine) == texts.GONE


async def test_a_file_beside_a_command_is_kept_with_the_report(house: House, platform: str) -> None:
    await sends_file(house, platform, "report that this invoice looks odd")
    await sends_file(house, platform, "report add R-1 and so does this one")

    rows = await house.database.read(lambda session: evidence_tables.evidence_of(session, 1))
    assert [row.kind for row in rows].count(Kind.FILE) == 2


async def test_what_is_not_reported_is_forgotten_after_a_day(house: House, platform: str) -> None:
    asked = await sends_file(house, platform)

    await house.passes(quoting.KEPT)

    form = await presses(house, platform, asked, texts.REPORT_THEM)
    assert isinstance(form, Form)
    assert not any(isinstance(part, Quote) for part in form.inputs)


async def test_a_greeting_with_a_file_is_a_greeting(house: House, platform: str) -> None:
    answer = await sends_file(house, platform, "help")

    assert texts.REPORT_THEM not in [one.label for one in buttons(answer)]
