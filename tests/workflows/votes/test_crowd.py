"""A crowd's ballots at once: neither repeats, platforms, replicas nor the close change a count."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from random import Random

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.inbound import Place, Submission
from storage import people
from storage.audit import audit
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, said
from tests.workflows.engine import engine_around
from tests.workflows.votes import house as small
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_casting import ballot, counts, secretly
from workflows import votes
from workflows.votes.counting import counted
from workflows.votes.deciding_tables import Count
from workflows.votes.rules import Mode
from workflows.votes.tables import Elector

CHOICES = ("advance", "abstain")
SIDES = ("security", "ta")
CROWD = 300  #: a thousand come in the fault runs, to two processes
AT_ONCE = 100
TIME = timedelta(hours=4)


def crowd_in(session: Session) -> None:
    """Add a crowd with an account on each platform to those who are there."""
    small.move_in(session)
    for number in range(CROWD):
        person = people.add_person(session, f"Elector {number}")
        for platform in TENANTS:
            user = account(str(number), platform)
            people.link_account(session, person.id, user.platform, user.tenant, user.user)


@pytest.fixture
def furniture() -> Furniture:
    """A crowd beside the panel."""
    return crowd_in


@pytest.fixture
async def houses(database: Database, database_url: str) -> AsyncIterator[list[House]]:
    """Two replicas on PostgreSQL; one file of SQLite has one Parley."""
    async with AsyncExitStack() as stack:
        databases = [database]
        if database_url.startswith("postgresql"):
            other = Database(database_url)
            await other.open()
            stack.push_async_callback(other.close)
            databases.append(other)
        found: list[House] = []
        for one in databases:
            around = engine_around(votes.workflow, one)
            engine, clock, sealer = await stack.enter_async_context(around)
            found.append(House(engine, one, clock, sealer, IDS, acts=len(found) * CROWD))
        yield found


async def vote_of_all(house: House) -> int:
    vote = await house.runs(closes_at=house.clock.now() + TIME)
    first = max(IDS.values()) + 1
    await house.add(
        *(
            Elector(vote_id=vote, person_id=first + number, department=SIDES[number % 2])
            for number in range(CROWD)
        )
    )
    return vote


def sent(vote: int, number: int, platform: str, choice: str) -> Submission:
    button = ballot(vote, choice)
    return Submission(
        id=f"{platform}-{number}",
        user=account(str(number), platform),
        place=Place(platform, TENANTS[platform], "C1"),
        route=button.route,
        state=button.payload,
        answers={},
    )


async def test_the_ballots_of_a_crowd_are_counted_exactly_while_the_deadline_passes(
    houses: list[House],
) -> None:
    vote, chance = await vote_of_all(houses[0]), Random(7)  # noqa: S311 - the same crowd each time
    cast = [
        sent(vote, number, chance.choice((SLACK, TEAMS)), chance.choice(CHOICES))
        for number in range(CROWD)
    ]
    acts = [*cast, *chance.sample(cast, CROWD // 10)]  # some arrive twice
    chance.shuffle(acts)
    turns, half = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(0)
    told: dict[str, set[str]] = {one.id: set() for one in cast}

    async def act(one: Submission) -> None:
        async with turns:
            told[one.id].add(said(await chance.choice(houses).engine.handle(one)))
        half.release()

    async def close() -> None:
        for _ in range(CROWD // 2):
            await half.acquire()
        for house in houses:
            house.clock.advance(TIME)
        await asyncio.gather(*(house.passes(timedelta()) for house in houses))

    await asyncio.gather(close(), *map(act, acts))

    accepted = {id for id, answers in told.items() if any("You voted" in one for one in answers)}
    assert all(is_stopped(told[id]) for id in told.keys() - accepted)
    assert 0 < len(accepted) < CROWD
    [count] = await counts_of(houses[0])
    expected = counted(
        (SIDES[number % 2], one.state["choice"])
        for number, one in enumerate(cast)
        if one.id in accepted
    )
    assert (count.counts, count.answered) == (expected, len(accepted))


def is_stopped(answers: set[str]) -> bool:
    """Say whether somebody was told that it is too late, however often they tried."""
    return bool(answers) and all("is closed, so nothing was counted" in one for one in answers)


async def counts_of(house: House) -> Sequence[Count]:
    """Return every count that was made, of which each has its line in the audit."""

    def read(session: Session) -> Sequence[Count]:
        made = session.exec(select(Count)).all()
        noted = sa.select(audit.c.entity).where(audit.c.entity.like("vote:%:count:%"))
        assert len(session.connection().execute(noted).all()) == len(made)
        return made

    return await house.database.read(read)


@pytest.mark.parametrize("mode", [Mode.NAMED, Mode.SECRET])
async def test_one_person_at_two_doors_at_once_has_one_ballot(
    houses: list[House], mode: Mode
) -> None:
    vote = await houses[0].opens(mode=mode)
    button = ballot if mode is Mode.NAMED else secretly
    doors = [(houses[number % len(houses)], at) for number, at in enumerate((SLACK, TEAMS) * 4)]

    await asyncio.gather(
        *(
            house.chooses("Ben", button(vote, CHOICES[number % 2]), at)
            for number, (house, at) in enumerate(doors)
        )
    )

    [(side, own)] = (await counts(houses[0], vote)).items()
    assert (side, sum(own.values())) == ("ta", 1)
