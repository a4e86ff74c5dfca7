"""Stepping back from a vote, by oneself or because hiring keeps somebody out."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlmodel import Session

from bot.ui import Button
from bot.workflow import NO_SUCH_THING
from storage.database import Database
from tests.workflows.acting import TEAMS, said
from tests.workflows.engine import engine_around
from tests.workflows.votes.house import IDS, House
from tests.workflows.votes.test_casting import ballot, counts, secretly
from workflows import hiring, votes
from workflows.hiring import candidates
from workflows.votes import keeping, tables
from workflows.votes.rules import Mode
from workflows.votes.tables import Recusal

WHY = "I trained her at her last company."


@pytest.fixture
async def house_with_hiring(database: Database) -> AsyncIterator[House]:
    """The engine with hiring beside votes."""
    around = engine_around(votes.workflow, database, beside=[hiring.workflow])
    async with around as (engine, clock, sealer):
        yield House(engine, database, clock, sealer, IDS)


async def test_the_ballots_of_somebody_recused_do_not_count(house: House) -> None:
    vote = await house.opens()
    for name in ("Ben", "Tom"):
        await house.chooses(name, ballot(vote, "advance"))

    answer = await house.says("Ben", f'vote recuse V-{vote} "{WHY}"', TEAMS, privately=True)
    again = await house.says("Ben", f'vote recuse V-{vote} "{WHY}"', TEAMS, privately=True)

    assert "You are recused" in said(answer)
    assert "You are recused" in said(again)
    assert await counts(house, vote) == {"ta": {"advance": 1}}
    kept = await house.database.read(lambda session: session.get_one(Recusal, 1))
    assert WHY not in str(kept.reason)
    assert keeping.opened(house.sealer, kept.reason, at=keeping.RECUSAL, row=1) == WHY


async def test_nobody_steps_back_from_what_is_in_the_urn(house: House) -> None:
    vote = await house.opens(mode=Mode.SECRET)
    await house.presses("Ben", secretly(vote, "advance"))

    refused = await house.says("Ben", f"vote recuse V-{vote}")

    assert "nobody can find your vote again" in said(refused)
    assert await counts(house, vote) == {"ta": {"advance": 1}}


async def test_nobody_steps_back_after_the_close(house: House) -> None:
    vote = await house.opens()
    house.clock.move_to((await house.vote(vote)).closes_at)

    refused = await house.says("Ben", f'vote recuse V-{vote} "{WHY}"')

    assert "closed" in said(refused)


def kept_out_in_hiring(name: str) -> Button:
    return candidates.recuse.button("Recuse", candidate=1, person=IDS[name])


def turns_out_to_be_the_candidate(name: str) -> Button:
    return candidates.mark.button("Mark", candidate=1, person=IDS[name])


@pytest.mark.parametrize("way", [kept_out_in_hiring, turns_out_to_be_the_candidate])
async def test_who_is_kept_out_in_hiring_votes_no_more(
    house_with_hiring: House, way: Callable[[str], Button]
) -> None:
    house = house_with_hiring
    about_her, about_the_search = await house.opens(), await house.opens(application_id=None)
    for vote in (about_her, about_the_search):
        await house.chooses("Dan", ballot(vote, "advance"))

    await house.presses("Ada", way("Dan"))

    assert said(await house.says("Dan", f"vote V-{about_her}")) == NO_SUCH_THING
    assert await counts(house, about_her) == {}
    assert await counts(house, about_the_search) == {"security": {"advance": 1}}


async def test_a_secret_ballot_of_whom_hiring_keeps_out_stays_in_the_urn(
    house_with_hiring: House,
) -> None:
    house = house_with_hiring
    vote = await house.opens(mode=Mode.SECRET)
    await house.presses("Dan", secretly(vote, "advance"))

    for name in ("Dan", "Cleo"):
        await house.presses("Ada", kept_out_in_hiring(name))

    def recused(session: Session) -> set[int]:
        return {one.person_id for one in tables.electors_of(session, vote) if one.is_recused}

    assert await house.database.read(recused) == {IDS["Cleo"]}
    assert await counts(house, vote) == {"security": {"advance": 1}}
