"""`keys rotate` is stopped again and again, by hand and by kill -9, and loses no text."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import jobs
from storage.database import Database
from storage.jobs import job
from storage.secrets import Sealer
from tests.faults.conftest import KEY, Note

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NEW_KEY = "the new key of the fault tests is long enough too"
TEXTS = 4_000
#: The first is Ctrl+C; nobody can answer the others.
STOPS = (signal.SIGINT, signal.SIGKILL, signal.SIGKILL)


@pytest.fixture(autouse=True)
def hearing_ctrl_c() -> Iterator[None]:
    """A shell may start tests in the background, deaf to Ctrl+C, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
async def sealed(database: Database) -> Database:
    """A database with thousands of texts under the key of before."""
    old = Sealer(KEY)

    def leave(session: Session) -> None:
        for number in range(TEXTS):
            key = f"send:{number}"
            message = old.seal(f"text {number}", at=job.c.payload, row=key)
            now = datetime.now(UTC)
            jobs.enqueue(session, "send", key, {"message": message}, lane=None, run_at=now)

    await database.write(leave)
    return database


async def test_a_rotation_that_is_stopped_at_any_moment_loses_no_text(
    sealed: Database, tmp_path: Path, note: Note
) -> None:
    counts = []
    for stop in STOPS:
        before = await resealed(sealed)
        rotation = await rotate(sealed, tmp_path)
        while await resealed(sealed) == before:
            assert rotation.returncode is None, await rotation.communicate()
        rotation.send_signal(stop)
        _, said = await rotation.communicate()
        counts.append(await resealed(sealed))
        assert len(await texts(sealed, Sealer(NEW_KEY, KEY))) == TEXTS
        assert stop is signal.SIGKILL or said.startswith(b"Stopped. What was sealed anew stays so")

    rotation = await rotate(sealed, tmp_path)
    said, _ = await rotation.communicate()

    assert rotation.returncode == 0
    assert b"None is under an older key any more." in said
    assert await texts(sealed, Sealer(NEW_KEY)) == {f"text {number}" for number in range(TEXTS)}
    for count in counts:
        note("texts sealed anew when it was stopped", count)


async def rotate(database: Database, folder: Path) -> Process:
    """Begin a rotation as an operator does."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "app.py"), "keys", "rotate"),
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "PARLEY_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "PARLEY_SECRET_KEY": NEW_KEY,
            "PARLEY_OLDER_SECRET_KEYS": KEY,
        },
        stdout=PIPE,
        stderr=PIPE,
    )


async def resealed(database: Database) -> int:
    """Return how many texts are under the new key."""
    newest = Sealer(NEW_KEY).key_ids[0]
    message = job.c.payload["message"].as_string()
    counting = sa.select(sa.func.count()).where(message.startswith(f"v1.{newest}."))
    return await database.read(lambda session: session.connection().scalar(counting) or 0)


async def texts(database: Database, sealer: Sealer) -> set[str]:
    """Open every text."""
    rows = await database.read(lambda session: session.connection().execute(sa.select(job)).all())
    return {sealer.open(row.payload["message"], at=job.c.payload, row=row.key) for row in rows}
