"""Single dates of a series: left out, moved, paused; what its clock shows through the year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.context import Context
from bot.recurrence import Recurrence
from bot.workflow import NO_SUCH_THING
from storage import calendars
from tests.workflows.acting import buttons, said
from tests.workflows.agendas.house import House
from workflows.agendas import calendars as calendars_of
from workflows.agendas import dating_texts as texts
from workflows.agendas import ics, tables, terms, upcoming
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

DAY = timedelta(days=1)
FIRST, SECOND, THIRD = date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)


async def on(house: House, day: date) -> Meeting:
    """Return the meeting that the rhythm gave a day."""
    found = await house.database.read(lambda session: tables.meeting_on(session, 1, day))
    assert found is not None, day
    return found


async def next_days(house: House) -> list[date]:
    """Return the next days on which the series meets."""
    now = house.clock.now()
    found = await house.database.read(
        lambda session: upcoming.dates(session, session.get_one(Series, 1), now)
    )
    return [at.date() for at in found]


@pytest.fixture
async def house(house: House) -> House:
    """Let there be a series on Mondays at 9:00 in London, with its first meeting."""
    await house.meets()
    await house.says("Sina", "agenda change AG-1 60m")
    return house


class TestSkipping:
    async def test_the_next_date_is_left_out_and_everybody_is_told(self, house: House) -> None:
        answer = await house.says("Sina", 'agenda skip AG-1 2026-11-09 "shutdown"')

        assert "left out on Mon 09 Nov 2026. Next: Mon 16 Nov 2026" in said(answer)
        skipped = await on(house, FIRST)
        assert (skipped.state, skipped.why, skipped.sequence) == (State.SKIPPED, "shutdown", 1)
        assert (await house.told("Tia"))[-1].endswith("on Mon 09 Nov 2026: shutdown.")
        assert (await on(house, SECOND)).state is State.PLANNED

    async def test_a_later_date_is_left_out_before_it_is_planned(self, house: House) -> None:
        await house.says("Tom", "agenda skip AG-1 2026-12-28 shutdown of both offices")

        assert (await on(house, date(2026, 12, 28))).why == "shutdown of both offices"
        assert await next_days(house) == [FIRST, SECOND, THIRD]

    async def test_it_comes_back_when_it_is_restored(self, house: House) -> None:
        await house.says("Sina", "agenda skip AG-1 2026-11-16")
        assert await next_days(house) == [FIRST, THIRD, THIRD + 7 * DAY]

        answer = await house.says("Tom", "agenda restore AG-1 2026-11-16")

        assert "takes place on Mon 16 Nov 2026, 09:00 after all" in said(answer)
        assert await next_days(house) == [FIRST, SECOND, THIRD]

    async def test_what_the_rule_would_leave_out_by_now_is_not_restored(self, house: House) -> None:
        await house.says("Tom", "agenda skip AG-1 2026-11-09")
        closed = calendars.Holiday(calendars.COMPANY, FIRST, "Founders' day")
        await house.database.write(lambda s: calendars.replace_holidays(s, [], [closed]))

        answer = await house.says("Tom", "agenda restore AG-1 2026-11-09")

        assert "is left out on Mon 09 Nov 2026 by its own rule (Founders' day)" in said(answer)
        assert (await on(house, FIRST)).state is State.SKIPPED
        assert "after all" not in (await house.told("Max"))[-1]

    async def test_what_the_rule_left_out_is_not_restored(self, house: House) -> None:
        off = calendars.Holiday(calendars.COMPANY, FIRST, "Founders' Day")
        await house.database.write(lambda session: calendars.replace_holidays(session, [], [off]))
        await house.says("Sina", "agenda change AG-1 45m")

        answer = await house.says("Sina", "agenda restore AG-1 2026-11-09")

        assert "left out on Mon 09 Nov 2026 by its own rule" in said(answer)

    async def test_what_cannot_be_left_out_is_refused_in_words(self, house: House) -> None:
        await house.says("Sina", "agenda skip AG-1 2026-11-16")
        for words, problem in (
            ("AG-1", texts.SAY_SKIP),
            ("AG-1 monday", "Please write days as in 2026-12-28"),
            ("AG-1 2026-11-10", "does not meet on Tue 10 Nov 2026. Next: Mon 09 Nov"),
            ("AG-1 2026-11-16", texts.skipped_already("AG-1", SECOND)),
            (f"AG-1 2026-11-09 {'x' * 81}", texts.long_reason(80)),
            ("AG-7 2026-11-09", NO_SUCH_THING),
        ):
            assert problem in said(await house.says("Sina", f"agenda skip {words}")), words
        assert said(await house.says("Max", "agenda skip AG-1 2026-11-09")) == NO_SUCH_THING

    async def test_a_meeting_that_goes_on_is_not_left_out(self, house: House) -> None:
        await house.within(lambda ctx: _begin(ctx.session, FIRST))

        answer = await house.says("Sina", "agenda skip AG-1 2026-11-09")

        assert said(answer) == texts.HAS_BEGUN


class TestMoving:
    async def test_one_date_is_another_one_and_keeps_its_day_of_the_rhythm(
        self, house: House
    ) -> None:
        answer = await house.says("Sina", "agenda move AG-1 2026-11-16 to 2026-11-17 10:00")

        assert said(answer) == texts.moved("AG-1", SECOND, "Tue 17 Nov 2026, 10:00")
        moved = await on(house, SECOND)
        assert moved.starts_at == datetime(2026, 11, 17, 10, tzinfo=UTC)
        assert moved.ends_at - moved.starts_at == timedelta(hours=1)
        assert (moved.is_moved, moved.sequence) == (True, 1)
        assert await next_days(house) == [FIRST, SECOND + DAY, THIRD]

    async def test_it_keeps_its_time_where_none_is_said_and_can_move_again(
        self, house: House
    ) -> None:
        await house.says("Sina", "agenda move AG-1 2026-11-16 to 2026-11-17 10:00")

        await house.says("Tom", "agenda move AG-1 2026-11-17 to 2026-11-18")
        assert (await on(house, SECOND)).starts_at == datetime(2026, 11, 18, 9, tzinfo=UTC)
        await house.says("Tom", "agenda move AG-1 2026-11-18 to 2026-11-16")

        back = await on(house, SECOND)
        assert (back.starts_at, back.is_moved) == (datetime(2026, 11, 16, 9, tzinfo=UTC), True)

    async def test_what_the_rule_left_out_takes_place_once_an_owner_moves_it_back(
        self, house: House
    ) -> None:
        off = calendars.Holiday(calendars.COMPANY, FIRST, "Founders' Day")
        await house.database.write(lambda session: calendars.replace_holidays(session, [], [off]))
        await house.says("Sina", "agenda change AG-1 45m")
        left_out = await on(house, FIRST)

        await house.says("Sina", "agenda move AG-1 2026-11-09 to 2026-11-09")
        await house.says("Sina", "agenda change AG-1 50m")

        assert left_out.state is State.SKIPPED
        back = await on(house, FIRST)
        assert (back.state, back.starts_at) == (
            State.PLANNED,
            datetime(2026, 11, 9, 9, tzinfo=UTC),
        )

    async def test_it_stays_where_an_owner_put_it_when_the_rhythm_changes(
        self, house: House
    ) -> None:
        await house.says("Sina", "agenda move AG-1 2026-11-16 to 2026-11-18")

        await house.says("Sina", "agenda change AG-1 10:00")

        assert (await on(house, SECOND)).starts_at == datetime(2026, 11, 18, 9, tzinfo=UTC)

    async def test_a_time_that_a_clock_change_leaves_out_is_the_next_one(
        self, house: House
    ) -> None:
        await house.says("Sina", "agenda move AG-1 2027-03-29 to 2027-03-28 01:30")

        assert (await on(house, date(2027, 3, 29))).starts_at == datetime(
            2027, 3, 28, 1, 30, tzinfo=UTC
        )

    async def test_where_it_cannot_go_is_said(self, house: House) -> None:
        for words, problem in (
            ("2026-11-16", texts.SAY_MOVE),
            ("2026-11-16 to 2026-11-23", texts.day_taken("AG-1", THIRD)),
            ("2026-11-16 to 2026-11-09 12:00", texts.day_taken("AG-1", FIRST)),
            ("2026-11-16 to 2026-11-02 08:00", texts.HAS_PASSED),
            ("2026-11-16 to 2026-11-17 noon", "I could not read when that repeats"),
        ):
            assert problem in said(await house.says("Sina", f"agenda move AG-1 {words}")), words


class TestPausing:
    async def test_nobody_meets_up_to_the_day_and_on_it_again(self, house: House) -> None:
        answer = await house.says("Sina", "agenda pause AG-1 until 2027-01-04")

        assert "paused until Mon 04 Jan 2027. Next: Mon 04 Jan 2027, 09:00" in said(answer)
        assert (await on(house, FIRST)).state is State.SKIPPED
        assert (await on(house, date(2027, 1, 4))).state is State.PLANNED
        assert "Sina paused AG-1" in (await house.told("Max"))[-1]

    async def test_what_was_moved_into_the_pause_does_not_take_place(self, house: House) -> None:
        await house.says("Sina", "agenda move AG-1 2026-11-09 to 2026-11-10")

        await house.says("Sina", "agenda pause AG-1 until 2026-11-23")

        assert (await on(house, FIRST)).state is State.SKIPPED
        assert (await next_days(house))[0] == THIRD

    async def test_what_a_pause_left_out_stays_out_of_calendars_after_it(
        self, house: House
    ) -> None:
        await house.says("Sina", "agenda pause AG-1 until 2026-11-30")
        house.clock.move_to(datetime(2026, 12, 1, tzinfo=UTC))

        def file(ctx: Context) -> bytes:
            return ics.calendar(calendars_of.dates(ctx, ctx.session.get_one(Series, 1)))

        left_out = ",".join(f"{day:%Y%m%d}T090000" for day in (FIRST, SECOND, THIRD))
        unfolded = (await house.within(file)).replace(b"\r\n ", b"")
        assert f"EXDATE;TZID=Europe/London:{left_out}".encode() in unfolded

    async def test_a_day_off_within_a_pause_is_news_once_it_is_resumed(self, house: House) -> None:
        await house.says("Sina", "agenda pause AG-1 until 2026-11-30")
        off = calendars.Holiday(calendars.COMPANY, SECOND, "Founders' Day")
        await house.database.write(lambda session: calendars.replace_holidays(session, [], [off]))

        await house.says("Sina", "agenda resume AG-1")

        assert await next_days(house) == [FIRST, THIRD, THIRD + 7 * DAY]
        [told] = [text for text in await house.told("Tom") if "Founders' Day" in text]
        assert "does not meet on Monday 16 November" in told

    async def test_it_ends_earlier_when_it_is_resumed(self, house: House) -> None:
        await house.says("Sina", "agenda pause AG-1 until 2027-01-04")

        answer = await house.says("Tom", "agenda resume AG-1")

        assert "is not paused any more. Next: Mon 09 Nov 2026, 09:00" in said(answer)
        assert (await on(house, FIRST)).state is State.PLANNED
        assert said(await house.says("Tom", "agenda resume AG-1")) == texts.NOT_PAUSED

    async def test_what_an_owner_skipped_stays_so_after_the_pause(self, house: House) -> None:
        await house.says("Sina", "agenda skip AG-1 2026-11-09 shutdown")
        await house.says("Sina", "agenda pause AG-1 until 2027-01-04")

        await house.says("Sina", "agenda resume AG-1")

        assert (await on(house, FIRST)).why == "shutdown"
        assert (await next_days(house))[0] == SECOND

    async def test_a_pause_has_to_end_ahead_and_within_a_year(self, house: House) -> None:
        for words, problem in (
            ("", texts.SAY_PAUSE),
            ("until 2026-11-02", texts.HAS_PASSED),
            ("until 2027-12-01", texts.too_far(366)),
        ):
            assert said(await house.says("Sina", f"agenda pause AG-1 {words}")) == problem


class TestEnding:
    async def test_it_does_not_come_back_and_cannot_be_changed(self, house: House) -> None:
        asks = await house.says("Sina", "agenda end AG-1")
        before = await next_days(house)

        answer = await house.presses("Sina", buttons(asks)[0])

        assert said(asks) == texts.ask_to_end("AG-1", "Security and TA")
        assert before != []
        assert said(answer) == texts.ended("AG-1", "Security and TA")
        assert (await on(house, FIRST)).state is State.SKIPPED
        assert await next_days(house) == []
        assert "AG-1 has ended" in said(await house.says("Sina", "agenda skip AG-1 2026-11-16"))


class TestClock:
    """What a series meets by, as the rhythm's own table has it through every clock change."""

    @pytest.mark.parametrize(
        ("rule", "zone", "now", "first"),
        [
            ("mon 09:00", "America/New_York", "2026-03-01T00:00", "2026-03-02T14:00"),
            ("mon 09:00", "America/New_York", "2026-03-02T14:00", "2026-03-09T13:00"),
            ("sun 02:30", "America/New_York", "2026-03-07T00:00", "2026-03-08T07:30"),
            ("sun 01:30", "Europe/London", "2026-03-28T00:00", "2026-03-29T01:30"),
            ("sun 01:30", "America/New_York", "2026-10-31T12:00", "2026-11-01T05:30"),
            ("sun 01:30", "America/New_York", "2026-11-01T05:30", "2026-11-08T06:30"),
            ("sun 02:15", "Australia/Lord_Howe", "2026-10-03T00:00", "2026-10-03T15:45"),
            ("mon 09:00 every 2w from 2026-11-30", "UTC", "2026-12-15T00:00", "2026-12-28T09:00"),
            ("mon 09:00 every 2w from 2026-11-30", "UTC", "2026-12-28T09:00", "2027-01-11T09:00"),
        ],
    )
    def test_the_next_date_follows_the_wall_clock(
        self, rule: str, zone: str, now: str, first: str
    ) -> None:
        at = datetime.fromisoformat(now).replace(tzinfo=UTC)
        rhythm = Recurrence.parse(rule, zone)
        agreed = terms.Terms(name="Weekly", rhythm=rhythm, first=date(2026, 1, 1))

        found = upcoming.first_dates(agreed, at)

        assert found[0] == datetime.fromisoformat(first).replace(tzinfo=UTC)


def _begin(session: Session, day: date) -> None:
    meeting = tables.meeting_on(session, 1, day)
    assert meeting is not None
    meeting.state = State.RUNNING
