"""What is to come of a series when it is changed, paused, ended, or its zone is."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.context import Context
from tests.workflows.agendas.house import SLOT, STARTS, House
from workflows.agendas import planning, recompute, tables
from workflows.agendas.rules import EditKind, State
from workflows.agendas.tables import Edit, Meeting

pytestmark = pytest.mark.usefixtures("looked_at_once")

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
#: The clock stands at Monday 9:00; an hour later nothing more is to come on that day.
SOON = HOUR


@pytest.fixture
async def series(house: House) -> int:
    """A series whose next meeting is planned."""
    await house.passes(SOON)
    id = await house.meets()
    await change(house, id)
    return id


async def change(house: House, id: int, **changed: Any) -> Meeting | None:
    """Change a series and plan it; return what comes next."""

    def work(ctx: Context) -> Meeting | None:
        series = tables.lock_series(ctx.session, id)
        assert series is not None
        for name, value in changed.items():
            setattr(series, name, value)
        return planning.plan(ctx, series)

    return await house.within(work)


async def look(house: House) -> None:
    """Look at all series, as once a day."""
    await house.within(recompute.recompute.handler)
    await house.passes(timedelta(minutes=1))


async def all_of(house: House, series: int) -> dict[date, Meeting]:
    found = await house.database.read(lambda session: tables.meetings_of(session, series))
    return {one.slot_on: one for one in found}


async def test_planning_again_changes_nothing(house: House, series: int) -> None:
    before = await all_of(house, series)

    await change(house, series)

    assert await all_of(house, series) == before
    assert [one.sequence for one in before.values()] == [0]


async def test_a_new_time_moves_what_is_to_come_and_counts_for_calendars(
    house: House, series: int
) -> None:
    await change(house, series, rule="mon 10:30", minutes=30)

    meeting = (await all_of(house, series))[SLOT]
    assert meeting.starts_at == STARTS + 1.5 * HOUR
    assert meeting.ends_at == STARTS + 2 * HOUR
    assert (meeting.sequence, meeting.is_moved) == (1, False)


async def test_a_new_weekday_takes_the_draft_and_what_owners_changed_in_it_along(
    house: House, series: int
) -> None:
    await house.passes(STARTS - DAY - house.clock.now())
    draft = (await all_of(house, series))[SLOT]
    edit = Edit(meeting_id=draft.id or 0, key="votes", kind=EditKind.DROP, at=house.clock.now())
    await house.add(edit)

    await change(house, series, rule="wed 09:00")

    found = await all_of(house, series)
    assert found.keys() == {SLOT + 2 * DAY, SLOT + 9 * DAY}
    assert found[SLOT + 2 * DAY].id == draft.id
    assert found[SLOT + 2 * DAY].state is State.DRAFT


async def test_what_an_owner_moved_or_left_out_stays_so(house: House, series: int) -> None:
    elsewhere = STARTS + DAY
    moved = await house.holds(
        series,
        slot_on=SLOT + WEEK,
        starts_at=elsewhere + WEEK,
        ends_at=elsewhere + WEEK + HOUR,
        is_moved=True,
    )
    left_out = await house.holds(
        series, slot_on=SLOT + 2 * WEEK, starts_at=STARTS + 2 * WEEK, state=State.SKIPPED
    )

    await change(house, series, rule="mon 12:00")

    assert (await house.meeting(moved)).starts_at == elsewhere + WEEK
    assert (await house.meeting(left_out)).state is State.SKIPPED


async def test_a_pause_leaves_out_what_falls_into_it_and_its_end_brings_that_back(
    house: House, series: int
) -> None:
    following = await change(house, series, paused_until=SLOT + 2 * WEEK)
    paused = (await all_of(house, series))[SLOT]

    back = await change(house, series, paused_until=None)

    assert following is not None
    assert following.slot_on == SLOT + 2 * WEEK
    assert (paused.state, paused.why) == (State.SKIPPED, "the series is paused")
    assert back is not None
    assert (back.slot_on, back.state) == (SLOT, State.PLANNED)
    assert await house.told("Sina") == []


async def test_a_paused_series_posts_nothing_until_it_comes_back(house: House, series: int) -> None:
    await change(house, series, paused_until=SLOT + WEEK)

    await house.passes(SLOT + WEEK - house.clock.now().date())

    found = {day: one.state for day, one in (await all_of(house, series)).items()}
    assert found[SLOT] is State.SKIPPED
    assert found[SLOT + WEEK] is State.OVER


async def test_nothing_is_to_come_of_a_series_that_has_ended(house: House, series: int) -> None:
    following = await change(house, series, is_over=True)

    assert following is None
    assert [one.state for one in (await all_of(house, series)).values()] == [State.SKIPPED]


async def test_after_its_last_day_a_series_meets_no_more(house: House, series: int) -> None:
    await change(house, series, active_until=SLOT)

    await house.passes(2 * WEEK)

    assert {day: one.state for day, one in (await all_of(house, series)).items()} == {
        SLOT: State.OVER
    }


async def test_every_second_week_counts_over_the_year_of_53_weeks(house: House) -> None:
    await house.passes(SOON)
    series = await house.meets(rule="mon 09:00 every 2w from 2026-11-09")
    await change(house, series)

    await house.passes(9 * WEEK)

    held = [day for day, one in (await all_of(house, series)).items() if one.state is State.OVER]
    # By the numbers of the weeks it would be both 28 December and 4 January.
    assert held == [SLOT, SLOT + 2 * WEEK, SLOT + 4 * WEEK, SLOT + 6 * WEEK, SLOT + 8 * WEEK]


async def test_by_the_rules_of_zones_as_they_are_today_a_meeting_moves_and_owners_hear_of_it(
    house: House, series: int
) -> None:
    await house.database.write(as_the_zone_was)

    await look(house)

    [meeting] = (await all_of(house, series)).values()
    [told] = await house.told("Tom")
    assert meeting.starts_at == STARTS
    assert "it is now at 09:00 UTC instead of 08:00 UTC" in told


async def test_a_series_that_has_no_next_meeting_gets_one_within_a_day(house: House) -> None:
    series = await house.meets()

    await look(house)

    assert SLOT in await all_of(house, series)


async def test_the_daily_look_goes_from_batch_to_batch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recompute, "BATCH", 2)
    numbers = [await house.meets() for _ in range(5)]

    await look(house)

    assert all([SLOT in await all_of(house, id) for id in numbers])


async def test_what_was_moved_to_a_workday_is_right_where_it_is(house: House, series: int) -> None:
    at = STARTS + DAY
    await house.database.write(lambda session: moved_by_itself(session, at))

    await look(house)

    [meeting] = (await all_of(house, series)).values()
    assert (meeting.starts_at, meeting.sequence) == (at, 0)


def as_the_zone_was(session: Session) -> None:
    """Let the next meeting be when it was by other rules of its zone."""
    meeting = session.get_one(Meeting, 1)
    meeting.starts_at -= HOUR
    meeting.ends_at -= HOUR


def moved_by_itself(session: Session, at: Any) -> None:
    meeting = session.get_one(Meeting, 1)
    meeting.starts_at, meeting.ends_at = at, at + HOUR
    meeting.is_moved = meeting.is_by_itself = True
