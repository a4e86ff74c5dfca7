"""A thousand ballots at once: the order, repeats, platforms and replicas change no count."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from random import Random

import pytest
from sqlmodel import Session

from bot.inbound import Place, Submission
from storage import people
from storage.database import Database
from tests.furniture import Furniture
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account
from tests.workflows.engine import engine_around
from tests.workflows.votes import house as small
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_casting import ballot, counts, secretly
from workflows import votes
from workflows.votes.counting import counted
from workflows.votes.rules import Mode
from workflows.votes.tables import Elector

CHOICES = ("advance", "abstain")
SIDES = ("security", "ta")
CROWD = 1_000
AT_ONCE = 100


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
    vote = await house.opens()
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


async def test_a_thousand_ballots_at_once_are_counted_exactly(houses: list[House]) -> None:
    vote, chance = await vote_of_all(houses[0]), Random(7)  # noqa: S311 - the same crowd each time
    cast = [
        sent(vote, number, chance.choice((SLACK, TEAMS)), chance.choice(CHOICES))
        for number in range(CROWD)
    ]
    acts = [*cast, *chance.sample(cast, CROWD // 10)]  # some arrive twice
    chance.shuffle(acts)
    turns = asyncio.Semaphore(AT_ONCE)

    async def act(one: Submission) -> None:
        async with turns:
            await chance.choice(houses).engine.handle(one)

    await asyncio.gather(*map(act, acts))

    expected = counted((SIDES[number % 2], one.state["choice"]) for number, one in enumerate(cast))
    assert await counts(houses[0], vote) == expected


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
