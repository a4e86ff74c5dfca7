"""One story, on Slack, on Teams and across both: the same rows, and the same words to read."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.clock import FrozenClock
from storage import people, welcomes
from storage.people import Account
from tests.clients.client import Client
from tests.clients.mixed import MixedClients
from tests.slate import Slate
from tests.walks.company import PLATFORMS, Company, a_company
from tests.walks.glossary_story import CAST, MONDAY, tell
from tests.walks.script import Script
from tests.walks.stored import Row, stored

ACROSS = "across both"
#: Where each is when the company has both: a recruiter suggests on one, directors approve on the
#: other.
OF = {
    "ada": "slack",
    "ben": "teams",
    "chiara": "slack",
    "dev": "slack",
    "elena": "teams",
    "farid": "teams",
    "luis": "teams",
}


@dataclass(frozen=True)
class Played:
    """What is left of a story."""

    minutes: list[str]
    rows: dict[str, list[Row]]


async def play(url: str, where: str) -> Played:
    on = PLATFORMS if where == ACROSS else (where,)
    async with a_company(url, on=on, clock=FrozenClock(MONDAY)) as company:
        await introduce(company)
        client = await spread(company) if where == ACROSS else company.on[where]
        script = Script(company, client, CAST)
        await tell(script)
        rows = await company.parley.database.read(lambda s: stored(s, client.where))
        return Played(script.minutes, rows)


async def introduce(company: Company) -> None:
    """Let the welcomes be over: who is met first on which platform is another story."""

    def meet(session: Session) -> None:
        for handle in CAST:
            for client in company.on.values():
                user = client.user(handle)
                account = Account(user.platform, user.tenant, user.user)
                someone = people.identify(
                    session, user.platform, user.tenant, user.user, now=MONDAY
                )
                welcomes.met(session, account, person_id=someone.id if someone else None)

    await company.parley.database.write(meet)


async def spread(company: Company) -> Client:
    """Leave everybody the account on one platform only."""

    def unlink(session: Session) -> None:
        for handle, platform in OF.items():
            [other] = company.on.keys() - {platform}
            user = company.on[other].user(handle)
            people.unlink_account(session, Account(user.platform, user.tenant, user.user))

    await company.parley.database.write(unlink)
    return MixedClients(company.on, OF)


@contextmanager
def a_file(template: Path, folder: Path) -> Iterator[str]:
    """Lend a migrated SQLite database."""
    shutil.copyfile(template, folder / "parley.db")
    yield f"sqlite:///{folder}/parley.db"


def database(request: pytest.FixtureRequest, folder: Path) -> AbstractContextManager[str]:
    """Lend a migrated database of the kind that *request* names."""
    if request.param == "sqlite":
        return a_file(request.getfixturevalue("sqlite_template"), folder)
    slate: Slate = request.getfixturevalue("postgres_slate")
    return slate.lend()


@pytest.fixture(scope="module")
def on_slack() -> list[Played]:
    """What was left of the story on Slack, on each kind of database so far."""
    return []


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def played(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    on_slack: list[Played],
) -> dict[str, Played]:
    """The story on each platform and across both, each on a database of its own."""
    found = {}
    for where in (*PLATFORMS, ACROSS):
        with database(request, tmp_path_factory.mktemp("story")) as url:
            found[where] = asyncio.run(play(url, where))
    on_slack.append(found["slack"])
    return found


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_everybody_reads_the_same(played: dict[str, Played], where: str) -> None:
    assert played[where].minutes == played["slack"].minutes


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_the_same_is_stored(played: dict[str, Played], where: str) -> None:
    for table, rows in played["slack"].rows.items():
        assert rows, f"the story leaves nothing in {table}"
        assert played[where].rows[table] == rows, table


@pytest.mark.usefixtures("played")
def test_each_database_keeps_the_same(on_slack: list[Played]) -> None:
    first, *others = on_slack

    for other in others:
        assert other.minutes == first.minutes
        for table, rows in other.rows.items():
            assert rows == first.rows[table], table
