"""One story, on Slack, on Teams and across both: the same rows, and the same words to read."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.clock import FrozenClock
from bot.standing import account_of
from storage import people, welcomes
from tests.clients.client import Client
from tests.clients.mixed import MixedClients
from tests.furniture import Furniture, nothing
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


@pytest.fixture(scope="module")
def on_slack(
    sqlite_file: Callable[[Furniture], Path], tmp_path_factory: pytest.TempPathFactory
) -> Played:
    """The story on Slack and SQLite, with which all others are compared."""
    file = tmp_path_factory.mktemp("parity") / "parley.db"
    shutil.copyfile(sqlite_file(nothing), file)
    played = played_on(f"sqlite:///{file}", "slack")
    assert all(played.rows.values()), "the story leaves nothing in a table"
    return played


@pytest.mark.parametrize("where", ["teams", ACROSS])
def test_everybody_reads_and_the_database_keeps_the_same_on_each_platform(
    database_url: str, on_slack: Played, where: str
) -> None:
    assert played_on(database_url, where) == on_slack


def test_each_database_keeps_the_same(postgresql_url: str, on_slack: Played) -> None:
    assert played_on(postgresql_url, "slack") == on_slack
