"""What is due when, in working hours that clock changes, holidays and absences cut into."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.business_time import BusinessCalendar
from bot.errors import Invalid
from bot.recurrence import EVERY_DAY, Weekday

HOUR = timedelta(hours=1)
BERLIN = BusinessCalendar("Europe/Berlin")
NIGHT_SHIFT = BusinessCalendar("Europe/Berlin", start=time(22), end=time(6))
AROUND_THE_CLOCK = BusinessCalendar("Africa/Cairo", EVERY_DAY, time(0), time(0))
SUNDAY_MORNING = frozenset({Weekday.SUN})


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "holidays", "start", "hours", "due"),
    [
        ("America/Los_Angeles", [], "2024-06-13T17:00", 2, "2024-06-14T18:00"),
        ("America/Los_Angeles", [], "2024-06-14T16:30", 2, "2024-06-17T17:30"),
        ("America/Los_Angeles", [], "2024-06-15T09:00", 2, "2024-06-17T18:00"),
        ("Europe/Berlin", [], "2026-03-27T16:00", 4, "2026-03-30T10:00"),
        ("Europe/Berlin", [], "2026-10-23T16:00", 4, "2026-10-26T11:00"),
        ("Europe/Berlin", ["2026-12-25", "2026-12-26"], "2026-12-24T15:00", 8, "2026-12-28T14:00"),
        ("Asia/Kolkata", [], "2026-06-01T08:00", 8, "2026-06-01T11:30"),
        ("America/New_York", ["2026-07-03"], "2026-07-03T16:59", 4, "2026-07-06T17:00"),
    ],
)
def test_the_incident_deadlines_fall_where_they_are_specified(
    zone: str, holidays: list[str], start: str, hours: int, due: str
) -> None:
    days_off = frozenset(map(date.fromisoformat, holidays))
    calendar = BusinessCalendar(zone, holidays=days_off)

    result = calendar.due(at(start, zone), hours * HOUR)

    assert result == at(due)
    assert result.tzinfo is UTC
    assert calendar.elapsed(at(start, zone), result) == hours * HOUR


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 7), ("2026-10-25", 9), ("2026-11-01", 8)]
)
def test_a_shift_over_a_clock_change_lasts_as_long_as_it_really_does(day: str, hours: int) -> None:
    calendar = BusinessCalendar("Europe/Berlin", SUNDAY_MORNING, time(0), time(8))
    midnight = at(day, "Europe/Berlin").astimezone(UTC)

    assert calendar.elapsed(midnight, midnight + 24 * HOUR) == hours * HOUR
    assert calendar.due(midnight, hours * HOUR) == at(f"{day}T08:00", "Europe/Berlin")


def test_a_shift_within_the_hour_that_is_left_out_does_not_take_place() -> None:
    calendar = BusinessCalendar("America/New_York", SUNDAY_MORNING, time(2, 30), time(3, 15))

    opens = calendar.next_working(at("2026-03-08T00:00", "America/New_York"))

    assert opens == at("2026-03-15T02:30", "America/New_York")


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    assert NIGHT_SHIFT.is_working(at("2026-06-06T05:00", "Europe/Berlin"))  # Friday's, on Saturday
    assert not NIGHT_SHIFT.is_working(at("2026-06-06T23:00", "Europe/Berlin"))
    assert not NIGHT_SHIFT.is_working(at("2026-06-08T05:00", "Europe/Berlin"))  # Sunday's


def test_hours_around_the_clock_never_close() -> None:
    start = at("2026-04-20T07:00")

    assert AROUND_THE_CLOCK.due(start, 1000 * HOUR) == start + 1000 * HOUR
    assert AROUND_THE_CLOCK.elapsed(start, start + 1000 * HOUR) == 1000 * HOUR


def test_shifts_that_a_clock_change_pushes_together_are_counted_once() -> None:
    calendar = BusinessCalendar("America/New_York", EVERY_DAY, time(3), time(2, 30))
    saturday, monday = at("2026-03-07T08:00"), at("2026-03-09T06:30")

    # Saturday's shift ends at 02:30, which is 03:30 that night, and Sunday's begins at 03:00.
    assert calendar.elapsed(saturday, monday) == monday - saturday


def test_a_date_that_a_country_left_out_is_not_counted_twice() -> None:
    calendar = BusinessCalendar("Pacific/Apia", EVERY_DAY)

    start, end = at("2011-12-29T00:00", "Pacific/Apia"), at("2012-01-01T00:00", "Pacific/Apia")

    # There was no 30 December 2011.
    assert calendar.elapsed(start, end) == 2 * 8 * HOUR


def test_an_absence_stops_the_clock_for_as_long_as_it_lasts() -> None:
    away = (at("2026-06-01T10:00", "Europe/Berlin"), at("2026-06-01T12:00", "Europe/Berlin"))
    overlapping = (at("2026-06-01T11:00", "Europe/Berlin"), at("2026-06-01T13:00", "Europe/Berlin"))
    long_ago = (at("2020-01-01"), at("2020-02-01"))
    calendar = BusinessCalendar("Europe/Berlin", absences=(overlapping, away, long_ago))

    due = calendar.due(at("2026-06-01T09:00", "Europe/Berlin"), 2 * HOUR)

    assert due == at("2026-06-01T14:00", "Europe/Berlin")
    assert not calendar.is_working(at("2026-06-01T10:00", "Europe/Berlin"))
    assert calendar.next_working(away[0]) == overlapping[1]


def test_an_absence_of_days_leaves_those_days_out() -> None:
    leave = (at("2026-06-01T00:00", "Europe/Berlin"), at("2026-06-08T00:00", "Europe/Berlin"))
    calendar = BusinessCalendar("Europe/Berlin", absences=(leave,))

    due = calendar.due(at("2026-05-29T16:00", "Europe/Berlin"), 2 * HOUR)

    assert due == at("2026-06-08T10:00", "Europe/Berlin")


def test_opening_belongs_to_the_working_hours_and_closing_does_not() -> None:
    assert BERLIN.is_working(at("2026-06-01T09:00", "Europe/Berlin"))
    assert BERLIN.is_working(at("2026-06-01T16:59", "Europe/Berlin"))
    assert not BERLIN.is_working(at("2026-06-01T17:00", "Europe/Berlin"))
    assert not BERLIN.is_working(at("2026-06-06T12:00", "Europe/Berlin"))


def test_work_goes_on_in_the_hour_that_comes_twice() -> None:
    calendar = BusinessCalendar("America/New_York", EVERY_DAY, time(0), time(8))
    again = at("2026-11-01T01:30", "America/New_York").replace(fold=1)

    assert calendar.is_working(again)
    assert calendar.next_working(again) == again.astimezone(UTC)


def test_the_next_working_instant_is_now_during_working_hours_and_else_the_opening() -> None:
    during = at("2026-06-05T12:00", "Europe/Berlin")

    assert BERLIN.next_working(during) == during
    assert BERLIN.next_working(during + 6 * HOUR) == at("2026-06-08T09:00", "Europe/Berlin")


def test_no_working_time_is_due_at_once() -> None:
    saturday = at("2026-06-06T12:00", "Europe/Berlin")

    assert BERLIN.due(saturday, timedelta(0)) == saturday
    assert BERLIN.elapsed(saturday, saturday) == timedelta(0)
    assert BERLIN.elapsed(saturday, saturday - 100 * HOUR) == timedelta(0)


def test_negative_working_time_is_refused() -> None:
    with pytest.raises(ValueError, match="forward only"):
        BERLIN.due(at("2026-06-01"), -HOUR)


@pytest.mark.parametrize(
    "calendar",
    [
        BusinessCalendar("Europe/Berlin", frozenset()),
        BusinessCalendar("Europe/Berlin", absences=((at("2026-01-01"), at("9999-12-31")),)),
    ],
)
def test_a_calendar_that_never_opens_again_says_so(calendar: BusinessCalendar) -> None:
    now = at("2026-06-01T09:00")

    with pytest.raises(Invalid, match="never open again"):
        calendar.due(now, HOUR)
    with pytest.raises(Invalid, match="never open again"):
        calendar.next_working(now)
    assert not calendar.is_working(now)
    assert calendar.elapsed(now, now + 1000 * HOUR) == timedelta(0)


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid, match="Swap its two dates"):
        BusinessCalendar("Europe/Berlin", absences=((at("2026-06-02"), at("2026-06-01")),))


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="no time zone"):
        BusinessCalendar("Mars/Phobos")


# Weeks in which the clocks of these zones change, and one in which none does.
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Africa/Cairo", date(2027, 4, 30)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Nuuk", date(2026, 3, 28)),
    ("Asia/Kolkata", date(2026, 6, 1)),
]
hours_of_the_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))


@st.composite
def calendars_and_starts(draw: st.DrawFn) -> tuple[BusinessCalendar, datetime]:
    zone, change = draw(st.sampled_from(CHANGES))
    nearby = st.integers(-5, 5).map(lambda days: change + timedelta(days=days))
    moments = st.builds(
        lambda day, clock: datetime.combine(day, clock, ZoneInfo(zone)), nearby, st.times()
    )
    lengths = st.timedeltas(timedelta(0), timedelta(days=2))
    absences = st.builds(
        lambda start, length: (start.astimezone(UTC), start.astimezone(UTC) + length),
        moments,
        lengths,
    )
    calendar = BusinessCalendar(
        zone,
        draw(st.frozensets(st.sampled_from(Weekday), min_size=1)),
        draw(hours_of_the_day),
        draw(hours_of_the_day),
        draw(st.frozensets(nearby, max_size=3)),
        tuple(draw(st.lists(absences, max_size=3))),
    )
    return calendar, draw(moments)


@settings(deadline=None, max_examples=100)
@given(case=calendars_and_starts(), duration=st.timedeltas(timedelta(0), timedelta(days=10)))
def test_as_much_working_time_passes_until_the_due_time_as_was_given(
    case: tuple[BusinessCalendar, datetime], duration: timedelta
) -> None:
    calendar, start = case

    due = calendar.due(start, duration)

    assert calendar.elapsed(start, due) == duration
    assert due >= start
    assert not duration or calendar.is_working(due - timedelta(microseconds=1))
