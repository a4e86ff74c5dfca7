"""Days off and absences: each policy, and who counts as not there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.context import Context
from bot.errors import Invalid
from storage import calendars, people
from storage.calendars import COMPANY, Holiday
from storage.people import Person
from tests.workflows.agendas.house import GUESTS, IDS, LENGTH, OWNERS, SLOT, STARTS, House
from workflows.agendas import absence, clock_texts, holidays, planning, recompute, tables
from workflows.agendas.rules import HolidayPolicy, State
from workflows.agendas.tables import Meeting
from workflows.people import calls as people_calls

pytestmark = pytest.mark.usefixtures("looked_at_once")

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
EVERYBODY = (*OWNERS, *GUESTS)
CLOSED = Holiday(COMPANY, SLOT, "Founders' day")


async def plan(house: House, series: int) -> list[Meeting]:
    """Plan a series; return its meetings by their days."""

    def work(ctx: Context) -> list[Meeting]:
        found = tables.lock_series(ctx.session, series)
        assert found is not None
        planning.plan(ctx, found)
        return tables.meetings_of(ctx.session, series)

    found = await house.within(work)
    return sorted(found, key=lambda one: one.slot_on)


async def closed(house: House, *days: Holiday) -> None:
    await house.database.write(lambda s: calendars.replace_holidays(s, [], days))


async def away(house: House, *names: str, at: datetime = STARTS) -> None:
    """Let people be away on the day of a meeting."""

    def work(session: Session) -> None:
        for name in names:
            calendars.add_absence(session, IDS[name], at - DAY, at + DAY)

    await house.database.write(work)


class TestPolicies:
    async def test_a_day_off_is_left_out_and_the_owners_hear_of_it(self, house: House) -> None:
        await closed(house, CLOSED)

        [skipped, planned] = await plan(house, await house.meets())

        assert (skipped.slot_on, skipped.state) == (SLOT, State.SKIPPED)
        assert skipped.why == "Founders' day"
        assert (planned.slot_on, planned.state) == (SLOT + WEEK, State.PLANNED)
        [told] = await house.told("Tom")
        assert "does not meet on Monday 9 November, 09:00 (Europe/London): Founders' day." in told

    @pytest.mark.parametrize(
        ("policy", "moved_by"),
        [(HolidayPolicy.PREVIOUS_WORKDAY, -3 * DAY), (HolidayPolicy.NEXT_WORKDAY, DAY)],
    )
    async def test_a_day_off_moves_the_meeting_to_a_workday(
        self, house: House, policy: HolidayPolicy, moved_by: timedelta
    ) -> None:
        await closed(house, CLOSED)

        [meeting] = await plan(house, await house.meets(policy=policy))

        assert (meeting.slot_on, meeting.starts_at) == (SLOT, STARTS + moved_by)
        assert meeting.ends_at == meeting.starts_at + LENGTH
        assert meeting.is_moved
        assert len(await house.told("Sina")) == 1

    async def test_a_meeting_that_was_moved_takes_place_after_its_own_day_has_passed(
        self, house: House
    ) -> None:
        await closed(house, CLOSED)
        series = await house.meets(policy=HolidayPolicy.NEXT_WORKDAY)
        await plan(house, series)

        await house.passes(STARTS + DAY + LENGTH - house.clock.now())

        [meeting, following] = await plan(house, series)
        assert (meeting.slot_on, meeting.starts_at) == (SLOT, STARTS + DAY)
        assert meeting.state is State.OVER
        assert following.slot_on == SLOT + WEEK

    async def test_a_long_absence_leaves_out_the_next_meetings_and_no_year_of_them(
        self, house: House
    ) -> None:
        series = await house.meets(rule="daily 09:00")
        leave = (STARTS - WEEK, STARTS + 100 * WEEK)
        await house.database.write(lambda s: calendars.add_absence(s, IDS["Sina"], *leave))

        found = await plan(house, series)

        assert {one.state for one in found} == {State.SKIPPED}
        assert len(found) == len(await house.told("Tom")) == 10

    async def test_it_comes_back_by_itself_once_a_long_absence_is_nearly_over(
        self, house: House
    ) -> None:
        series = await house.meets()
        leave = (STARTS - WEEK, STARTS + 11 * WEEK + DAY)
        await house.database.write(lambda s: calendars.add_absence(s, IDS["Sina"], *leave))
        await plan(house, series)

        await house.passes(4 * WEEK)
        await house.within(lambda ctx: recompute.recompute.call(ctx, {}))

        [*left_out, coming] = await house.database.read(
            lambda session: tables.meetings_of(session, series)
        )
        assert (coming.slot_on, coming.state) == (SLOT + 12 * WEEK, State.PLANNED)
        assert {one.state for one in left_out} == {State.SKIPPED}

    async def test_the_agenda_is_posted_anyway_where_that_is_the_policy(self, house: House) -> None:
        await closed(house, CLOSED)

        [meeting] = await plan(house, await house.meets(policy=HolidayPolicy.POST_ANYWAY))

        assert (meeting.starts_at, meeting.state) == (STARTS, State.PLANNED)
        assert await house.told("Sina") == []

    async def test_days_off_in_a_row_move_it_beyond_all_of_them(self, house: House) -> None:
        await closed(house, CLOSED, Holiday(COMPANY, SLOT + DAY, "Second day"))

        [meeting] = await plan(house, await house.meets(policy=HolidayPolicy.NEXT_WORKDAY))

        assert meeting.starts_at == STARTS + 2 * DAY

    async def test_it_does_not_move_onto_the_next_meeting(self, house: House) -> None:
        await closed(house, CLOSED)
        series = await house.meets(policy=HolidayPolicy.NEXT_WORKDAY, rule="mon,tue 09:00")

        found = {one.slot_on: one.state for one in await plan(house, series)}
        await house.passes(WEEK - DAY)
        found = {one.slot_on: one.state for one in await plan(house, series)}

        assert found[SLOT] is State.SKIPPED

    async def test_it_does_not_move_onto_a_day_onto_which_an_owner_moved_another(
        self, house: House
    ) -> None:
        await plan(house, await house.meets(policy=HolidayPolicy.NEXT_WORKDAY))
        await house.says("Sina", "agenda move AG-1 2026-11-16 to 2026-11-10")

        await closed(house, CLOSED)
        found = {one.slot_on: one for one in await plan(house, 1)}

        assert found[SLOT].state is State.SKIPPED
        assert found[SLOT + WEEK].starts_at == STARTS + DAY

    @pytest.mark.parametrize("policy", [HolidayPolicy.SKIP, HolidayPolicy.NEXT_WORKDAY])
    async def test_owners_hear_that_it_takes_place_after_all(
        self, house: House, policy: HolidayPolicy
    ) -> None:
        await closed(house, CLOSED)
        series = await house.meets(policy=policy)
        await plan(house, series)

        await house.database.write(lambda s: calendars.replace_holidays(s, [CLOSED], []))
        [meeting, *_] = await plan(house, series)

        assert (meeting.state, meeting.starts_at) == (State.PLANNED, STARTS)
        _, told = await house.told("Tom")
        assert "meets on Monday 9 November, 09:00 (Europe/London) after all" in told

    async def test_it_stays_where_it_was_moved_when_it_is_looked_at_again(
        self, house: House
    ) -> None:
        await closed(house, CLOSED)
        series = await house.meets(policy=HolidayPolicy.NEXT_WORKDAY)
        await plan(house, series)

        [again, *_] = await plan(house, series)

        assert (again.state, again.starts_at) == (State.PLANNED, STARTS + DAY)

    async def test_a_workday_that_has_passed_is_no_choice(self, house: House) -> None:
        series = await house.meets(policy=HolidayPolicy.PREVIOUS_WORKDAY)
        await plan(house, series)
        await away(house, "Sina", "Max", "Tia")

        await house.passes(WEEK - DAY)

        [meeting, *_] = await plan(house, series)
        assert meeting.state is State.SKIPPED


class TestAbsences:
    @pytest.mark.parametrize(
        ("names", "too_few"),
        [
            (("Sina",), "nobody who owns it for security is there"),
            (("Tom", "Tia"), "nobody who owns it for ta is there"),
            (("Max", "Tia"), ""),
            (("Max",), ""),
            (EVERYBODY, "nobody who owns it for security is there"),
        ],
    )
    async def test_too_few_come_when_a_department_has_no_owner_or_most_are_away(
        self, house: House, names: tuple[str, ...], too_few: str
    ) -> None:
        series = await house.meets()
        await away(house, *names)

        assert await house.within(lambda ctx: why(ctx, series)) == too_few

    async def test_more_than_half_are_too_many_also_with_all_owners_there(
        self, house: House
    ) -> None:
        series = await house.meets()
        await house.add(
            *(tables.Member(series_id=series, person_id=IDS[n]) for n in ("Olga", "Adam"))
        )
        await away(house, "Max", "Tia", "Olga")
        half = await house.within(lambda ctx: why(ctx, series))

        await away(house, "Adam")

        assert half == ""
        assert await house.within(lambda ctx: why(ctx, series)) == clock_texts.MOST_AWAY

    async def test_those_who_will_not_be_there_are_known_by_name(self, house: House) -> None:
        meeting = await house.holds(await house.meets())
        await away(house, "Tia", "Tom")

        def absent(ctx: Context) -> list[str]:
            found = tables.meeting(ctx.session, meeting)
            assert found is not None
            return [person.name for person in absence.absent(ctx, found)]

        assert await house.within(absent) == ["Tom", "Tia"]

    async def test_it_is_left_out_when_too_many_turn_out_to_be_away_and_comes_back_with_them(
        self, house: House
    ) -> None:
        series = await house.meets()
        await plan(house, series)
        await away(house, "Sina")
        await house.within(lambda ctx: people_calls.absences_changed(ctx, person(ctx, "Sina")))
        [left_out, *_] = await plan(house, series)
        stood = left_out.state

        await house.database.write(come_back)
        await house.within(lambda ctx: people_calls.absences_changed(ctx, person(ctx, "Sina")))

        [back, *_] = await plan(house, series)
        assert (stood, back.state) == (State.SKIPPED, State.PLANNED)
        assert back.starts_at == STARTS


class TestLists:
    @pytest.mark.parametrize(
        ("region", "day", "name"),
        [
            ("GB-ENG", date(2026, 12, 28), "Boxing Day (observed)"),
            ("US", date(2026, 11, 26), "Thanksgiving Day"),
            ("DE-BY", date(2026, 1, 6), "Epiphany"),
            ("DE", date(2026, 1, 6), ""),
        ],
    )
    async def test_regions_have_their_public_holidays(
        self, house: House, region: str, day: date, name: str
    ) -> None:
        found = await house.database.read(lambda s: holidays.load(s, [region], []))

        assert found.name(living_in("UTC"), day) == name

    async def test_a_region_holds_for_those_who_live_in_its_country(self, house: House) -> None:
        found = await house.database.read(lambda s: holidays.load(s, ["US"], []))
        thanksgiving = date(2026, 11, 26)

        assert found.name(living_in("America/New_York"), thanksgiving) == "Thanksgiving Day"
        assert found.name(living_in("Europe/London"), thanksgiving) == ""

    async def test_a_company_list_that_the_series_names_holds_for_all_who_come(
        self, house: House
    ) -> None:
        await closed(house, Holiday("it", SLOT, "Freeze"))

        [meeting, *_] = await plan(house, await house.meets(holidays=["it"]))

        assert (meeting.state, meeting.why) == (State.SKIPPED, "Freeze")

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("gb-eng", "GB-ENG"),
            ("US", "US"),
            ("Company", "company"),
            ("Security", "security"),
            ("Europe/Berlin", "Europe/Berlin"),
        ],
    )
    async def test_a_list_is_known_by_its_name(self, house: House, typed: str, name: str) -> None:
        assert await house.database.read(lambda s: holidays.list_named(s, typed)) == name

    @pytest.mark.parametrize("typed", ["XX", "GB-XX", "nobody", ""])
    async def test_an_unknown_list_is_refused(self, house: House, typed: str) -> None:
        with pytest.raises(Invalid, match="I know no days off"):
            await house.database.read(lambda s: holidays.list_named(s, typed))


def why(ctx: Context, id: int) -> str:
    """Return why too few would come."""
    series = tables.series(ctx.session, id)
    assert series is not None
    return absence.too_few(ctx, series, absence.crew(ctx, series), STARTS)


def person(ctx: Context, name: str) -> Person:
    return people.by_id(ctx.session, IDS[name], now=ctx.now)


def come_back(session: Session) -> None:
    [gone] = calendars.absences_of(session, IDS["Sina"], since=datetime(2026, 1, 1, tzinfo=UTC))
    calendars.end_absence(session, gone, gone.away_at)


def living_in(zone: str) -> Person:
    return Person(1, "Ada", None, None, zone, "en", True, ())
