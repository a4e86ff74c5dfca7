"""The timer of a meeting: each step once and at its time, and late ones in one step."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.context import Context
from storage import jobs
from tests.workflows.agendas.house import LENGTH, SLOT, STARTS, House
from workflows.agendas import calls, clock, planning, rules, tables
from workflows.agendas.rules import LATEST, State
from workflows.agendas.tables import Meeting

pytestmark = pytest.mark.usefixtures("looked_at_once")

Moves = list[tuple[date, State]]
MINUTE, HOUR, DAY, WEEK = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days", "weeks"))
SECOND = timedelta(seconds=1)
DRAFT_AT, PUBLISH_AT, ENDS = STARTS - DAY, STARTS - 2 * HOUR, STARTS + LENGTH


@pytest.fixture
async def series(house: House) -> int:
    """A series whose next meeting is planned."""
    id = await house.meets()
    await plan(house, id)
    return id


@pytest.fixture
def moves(monkeypatch: pytest.MonkeyPatch) -> Moves:
    """Where each meeting went, in order."""
    found: Moves = []

    def note(_: Context, meeting: Meeting) -> None:
        found.append((meeting.slot_on, meeting.state))

    hooked = [*calls.meetings_move._hooked, note]
    monkeypatch.setattr(calls.meetings_move, "_hooked", hooked)
    return found


async def plan(house: House, series: int, **changed: object) -> Meeting | None:
    """Plan a series as whoever changes it does."""

    def work(ctx: Context) -> Meeting | None:
        found = tables.lock_series(ctx.session, series)
        assert found is not None
        for name, value in changed.items():
            setattr(found, name, value)
        return planning.plan(ctx, found)

    return await house.within(work)


async def meetings(house: House, series: int) -> list[Meeting]:
    """Return the meetings of a series by their days."""
    found = await house.database.read(lambda session: tables.meetings_of(session, series))
    return sorted(found, key=lambda one: one.slot_on)


async def states(house: House, series: int) -> dict[date, State]:
    return {one.slot_on: one.state for one in await meetings(house, series)}


def days(moves: Moves, state: State) -> list[date]:
    """Return the days of the meetings that came to stand so."""
    return [day for day, stood in moves if stood is state]


async def until(house: House, instant: datetime) -> None:
    """Let time pass, Parley running, up to an instant."""
    await house.passes(instant - house.clock.now())


def down_until(house: House, instant: datetime) -> None:
    """Let time pass without Parley."""
    house.clock.move_to(instant)


async def wake(house: House) -> None:
    await house.passes(timedelta(0))


@pytest.mark.parametrize(
    ("state", "now", "late", "target"),
    [
        (State.PLANNED, DRAFT_AT, DRAFT_AT - PUBLISH_AT, State.DRAFT),
        (State.PLANNED, PUBLISH_AT, 0 * HOUR, State.PUBLISHED),
        (State.DRAFT, PUBLISH_AT, 0 * HOUR, State.PUBLISHED),
        (State.DRAFT, ENDS - SECOND, LATEST, State.PUBLISHED),
        (State.DRAFT, ENDS - SECOND, LATEST + SECOND, State.MISSED),
        (State.DRAFT, STARTS - SECOND, LATEST + DAY, State.PUBLISHED),
        (State.PLANNED, STARTS, LATEST + SECOND, State.MISSED),
        (State.DRAFT, ENDS, HOUR, State.MISSED),
        (State.PLANNED, ENDS, HOUR, State.MISSED),
        (State.PUBLISHED, STARTS, HOUR, State.RUNNING),
        (State.PUBLISHED, ENDS, HOUR, State.OVER),
        (State.RUNNING, ENDS, HOUR, State.OVER),
    ],
)
def test_where_a_meeting_goes_when_its_time_has_come(
    state: State, now: datetime, late: timedelta, target: State
) -> None:
    assert rules.state_at(state, now, STARTS, ENDS, late) is target


async def test_a_meeting_goes_from_plan_to_minutes_by_itself(house: House, series: int) -> None:
    seen = []
    for instant in (DRAFT_AT - SECOND, DRAFT_AT, PUBLISH_AT, STARTS, ENDS):
        await until(house, instant)
        seen.append((await states(house, series))[SLOT])

    assert seen == [State.PLANNED, State.DRAFT, State.PUBLISHED, State.RUNNING, State.OVER]
    assert not (await meetings(house, series))[0].is_late


async def test_the_next_one_is_planned_once_there_is_a_draft(house: House, series: int) -> None:
    await until(house, DRAFT_AT)

    assert await states(house, series) == {SLOT: State.DRAFT, SLOT + WEEK: State.PLANNED}


@pytest.mark.parametrize("away", [2 * SECOND, 150 * MINUTE])
@pytest.mark.parametrize("before", [SECOND, -SECOND])
async def test_a_restart_around_the_moment_posts_once(
    house: House, series: int, moves: Moves, before: timedelta, away: timedelta
) -> None:
    await until(house, PUBLISH_AT - before)

    down_until(house, PUBLISH_AT - before + away)
    await wake(house)
    await until(house, ENDS)

    assert days(moves, State.PUBLISHED) == [SLOT]


async def test_after_hours_of_downtime_the_agenda_is_published_and_marked_as_late(
    house: House, series: int
) -> None:
    await until(house, PUBLISH_AT - SECOND)

    down_until(house, STARTS + 30 * MINUTE)
    await wake(house)

    [meeting, _] = await meetings(house, series)
    assert meeting.is_late
    assert meeting.published_at == STARTS + 30 * MINUTE
    assert meeting.state is State.RUNNING


async def test_with_a_long_lead_a_late_agenda_is_posted_as_long_as_the_meeting_is_ahead(
    house: House,
) -> None:
    lead = {"draft_minutes": 3 * DAY // MINUTE, "publish_minutes": 2 * DAY // MINUTE}
    await plan(house, await house.meets(**lead))

    down_until(house, STARTS - HOUR)
    await wake(house)

    [meeting, *_] = await meetings(house, 1)
    assert (meeting.state, meeting.is_late) == (State.PUBLISHED, True)


async def test_nobody_drafts_what_is_to_be_published_at_once(
    house: House, series: int, moves: Moves
) -> None:
    down_until(house, PUBLISH_AT + HOUR)
    await wake(house)

    assert SLOT not in days(moves, State.DRAFT)
    assert (await states(house, series))[SLOT] is State.PUBLISHED


async def test_after_the_end_nothing_is_posted_and_the_owners_hear_of_it(
    house: House, series: int
) -> None:
    down_until(house, ENDS)
    await wake(house)

    assert await states(house, series) == {SLOT: State.MISSED, SLOT + WEEK: State.PLANNED}
    for owner in ("Sina", "Tom"):
        [told] = await house.told(owner)
        assert "I did not post the agenda of Security and TA (AG-1)" in told
        assert "on Monday 16 November, 09:00 (Europe/London)" in told
    assert await house.told("Max") == []


async def test_weeks_down_only_what_is_still_to_come_is_posted(
    house: House, series: int, moves: Moves
) -> None:
    down_until(house, PUBLISH_AT + 3 * WEEK)
    await wake(house)

    assert days(moves, State.PUBLISHED) == [SLOT + 3 * WEEK]
    missed = [text for text in await house.told("Sina") if text.startswith("I did not post")]
    assert len(missed) == 1


async def test_a_meeting_at_short_notice_is_published_at_once_and_is_not_late(
    house: House,
) -> None:
    series = await house.meets(rule="mon 09:30", publish_minutes=24 * 60)
    await plan(house, series)
    await wake(house)

    [meeting, _] = await meetings(house, series)
    assert meeting.state is State.PUBLISHED
    assert not meeting.is_late


async def test_a_timer_that_was_overtaken_does_nothing(house: House, series: int) -> None:
    await until(house, DRAFT_AT - DAY)
    await plan(house, series, rule="mon 15:00")

    await until(house, STARTS)

    [meeting, _] = await meetings(house, series)
    assert meeting.starts_at == STARTS + 6 * HOUR
    assert meeting.state is State.DRAFT


async def test_without_any_lead_it_is_published_and_begins_at_the_same_moment(
    house: House, series: int, moves: Moves
) -> None:
    await plan(house, series, draft_minutes=0, publish_minutes=0)

    await until(house, STARTS)
    await until(house, ENDS)

    stood = [state for day, state in moves if day == SLOT]
    assert stood[-3:] == [State.PUBLISHED, State.RUNNING, State.OVER]


async def test_the_auditor_hears_of_a_meeting_without_a_timer_and_of_no_other(
    house: House, series: int
) -> None:
    lost = await house.holds(await house.meets(), next_look="lost")

    assert await house.database.read(clock.stuck) == {f"meeting:{lost}": "lost"}


async def test_each_meeting_waits_for_one_timer(house: House, series: int) -> None:
    await until(house, PUBLISH_AT)

    waiting = await house.database.read(
        lambda session: set(session.exec(select(col(Meeting.next_look))))
    )
    live = await house.database.read(lambda session: jobs.waiting_keys(session, "timer"))

    assert waiting == {key for key in live if clock.advance.id in key}
