"""What stands above an agenda, for each who may know it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.context import Context
from storage import calendars
from storage.people import person
from tests.workflows.agendas.house import IDS, STARTS, House
from workflows.agendas import calls, tables
from workflows.agendas.rules import Reach

#: New York has changed its clocks by then, and London has not.
APART = datetime(2026, 3, 9, 13, tzinfo=UTC)
DAY = timedelta(days=1)


async def remarks(house: House, meeting: int, reach: Reach) -> list[str]:
    """Return what stands above an agenda."""

    def read(ctx: Context) -> list[str]:
        found = tables.meeting(ctx.session, meeting)
        assert found is not None
        return calls.remarks(ctx, found, reach)

    return await house.within(read)


def send_away(ctx: Context, *names: str) -> None:
    for name in names:
        calendars.add_absence(ctx.session, IDS[name], STARTS - DAY, STARTS + DAY)


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (Reach.KNOWN, ["Absent: Sina, Tia."]),
        (Reach.COMPANY, ["2 of those who come are absent."]),
        (Reach.OUTSIDE, []),
    ],
)
async def test_who_is_absent_is_named_only_where_all_readers_are_known(
    house: House, reach: Reach, said: list[str]
) -> None:
    meeting = await house.holds(await house.meets())
    await house.within(lambda ctx: send_away(ctx, "Sina", "Tia"))

    assert await remarks(house, meeting, reach) == said


async def test_where_everybody_comes_nothing_is_said(house: House) -> None:
    meeting = await house.holds(await house.meets())

    assert await remarks(house, meeting, Reach.KNOWN) == []


@pytest.mark.parametrize(
    ("reach", "is_said"), [(Reach.KNOWN, True), (Reach.COMPANY, True), (Reach.OUTSIDE, False)]
)
async def test_colleagues_read_when_clocks_are_apart_by_another_span(
    house: House, reach: Reach, is_said: bool
) -> None:
    meeting = await house.holds(
        await house.meets(timezone="America/New_York"), starts_at=APART, ends_at=APART + DAY / 24
    )
    moved = sa.update(person).where(person.c.id == IDS["Tia"]).values(timezone="Europe/London")
    await house.database.write(lambda session: session.connection().execute(moved))

    found = await remarks(house, meeting, reach)

    assert [line.partition(":")[0] for line in found] == is_said * [
        "The clocks have not changed everywhere this week"
    ]
