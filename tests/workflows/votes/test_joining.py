"""Two electors who turn out to be one person."""

from datetime import datetime

import pytest
from sqlmodel import Session

from bot.context import Context
from storage import joining, people
from storage.joining import BothActed
from tests.workflows.acting import said
from tests.workflows.votes.house import House
from tests.workflows.votes.test_casting import counts
from workflows.people.calls import people_joined
from workflows.votes import casting_tables, tables
from workflows.votes.calls import vote_changed
from workflows.votes.casting_tables import Wording
from workflows.votes.rules import Mode, State
from workflows.votes.tables import Elector, Vote


async def two_electors(house: House, **vote: object) -> tuple[int, int, int]:
    """Return an open vote and two of its electors."""
    id = await house.opens(**vote)

    def add(session: Session) -> tuple[int, int]:
        kept, gone = (people.add_person(session, name).id for name in ("Kim", "Kim L."))
        for person in (kept, gone):
            session.add(Elector(vote_id=id, person_id=person, department="ta"))
        return kept, gone

    return id, *await house.database.write(add)


async def cast(house: House, vote: int, person: int, choice: str) -> None:
    wording, now = Wording(vote, 1), house.clock.now()

    def store(session: Session, at: datetime = now) -> None:
        casting_tables.mark(session, wording, person)
        casting_tables.cast(session, wording, person, choice, at)

    await house.database.write(store)


async def mark(house: House, vote: int, person: int) -> None:
    await house.database.write(
        lambda session: casting_tables.mark(session, Wording(vote, 1), person)
    )


async def test_they_are_one_elector_whose_last_ballot_counts(house: House) -> None:
    vote, kept, gone = await two_electors(house)
    await cast(house, vote, kept, "advance")
    await cast(house, vote, gone, "abstain")

    await house.database.write(lambda session: joining.join(session, kept, gone))

    assert await counts(house, vote) == {"ta": {"abstain": 1}}
    row = await house.vote(vote)
    assert await house.database.read(lambda session: tables.voted(session, row)) == {kept}


async def test_they_are_recused_when_one_of_them_was(house: House) -> None:
    vote, kept, gone = await two_electors(house)
    await cast(house, vote, kept, "advance")

    def recuse(session: Session) -> None:
        session.get_one(Elector, (vote, gone)).is_recused = True

    await house.database.write(recuse)
    await house.database.write(lambda session: joining.join(session, kept, gone))

    assert await counts(house, vote) == {}


async def test_two_secret_ballots_cannot_become_one(house: House) -> None:
    vote, kept, gone = await two_electors(house, mode=Mode.SECRET)
    await mark(house, vote, kept)
    await mark(house, vote, gone)

    with pytest.raises(BothActed):
        await house.database.write(lambda session: joining.join(session, kept, gone))


@pytest.mark.parametrize("state", [State.OPEN, State.DECIDED])
async def test_one_secret_ballot_is_of_whoever_they_turn_out_to_be(
    house: House, state: State
) -> None:
    vote, kept, gone = await two_electors(house, mode=Mode.SECRET, state=state)
    await mark(house, vote, gone)
    if state is not State.OPEN:
        await mark(house, vote, kept)

    await house.database.write(lambda session: joining.join(session, kept, gone))

    row = await house.vote(vote)
    assert await house.database.read(lambda session: tables.voted(session, row)) == {kept}


async def test_the_record_of_one_who_was_two_is_still_confirmed(house: House) -> None:
    vote, kept, gone = await two_electors(house, state=State.CANCELLED)
    await house.within(lambda ctx: vote_changed(ctx, ctx.session.get_one(Vote, vote).id or 0))

    def join(ctx: Context) -> None:
        joining.join(ctx.session, kept, gone)
        people_joined(ctx, people.by_id(ctx.session, kept, now=ctx.now))

    await house.within(join)

    assert "of the audit confirms this record" in said(
        await house.says("Eve", f"vote record V-{vote}")
    )
