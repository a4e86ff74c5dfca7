"""Who leaves a role soon, and which duty rests on one person."""

from datetime import timedelta

import pytest

from bot.context import Context
from storage import people
from tests.workflows.agendas.house import IDS, House
from workflows.agendas.calls import Asked
from workflows.agendas.rules import Reach
from workflows.agendas.staffing_part import staffing


async def lines(house: House, reach: Reach, *names: str) -> list[str]:
    """Return what stands on an agenda that these people read."""

    def read(ctx: Context) -> list[str]:
        readers = tuple(people.by_id(ctx.session, IDS[name], now=ctx.now) for name in names)
        asked = Asked(
            series_id=1, meeting_id=1, starts_at=ctx.now, since=None, reach=reach, readers=readers
        )
        return [str(one.line) for one in staffing(ctx, asked)]

    return await house.within(read)


@pytest.fixture
async def staffed(house: House) -> House:
    """Max alone triages, for thirty more days; Sina heads security; Tia recruits for good."""

    def give(ctx: Context) -> None:
        until = ctx.now + timedelta(days=30)
        max_, sina = IDS["Max"], IDS["Sina"]
        people.grant(ctx.session, max_, "triage", department="security", ends_at=until)
        people.grant(ctx.session, sina, "director", department="security")
        later = ctx.now + timedelta(days=91)
        people.grant(ctx.session, sina, "owner", department="security", ends_at=later)

    await house.within(give)
    return house


async def test_a_role_that_ends_soon_and_a_duty_without_a_deputy_stand_there(
    staffed: House,
) -> None:
    found = await lines(staffed, Reach.KNOWN, "Sina", "Adam", "Max")

    assert found == [
        "Max is triage@security until 2026-12-02; somebody has to follow",
        "triage@security rests on one person; it needs a deputy",
    ]


async def test_one_reader_who_may_not_know_who_holds_what_keeps_it_off(staffed: House) -> None:
    assert await lines(staffed, Reach.KNOWN, "Sina", "Tom") == []


async def test_the_company_reads_a_number_and_others_nothing(staffed: House) -> None:
    company = await lines(staffed, Reach.COMPANY)

    assert company == ["2 roles need a successor or a deputy"]
    assert await lines(staffed, Reach.OUTSIDE) == []
