"""Weeks in which the clocks of two sites are apart by another span than usual."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.context import Context
from storage.people import person
from tests.workflows.agendas.house import IDS, House
from workflows.agendas import sites, tables

NEW_YORK, LONDON = "America/New_York", "Europe/London"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "zone", "is_unusual"),
    [
        ("2026-03-02T14:00", LONDON, False),
        ("2026-03-09T13:00", LONDON, True),
        ("2026-03-30T13:00", LONDON, False),
        ("2026-10-26T13:00", LONDON, True),
        ("2026-11-02T14:00", LONDON, False),
        ("2026-03-09T13:00", NEW_YORK, False),
        ("2026-03-09T13:00", "Asia/Kolkata", False),
    ],
)
def test_new_york_and_london_are_apart_for_some_weeks_a_year(
    starts: str, zone: str, is_unusual: bool
) -> None:
    assert sites.unusual_zones(at(starts), NEW_YORK, [zone]) == [zone] * is_unusual


async def test_the_agenda_says_what_the_clocks_show_elsewhere(house: House) -> None:
    series = await house.meets(timezone=NEW_YORK)
    meeting = await house.holds(series, starts_at=at("2026-03-09T13:00"))
    moved = sa.update(person).where(person.c.id == IDS["Tia"]).values(timezone=LONDON)
    await house.database.write(lambda session: session.connection().execute(moved))

    def said(ctx: Context) -> str:
        found = tables.meeting(ctx.session, meeting)
        assert found is not None
        return sites.apart(ctx, found)

    assert await house.within(said) == (
        "The clocks have not changed everywhere this week: 09:00 in New York is 13:00 in London."
    )
