"""Who may know of a vote."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from bot.context import unasked
from storage import people
from tests.workflows.votes.house import IDS, House
from workflows.hiring.tables import Candidate, Recusal
from workflows.votes import access
from workflows.votes.rules import State

ALWAYS = {"Ada", "Ben", "Tom", "Cleo", "Dan", "Eve", "Fay", "Gil", "Lou", "Aud"}
AT = datetime(2026, 11, 2, tzinfo=UTC)


async def knowing(house: House, vote: int) -> set[str]:
    """Return who may know of a vote."""
    return {name for name in IDS if await knows(house, vote, name)}


async def knows(house: House, id: int, name: str) -> bool:
    vote = await house.vote(id)

    def asked(session: Session) -> bool:
        person = people.by_id(session, IDS[name], now=house.clock.now())
        ctx = unasked(session, house.sealer, house.clock.now(), person=person)
        return access.may_know(ctx, vote)

    return await house.database.read(asked)


async def test_who_has_a_part_in_it_keeps_its_search_or_audits_knows_of_a_vote(
    house: House,
) -> None:
    vote = await house.opens()

    assert await knowing(house, vote) == ALWAYS


@pytest.mark.parametrize(("state", "asked"), [(State.DIRECTORS, set()), (State.SPONSOR, {"Hal"})])
async def test_who_is_asked_in_the_deciders_place_knows_from_then_on(
    house: House, state: State, asked: set[str]
) -> None:
    vote = await house.opens(state=state)

    assert await knowing(house, vote) == ALWAYS | asked


async def test_the_candidate_and_whoever_is_recused_know_of_no_vote(house: House) -> None:
    vote = await house.opens()
    await house.add(Recusal(application_id=1, person_id=IDS["Aud"], at=AT))

    def mark(session: Session) -> None:
        session.get_one(Candidate, 1).internal_person_id = IDS["Dan"]

    await house.database.write(mark)

    assert await knowing(house, vote) == ALWAYS - {"Aud", "Dan"}


async def test_a_vote_about_a_search_is_known_to_those_who_are_recused_from_a_candidate(
    house: House,
) -> None:
    vote = await house.opens(application_id=None)
    await house.add(Recusal(application_id=1, person_id=IDS["Dan"], at=AT))

    assert await knowing(house, vote) == ALWAYS
