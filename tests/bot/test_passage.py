"""Each request is counted by how it ended, and leaves one line that quotes nobody."""

import asyncio
import errno
import io
import json
import re
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlmodel import Session

from bot import logs
from bot.clock import Clock
from bot.engine import Engine
from bot.errors import Overloaded
from bot.inbound import Command, Post
from bot.logs import Request, RequestLog
from storage import places
from storage.database import Database
from storage.secrets import Sealer
from tests.bot import toys
from tests.bot.house import ADA, CHANNEL, House, text_of

ENTRY = Request("0a1b2c3d", "slack", "UADA", "command", "toys.toy", 1.23456, "ok")


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


@pytest.fixture
def log(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> RequestLog:
    """The log of this test, which is not yet written."""
    fresh = RequestLog()
    monkeypatch.setattr(logs, "requests", fresh)
    return fresh


@pytest.fixture
def written(log: RequestLog, stderr: io.StringIO) -> io.StringIO:
    """What is written for machines."""
    log.begin(console=False)
    return stderr


@pytest.fixture
def shown(log: RequestLog, stderr: io.StringIO) -> io.StringIO:
    """What is written at a console."""
    log.begin(console=True)
    return stderr


def line(written: io.StringIO) -> dict[str, Any]:
    """Return the last line that was written."""
    read: dict[str, Any] = json.loads(written.getvalue().splitlines()[-1])
    return read


def counted(outcome: str, kind: str = "command") -> float:
    labels = {"platform": "slack", "kind": kind, "outcome": outcome}
    return REGISTRY.get_sample_value("parley_inbound_requests_total", labels) or 0


@pytest.mark.parametrize(
    ("words", "route", "outcome"),
    [
        ("peek", "toys.peek", "ok"),
        ("toy Bear", "toys.toy", "refused"),
        ("toy add Bear", "toys.toy_add", "ok"),
        ("toy refuse", "toys.toy_refuse", "refused"),
        ("toy break", "toys.toy_break", "failed"),
        ("what is this", "parley.menu", "ok"),
    ],
)
async def test_a_request_is_told_by_how_it_ended(
    house: House, written: io.StringIO, words: str, route: str, outcome: str
) -> None:
    before = counted(outcome)

    await house.says(words)
    await asyncio.sleep(0)

    said = line(written)
    assert (said["event"], said["platform"], said["kind"]) == ("request", "slack", "command")
    assert (said["route"], said["outcome"]) == (route, outcome)
    assert said["milliseconds"] >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", said["timestamp"])
    assert counted(outcome) == before + 1


async def test_a_repeat_is_told_apart(house: House, written: io.StringIO) -> None:
    await house.says("toy add Bear", id="once")

    await house.says("toy add Bear", id="once")
    await asyncio.sleep(0)

    assert line(written)["outcome"] == "repeat"


async def test_what_leads_nowhere_is_refused(house: House, written: io.StringIO) -> None:
    before = counted("refused", "press")

    await house.presses("toys.nothing")
    await asyncio.sleep(0)

    said = line(written)
    assert (said["route"], said["outcome"]) == ("", "refused")
    assert counted("refused", "press") == before + 1


async def test_what_nobody_listens_to_is_counted_and_leaves_no_line(
    house: House, written: io.StringIO
) -> None:
    before = counted("ignored", "post")

    await house.engine.handle(Post(id="p1", user=ADA, place=CHANNEL, text="hello"))
    await asyncio.sleep(0)

    assert counted("ignored", "post") == before + 1
    assert written.getvalue() == ""


async def test_what_somebody_listens_to_is_told(house: House, written: io.StringIO) -> None:
    await house.write(_bind_playroom)

    await house.engine.handle(Post(id="p1", user=ADA, place=CHANNEL, text="quietly"))
    await asyncio.sleep(0)

    said = line(written)
    assert (said["kind"], said["outcome"]) == ("post", "ok")


async def test_the_number_in_an_apology_is_that_of_the_line(
    house: House, written: io.StringIO
) -> None:
    said = text_of(await house.says("toy break something personal"))
    await asyncio.sleep(0)

    assert line(written)["reference"] in said
    assert "personal" not in written.getvalue()


@pytest.fixture
async def small(sqlite_url: str) -> AsyncIterator[Database]:
    """A database that takes one unit of work at a time."""
    database = Database(sqlite_url, room=1)
    await database.open()
    yield database
    await database.close()


async def test_a_request_that_finds_no_room_is_busy(
    small: Database, sealer: Sealer, written: io.StringIO
) -> None:
    engine = Engine(small, [toys.workflow], clock=Clock(), sealer=sealer)
    goes_on = threading.Event()
    holding = asyncio.create_task(small.read(lambda _: goes_on.wait(30)))
    await asyncio.sleep(0)

    with pytest.raises(Overloaded):
        await engine.handle(Command(id="a", user=ADA, place=CHANNEL, name="toy", text="Bear"))

    goes_on.set()
    await holding
    assert line(written)["outcome"] == "busy"


class FullDisk(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class TestTheLog:
    async def test_nothing_is_written_before_it_was_told_to(
        self, log: RequestLog, stderr: io.StringIO
    ) -> None:
        log.write(ENTRY)
        await asyncio.sleep(0)

        assert stderr.getvalue() == ""

    async def test_a_machine_reads_no_account(self, written: io.StringIO) -> None:
        logs.requests.write(ENTRY)
        await asyncio.sleep(0)

        said = line(written)
        assert said.pop("timestamp")
        assert said == {
            "event": "request",
            "reference": "0a1b2c3d",
            "platform": "slack",
            "kind": "command",
            "route": "toys.toy",
            "milliseconds": 1.235,
            "outcome": "ok",
            "level": "info",
        }

    async def test_requests_that_end_together_have_a_line_each(self, written: io.StringIO) -> None:
        for _ in range(2):
            for number in range(3):
                logs.requests.write(ENTRY._replace(reference=f"{number}"))
            await asyncio.sleep(0)

        lines = [json.loads(said)["reference"] for said in written.getvalue().splitlines()]
        assert lines == ["0", "1", "2"] * 2

    async def test_a_person_at_the_console_reads_who_did_what_and_how_it_ended(
        self, shown: io.StringIO
    ) -> None:
        logs.requests.write(ENTRY)
        await asyncio.sleep(0)

        at, *rest = shown.getvalue().split()
        assert re.fullmatch(r"\d\d:\d\d:\d\d", at)
        assert rest == ["slack", "UADA", "command", "toys.toy", "1.2", "ms", "ok", "0a1b2c3d"]

    async def test_a_console_obeys_no_account(self, shown: io.StringIO) -> None:
        logs.requests.write(ENTRY._replace(user="U\x1b[2J\u202e"))
        await asyncio.sleep(0)

        assert r"U\x1b[2J\u202e" in shown.getvalue()

    async def test_a_log_that_cannot_be_written_fails_nothing(
        self, log: RequestLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stderr", FullDisk())
        log.begin(console=False)
        raised: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: raised.append(context))

        log.write(ENTRY)
        await asyncio.sleep(0)

        assert raised == []


def _bind_playroom(session: Session) -> None:
    where = places.RoomPlace(CHANNEL.platform, CHANNEL.tenant, CHANNEL.channel)
    places.bind_room(session, "playroom", where)
