"""Late feedback on an agenda: by name only where each reader may know of each scorecard."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.context import unasked
from storage import people
from tests.furniture import Furniture
from tests.workflows.engine import MONDAY
from tests.workflows.feedback.house import IDS, House, move_in
from workflows.agendas.calls import Asked
from workflows.agendas.rules import Reach
from workflows.feedback.agenda_part import overdue

#: By then all scorecards are late, those of this morning for an hour or two.
LATER = MONDAY + timedelta(hours=72)


@pytest.fixture
def furniture() -> Furniture:
    """Five scorecards, none of which was given."""
    return move_in


async def lines(
    house: House, reach: Reach, *names: str, at: timedelta = LATER - MONDAY
) -> list[str]:
    """Return what stands on an agenda that these people read."""

    def read(session: Session) -> list[str]:
        ctx = unasked(session, house.sealer, MONDAY + at)
        readers = tuple(people.by_id(session, IDS[name], now=ctx.now) for name in names)
        asked = Asked(
            series_id=1, meeting_id=1, starts_at=LATER, since=None, reach=reach, readers=readers
        )
        return [str(one.line) for one in overdue(ctx, asked)]

    return await house.database.read(read)


async def test_who_owes_scorecards_stands_there_by_name_and_the_longest_first(
    house: House,
) -> None:
    found = await lines(house, Reach.KNOWN, "Ada", "Eve")

    assert found == [
        "Cleo: 3 scorecards overdue, the oldest for 2 days",
        "Dan: 1 scorecard overdue for 2 days",
        "Ben: 1 scorecard overdue since today",
    ]


async def test_what_one_reader_may_not_know_is_not_counted(house: House) -> None:
    of_the_candidate = await lines(house, Reach.KNOWN, "Ada", "Ines")
    of_the_recused = await lines(house, Reach.KNOWN, "Ada", "Ray")
    of_the_panel = await lines(house, Reach.KNOWN, "Ada", "Dan")

    assert [of_the_candidate, of_the_recused] == [[], []]
    assert of_the_panel == [
        "Cleo: 2 scorecards overdue, the oldest for 2 days",
        "Dan: 1 scorecard overdue for 2 days",
        "Ben: 1 scorecard overdue since today",
    ]


@pytest.mark.parametrize("reach", [Reach.COMPANY, Reach.OUTSIDE])
async def test_where_not_everybody_is_known_there_is_one_number(house: House, reach: Reach) -> None:
    assert await lines(house, reach, "Ada") == ["5 scorecards overdue, the oldest for 2 days"]


async def test_what_is_not_due_yet_is_not_late(house: House) -> None:
    found = [await lines(house, reach, "Ada", at=timedelta()) for reach in Reach]

    assert found == [[], [], []]
