"""One story, on Slack, on Teams and across both: the same rows, and the same words to read."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.clock import FrozenClock
from bot.standing import account_of
from storage import people, welcomes
from tests.clients.client import Client
from tests.clients.mixed import MixedClients
from tests.slate import Slate
from tests.walks.company import PLATFORMS, Company, a_company
from tests.walks.glossary_story import CAST, MONDAY, tell
from tests.walks.script import Script
from tests.walks.stored import Row, stored

#: What is walked here is walked by tests of its own as well.
pytestmark = pytest.mark.repeats

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
                account = account_of(user)
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
            people.unlink_account(session, account_of(user))

    await company.parley.database.write(unlink)
    return MixedClients(company.on, OF)


def played_on(url: str, where: str) -> Played:
    """Play the story to its end, on a loop of its own."""
    return asyncio.run(play(url, where))


@pytest.fixture
def fresh(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> Callable[[str], AbstractContextManager[str]]:
    """Lend migrated databases of each kind, by its name."""

    @contextmanager
    def lend(kind: str) -> Iterator[str]:
        if kind == "postgresql":
            slate: Slate = request.getfixturevalue("postgres_slate")
            with slate.lend() as url:
                yield url
        else:
            file = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
            shutil.copyfile(sqlite_template, file)
            yield f"sqlite:///{file}"

    return lend


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_everybody_reads_and_the_database_keeps_the_same_on_each_platform(
    fresh: Callable[[str], AbstractContextManager[str]], kind: str
) -> None:
    found = {}
    for where in (*PLATFORMS, ACROSS):
        with fresh(kind) as url:
            found[where] = played_on(url, where)

    slack = found["slack"]
    for where in ("teams", ACROSS):
        assert found[where].minutes == slack.minutes, where
        for table, rows in slack.rows.items():
            assert rows, f"the story leaves nothing in {table}"
            assert found[where].rows[table] == rows, (where, table)


def test_each_database_keeps_the_same(
    fresh: Callable[[str], AbstractContextManager[str]],
) -> None:
    with fresh("sqlite") as url:
        one = played_on(url, "slack")
    with fresh("postgresql") as url:
        other = played_on(url, "slack")

    assert one == other
