"""`python app.py run` as an operator starts it: whole settings or none, and never two at once."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.simulator.simulator import SlackSimulator
from storage import audit, migrations
from storage.audit import Entry
from storage.database import Database
from storage.secrets import Sealer
from tests.faults.bots import READY_SECONDS
from tests.faults.conftest import KEY, Note
from tests.faults.looking import seconds_queued
from tests.faults.rows import Rows
from tests.faults.traffic import PATIENCE_SECONDS, command, send

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
REFUSED_SECONDS = 5
ENDED_SECONDS = 10

SECRET, TOKEN = "s" * 32, "xoxb-1"
DIRECTORY_ID = "00000000-0000-0000-0000-00000000000"
TEAMS = {
    "PARLEY_TEAMS_APP_ID": DIRECTORY_ID + "1",
    "PARLEY_TEAMS_APP_PASSWORD": "p" * 32,
    "PARLEY_TEAMS_TENANT_ID": DIRECTORY_ID + "2",
}
WHOLE = {
    "PARLEY_SLACK_SIGNING_SECRET": SECRET,
    "PARLEY_SLACK_BOT_TOKEN": TOKEN,
    "PARLEY_SECRET_KEY": KEY,
    "PARLEY_PORT": "0",
    "PARLEY_METRICS_PORT": "0",
}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"PARLEY_SECRET_KEY": None}, "PARLEY_SECRET_KEY"),
        ({"PARLEY_SECRET_KEY": " " * 40}, "PARLEY_SECRET_KEY"),
        ({"PARLEY_SECRET_KEY": "short"}, "PARLEY_SECRET_KEY"),
        ({"PARLEY_SLACK_SIGNING_SECRET": None}, "PARLEY_SLACK_SIGNING_SECRET"),
        ({"PARLEY_SLACK_SIGNING_SECRET": "  "}, "PARLEY_SLACK_SIGNING_SECRET"),
        ({"PARLEY_SLACK_BOT_TOKEN": None}, "PARLEY_SLACK_BOT_TOKEN"),
        ({**TEAMS, "PARLEY_TEAMS_APP_ID": None}, "PARLEY_TEAMS_APP_ID"),
        ({**TEAMS, "PARLEY_TEAMS_APP_ID": "  "}, "PARLEY_TEAMS_APP_ID"),
        ({**TEAMS, "PARLEY_TEAMS_APP_PASSWORD": ""}, "PARLEY_TEAMS_APP_PASSWORD"),
        ({**TEAMS, "PARLEY_TEAMS_TENANT_ID": "common"}, "PARLEY_TEAMS_TENANT_ID"),
        ({"PARLEY_DATABASE_URL": "sqlite:///no/such/folder/parley.db"}, "PARLEY_DATABASE_URL"),
        ({"PARLEY_DATABASE_URL": "postgresql://127.0.0.1:1/none"}, "PARLEY_DATABASE_URL"),
    ],
)
async def test_with_a_wrong_setting_it_refuses_to_start_and_names_it(
    wrong: Mapping[str, str | None], named: str, tmp_path: Path, note: Note
) -> None:
    environment = {name: value for name, value in {**WHOLE, **wrong}.items() if value is not None}

    code, said, seconds = await refused(environment, tmp_path)

    assert code != 0
    assert named in said
    assert "Traceback" not in said
    assert SECRET not in said
    note("seconds until refused", seconds, at_most=REFUSED_SECONDS)


async def test_with_another_key_than_the_database_knows_it_refuses_to_start(
    database_url: str, tmp_path: Path, note: Note
) -> None:
    entry = Entry(at=datetime.now(UTC), actor=None, action="tests", entity="", request_id="1")
    database = Database(database_url)
    await database.open()
    await database.write(lambda session: audit.append(session, Sealer(KEY), entry))
    await database.close()
    other = {"PARLEY_DATABASE_URL": database_url, "PARLEY_SECRET_KEY": KEY[::-1]}

    code, said, seconds = await refused(WHOLE | other, tmp_path)

    assert code != 0
    assert "PARLEY_SECRET_KEY" in said
    assert "Traceback" not in said
    assert KEY not in said
    note("seconds until refused", seconds, at_most=REFUSED_SECONDS)


async def test_a_second_bot_on_the_same_file_refuses_to_start(tmp_path: Path, note: Note) -> None:
    first = Database(f"sqlite:///{tmp_path}/parley.db")
    await first.open()

    code, said, seconds = await refused(WHOLE, tmp_path)

    await first.close()
    assert code != 0
    assert "PARLEY_DATABASE_URL" in said
    assert "Traceback" not in said
    note("seconds until refused", seconds, at_most=REFUSED_SECONDS)


async def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(
    tmp_path: Path, note: Note
) -> None:
    file = tmp_path / "parley.db"
    migrations.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as newer:
        newer.execute("PRAGMA journal_mode = WAL")  # as every bot does
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()

    code, said, seconds = await refused(WHOLE, tmp_path)

    assert code != 0
    assert "version 9999" in said
    assert "Nothing was changed. Install the newer program" in said
    assert "Traceback" not in said
    assert file.read_bytes() == before
    note("seconds until refused", seconds, at_most=REFUSED_SECONDS)


async def test_a_killed_bot_is_ready_in_time_and_ends_in_time_when_asked(
    slack: SlackSimulator, rows: Rows, tmp_path: Path, note: Note
) -> None:
    environment = {
        **WHOLE,
        "PARLEY_SLACK_SIGNING_SECRET": slack.signing_secret,
        "PARLEY_SLACK_BOT_TOKEN": slack.bot_token,
        "PARLEY_SLACK_TEAM_ID": slack.team_id,
        "PARLEY_SLACK_API_BASE": slack.api_base,
        "PARLEY_DATABASE_URL": rows.url,
    }

    async with running(environment, tmp_path) as bot:
        await address(bot)
        os.kill(bot.pid, signal.SIGKILL)
    began = time.monotonic()
    async with running(environment, tmp_path) as bot:
        url = await address(bot)
        ready = time.monotonic() - began
        acknowledged = await send(slack, url, command(slack, "help"))
        began = time.monotonic()
        os.kill(bot.pid, signal.SIGTERM)
        code = await bot.wait()
        ended = time.monotonic() - began

    assert acknowledged
    assert code == 0
    note("seconds until ready, cold", ready, at_most=READY_SECONDS)
    note("seconds until ended, cold", ended, at_most=ENDED_SECONDS)


@asynccontextmanager
async def running(environment: Mapping[str, str], folder: Path) -> AsyncIterator[Process]:
    """Start Parley in a folder without settings of its own, and be sure that it ends."""
    path = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "app.py"), "run"),
        cwd=folder,
        env={**path, **environment},
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def refused(environment: Mapping[str, str], folder: Path) -> tuple[int | None, str, float]:
    """Start Parley; return its exit code, what it said, and after how many seconds it ended.

    Those in which others had every processor do not count: a cold start needs two of its own.
    """
    began = time.monotonic()
    async with running(environment, folder) as process, asyncio.timeout(PATIENCE_SECONDS):
        queueing = asyncio.create_task(seconds_queued(process.pid))
        said = b"".join(await process.communicate())
    seconds = time.monotonic() - began
    return process.returncode, said.decode(), seconds - await queueing


async def address(process: Process) -> str:
    """Wait until Parley says where it serves."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE_SECONDS):
        welcome = (await process.stdout.readline()).decode()
    return "http://" + welcome.partition("http://")[2].partition("/")[0]
