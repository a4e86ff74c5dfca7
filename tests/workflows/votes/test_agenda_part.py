"""The open escalations on an agenda: for readers who may know of each, and never a count."""

from datetime import timedelta

import sqlalchemy as sa

from bot.context import Context
from storage import people
from tests.workflows.engine import MONDAY
from tests.workflows.votes.house import IDS, House
from workflows.agendas.calls import Asked
from workflows.agendas.rules import Reach
from workflows.hiring.tables import Recusal
from workflows.votes.agenda_part import escalations
from workflows.votes.rules import State


def asked(ctx: Context, reach: Reach, *names: str) -> Asked:
    readers = tuple(people.by_id(ctx.session, IDS[name], now=ctx.now) for name in names)
    return Asked(
        series_id=1, meeting_id=1, starts_at=MONDAY, since=None, reach=reach, readers=readers
    )


async def lines(house: House, reach: Reach, *names: str) -> list[str]:
    return await house.within(
        lambda ctx: [str(one.line) for one in escalations(ctx, asked(ctx, reach, *names))]
    )


async def test_each_open_vote_says_what_it_waits_for_and_nothing_of_its_count(
    house: House,
) -> None:
    await house.opens(closes_at=MONDAY + timedelta(hours=5))
    await house.opens(state=State.DIRECTORS)
    await house.opens(state=State.DECIDED)
    await house.opens(state=State.ON_HOLD)

    found = await lines(house, Reach.KNOWN, "Ada", "Fay")

    assert found == [
        "V-4 about C-1, S-1: nobody decided; on hold until somebody does",
        "V-1 about C-1, S-1: open, closes in 5 hours",
        "V-2 about C-1, S-1: waits for both directors",
    ]


async def test_of_a_vote_that_one_reader_may_not_know_of_there_is_a_number(
    house: House,
) -> None:
    await house.opens()

    assert await lines(house, Reach.KNOWN, "Ada", "Ines") == [
        "1 vote not decided, of which not everybody here may read more"
    ]


async def test_a_vote_that_concerns_a_reader_is_not_even_counted(house: House) -> None:
    await house.opens()
    await house.add(Recusal(application_id=1, person_id=IDS["Ines"], at=MONDAY))

    assert await lines(house, Reach.KNOWN, "Ada", "Ines") == []


async def test_more_readers_ask_no_more_of_the_database(house: House) -> None:
    await house.opens()

    def questions(ctx: Context, *names: str) -> int:
        seen = list[str]()
        connection = ctx.session.connection()
        whole = asked(ctx, Reach.KNOWN, *names)

        def note(*sent: object) -> None:
            seen.append(str(sent[2]))

        sa.event.listen(connection, "before_cursor_execute", note)
        assert len(escalations(ctx, whole)) == 1
        sa.event.remove(connection, "before_cursor_execute", note)
        return len(seen)

    few = await house.within(lambda ctx: questions(ctx, "Ada"))
    many = await house.within(lambda ctx: questions(ctx, "Ada", "Fay", "Tom"))

    assert few == many


async def test_where_others_read_there_is_a_number_and_no_code(house: House) -> None:
    await house.opens()

    found = [await lines(house, reach) for reach in (Reach.COMPANY, Reach.OUTSIDE)]

    assert found == [["1 vote not decided"]] * 2
