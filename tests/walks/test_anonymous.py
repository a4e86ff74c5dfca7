"""A report without a name over signed HTTP: the code comes back, and nobody can find who has it."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client import generate_latest
from sqlmodel import Session, SQLModel, select

from bot import logs
from bot.logs import RequestLog
from tests.clients.client import Client
from tests.walks.company import Company, a_company
from workflows.reports import claims, letter_texts, letters, minding_texts, reporting_texts
from workflows.reports.ration import Ration
from workflows.reports.rules import Privacy
from workflows.reports.tables import Report

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

WHAT = "My lead asks me to share my password."
#: Nobody has made this guest known, so that no row about them can be there for another reason.
GUEST = ("gus", "U0GUS", "Gus Petersen", "gus@agency.example")
CHANNEL = "ta-sourcing"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """All that is logged, as at a console, where lines name accounts."""
    stream, fresh = io.StringIO(), RequestLog()
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, stream)
    monkeypatch.setattr(logs, "requests", fresh)
    monkeypatch.setattr(letters, "ration", Ration())
    fresh.begin(console=True)
    return stream


@pytest.fixture
async def company(sqlite_url: str, log: io.StringIO) -> AsyncIterator[Company]:
    assert log is not None
    async with a_company(sqlite_url, channel=CHANNEL) as opened:
        yield opened


@pytest.fixture
async def firm(database_url: str, log: io.StringIO) -> AsyncIterator[Company]:
    """The same, over each of the databases."""
    assert log is not None
    async with a_company(database_url) as opened:
        yield opened


async def opens_form(client: Client, handle: str) -> None:
    """Open the form as people do there: by a slash command, or by a button in one's own chat."""
    if client.user(handle).platform == "slack":
        await client.ask_for_form(handle, "report anonymously")
    else:
        await client.press(handle, reporting_texts.FORM)


async def sends(client: Client, handle: str) -> str:
    """Send the report, and return the code that is shown in the place of the form."""
    written = {reporting_texts.NOTICED: WHAT, reporting_texts.PRIVACY: Privacy.ANONYMOUS}
    assert await client.fill(handle, written) == {}
    await client.until(lambda: letter_texts.YOUR_CODE in client.window_of(handle))
    shown = client.window_of(handle).partition(f"{letter_texts.YOUR_CODE}: ")[2]
    code = shown.split()[0].strip("*")
    assert claims.read(code), shown
    return code


async def does(client: Client, handle: str, code: str, wanted: dict[str, str]) -> None:
    """Type the code into the open window, and do there what is *wanted*."""
    assert await client.fill(handle, {letter_texts.CODE: code}) == {}
    await client.until(lambda: "R-1 is" in client.window_of(handle))
    assert await client.fill(handle, wanted) == {}
    await client.until(lambda: "Thank you." in client.window_of(handle))


def rows(session: Session) -> set[str]:
    """Return every row, as text."""
    connection = session.connection()
    return {
        f"{table.name} {row!r}"
        for table in SQLModel.metadata.sorted_tables
        for row in connection.execute(sa.select(table))
    }


def ratings(session: Session) -> list[tuple[bool | None, bool | None]]:
    return [(one.is_helpful, one.would_again) for one in session.exec(select(Report))]


def bytes_of(url: str) -> bytes:
    """Return what the database has in its files, the write-ahead log as well."""
    path = Path(url.removeprefix("sqlite:///"))
    files = sorted(path.parent.glob(f"{path.name}*"))
    assert any(one.name.endswith("-wal") for one in files)
    return b"".join(one.read_bytes() for one in files)


async def test_nothing_of_a_guest_is_in_any_file_line_or_figure(
    company: Company, sqlite_url: str, log: io.StringIO
) -> None:
    slack, client = company.slack, company.on["slack"]
    await opens_form(client, "gus")
    code = await sends(client, "gus")
    await slack.command("gus", CHANNEL, "/report", f"status {code}")
    await client.is_told("gus", letter_texts.ON_THE_WAY)

    await company.move_to(letters.QUARTERS.next_after(company.clock.now()))
    await slack.command("gus", CHANNEL, "/report", f"status {code}")
    await client.is_told("gus", "R-1 is received")
    await client.ask_for_form("gus", "report status")
    await does(client, "gus", code, {letter_texts.TAKE_BACK: "true"})
    await company.move_to(letters.QUARTERS.next_after(company.clock.now()))
    await slack.command("gus", CHANNEL, "/report", f"status {code}")
    await client.is_told("gus", "R-1 is withdrawn")
    await asyncio.sleep(0)

    stored, figures = bytes_of(sqlite_url), generate_latest()
    channel = slack.channel(CHANNEL).id
    for trace in (*GUEST[1:], channel, code, claims.read(code) or "", WHAT):
        assert trace.encode() not in stored, trace
        assert trace.encode() not in figures, trace
        assert trace not in log.getvalue(), trace
    assert "reports." not in log.getvalue()


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_no_row_or_line_that_comes_by_it_names_a_colleague(
    firm: Company, log: io.StringIO, platform: str
) -> None:
    client = firm.on[platform]
    account = client.user("ada").user
    await client.whisper("ada", "report anonymously")
    await client.is_told("ada", letter_texts.DOORS)
    await firm.quiet()
    before, lines = await firm.parley.database.read(rows), len(log.getvalue())

    await opens_form(client, "ada")
    code = await sends(client, "ada")

    new = await firm.parley.database.read(rows) - before
    assert {row.split()[0] for row in new} == {"inbound", "reports_letter"}
    assert not any(account in row for row in new)
    assert log.getvalue()[lines:] == ""
    await firm.move_to(letters.QUARTERS.next_after(firm.clock.now()))
    await client.whisper("chiara", "security close R-1 expected")
    await client.is_told("chiara", "R-1 is closed")
    await firm.quiet()
    before, lines = await firm.parley.database.read(rows), len(log.getvalue())

    await client.press("ada", letter_texts.LOOK_UP)
    await client.until(lambda: letter_texts.CODE in client.window_of("ada"))
    rating = {minding_texts.WAS_IT_HELPFUL: "yes", minding_texts.WOULD_YOU_AGAIN: "yes"}
    await does(client, "ada", code, rating)

    new = await firm.parley.database.read(rows) - before
    assert {row.split()[0] for row in new} == {"inbound", "reports_letter"}
    assert not any(account in row for row in new)
    assert log.getvalue()[lines:] == ""
    await firm.move_to(letters.QUARTERS.next_after(firm.clock.now()))
    assert await firm.parley.database.read(ratings) == [(True, True)]
    await client.whisper("ada", "term EDRM")
    await client.until(lambda: account in log.getvalue()[lines:])
