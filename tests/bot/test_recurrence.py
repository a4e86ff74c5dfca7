"""When a weekly or daily slot comes, through clock changes, odd weeks and downtime."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.recurrence import EVERY_DAY, MONDAY_TO_FRIDAY, Missed, Recurrence, Weekday, missed

ZONES = ["America/New_York", "Europe/London", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Kolkata"]
A_MINUTE = timedelta(minutes=1)
SIX_HOURS = timedelta(hours=6)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "zone", "after", "expected"),
    [
        # The wall clock wins on both sides of a change.
        ("mon 09:00", "America/New_York", "2026-03-01T00:00", "2026-03-02T14:00"),
        ("mon 09:00", "America/New_York", "2026-03-02T14:00", "2026-03-09T13:00"),
        ("mon 09:00", "America/New_York", "2026-10-25T00:00", "2026-10-26T13:00"),
        ("mon 09:00", "America/New_York", "2026-10-26T13:00", "2026-11-02T14:00"),
        ("mon 09:00", "Europe/London", "2026-03-23T09:00", "2026-03-30T08:00"),
        ("mon 09:00", "Europe/London", "2026-10-19T08:00", "2026-10-26T09:00"),
        ("mon 09:00", "Asia/Kolkata", "2026-03-02T00:00", "2026-03-02T03:30"),
        # A time that is left out moves forward by the change.
        ("sun 02:30", "America/New_York", "2026-03-07T00:00", "2026-03-08T07:30"),
        ("sun 02:30", "America/New_York", "2027-03-13T00:00", "2027-03-14T07:30"),
        ("sun 01:30", "Europe/London", "2026-03-28T00:00", "2026-03-29T01:30"),
        ("daily 00:00", "Africa/Cairo", "2027-04-29T12:00", "2027-04-29T22:00"),
        ("sun 02:15", "Australia/Lord_Howe", "2026-10-03T00:00", "2026-10-03T15:45"),
        # It is still ahead when the wall clock already shows more than it says.
        ("sun 02:30", "America/New_York", "2026-03-08T07:10", "2026-03-08T07:30"),
        ("fri 09:00", "Pacific/Apia", "2011-12-30T10:30", "2011-12-30T19:00"),
        # A time that comes twice counts once, the first time.
        ("sun 01:30", "America/New_York", "2026-10-31T12:00", "2026-11-01T05:30"),
        ("sun 01:30", "America/New_York", "2026-11-01T05:30", "2026-11-08T06:30"),
        ("sun 01:30", "America/New_York", "2026-11-01T06:10", "2026-11-08T06:30"),
        ("daily 23:30", "Africa/Cairo", "2026-10-29T20:00", "2026-10-29T20:30"),
        ("daily 23:30", "Africa/Cairo", "2026-10-29T20:30", "2026-10-30T21:30"),
        ("sun 01:45", "Australia/Lord_Howe", "2026-04-04T00:00", "2026-04-04T14:45"),
        ("sun 01:45", "Australia/Lord_Howe", "2026-04-04T14:45", "2026-04-11T15:15"),
        # Nothing lies before the anchor.
        ("mon 09:00 from 2026-01-05", "Europe/London", "2025-06-01T00:00", "2026-01-05T09:00"),
        ("mon 09:00 from 2026-01-07", "Europe/London", "2025-06-01T00:00", "2026-01-12T09:00"),
        # Weeks begin on Monday, so the Monday after a Wednesday anchor is in the second week.
        ("mon 09:00 every 2w from 2026-01-07", "UTC", "2026-01-01T00:00", "2026-01-19T09:00"),
    ],
)
def test_the_next_slot_follows_the_wall_clock(
    rule: str, zone: str, after: str, expected: str
) -> None:
    recurrence = Recurrence.parse(rule, zone)

    assert recurrence.next_after(utc(after)) == utc(expected)


@pytest.mark.parametrize(
    ("rule", "zone", "day", "expected"),
    [
        ("mon 09:00", "America/New_York", "2026-03-09", "2026-03-09T13:00"),
        ("sun 02:30", "America/New_York", "2026-03-08", "2026-03-08T07:30"),
        ("sun 01:30", "America/New_York", "2026-11-01", "2026-11-01T05:30"),
        ("mon 09:00", "Europe/London", "2026-11-10", None),
        ("mon 09:00 every 2w from 2026-12-28", "UTC", "2027-01-04", None),
        ("mon 09:00 every 2w from 2026-12-28", "UTC", "2027-01-11", "2027-01-11T09:00"),
        ("mon 09:00 from 2026-12-28", "UTC", "2026-12-21", None),
    ],
)
def test_a_day_on_the_wall_has_its_slot_or_none(
    rule: str, zone: str, day: str, expected: str | None
) -> None:
    recurrence = Recurrence.parse(rule, zone)

    slot = recurrence.slot_on(date.fromisoformat(day))

    assert slot == (utc(expected) if expected else None)


@pytest.mark.parametrize(
    ("day", "in_london"),
    [
        ("2026-03-02", 14),
        ("2026-03-09", 13),
        ("2026-03-30", 14),
        ("2026-10-26", 13),
        ("2026-11-02", 14),
    ],
)
def test_nine_in_new_york_is_another_hour_in_london_while_their_clocks_differ(
    day: str, in_london: int
) -> None:
    recurrence = Recurrence.parse("mon 09:00", "America/New_York")

    slot = recurrence.next_after(utc(day)).astimezone(ZoneInfo("Europe/London"))

    assert slot.date() == date.fromisoformat(day)
    assert slot.hour == in_london


def test_every_second_week_stays_so_over_a_year_of_53_weeks() -> None:
    recurrence = Recurrence.parse("mon 09:00 every 2w from 2026-11-30", "Europe/London")

    slots = list(recurrence.slots_between(utc("2026-12-01T00:00"), utc("2027-02-01T00:00")))

    assert [f"{slot:%d %b}" for slot in slots] == ["14 Dec", "28 Dec", "11 Jan", "25 Jan"]


def test_days_of_one_week_stay_together_in_a_longer_cycle() -> None:
    recurrence = Recurrence.parse("tue,fri 14:00 every 3w from 2026-01-06", "UTC")

    slots = list(recurrence.slots_between(utc("2026-01-01T00:00"), utc("2026-02-01T00:00")))

    assert [f"{slot:%d %b}" for slot in slots] == ["06 Jan", "09 Jan", "27 Jan", "30 Jan"]


def test_a_date_that_a_country_left_out_adds_no_second_slot() -> None:
    recurrence = Recurrence.parse("daily 09:00", "Pacific/Apia")

    slots = list(recurrence.slots_between(utc("2011-12-29T00:00"), utc("2012-01-01T00:00")))

    assert slots == [utc("2011-12-29T19:00"), utc("2011-12-30T19:00"), utc("2011-12-31T19:00")]


def test_slots_between_leave_out_the_first_bound_and_hold_the_second() -> None:
    recurrence = Recurrence.parse("daily 09:00", "UTC")

    slots = list(recurrence.slots_between(utc("2026-01-01T09:00"), utc("2026-01-03T09:00")))

    assert slots == [utc("2026-01-02T09:00"), utc("2026-01-03T09:00")]


minutes_of_the_day = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@settings(deadline=None, max_examples=40)
@given(
    zone=st.sampled_from(ZONES),
    at=minutes_of_the_day,
    first=st.dates(date(2024, 1, 1), date(2035, 1, 1)),
)
def test_every_local_date_has_exactly_one_slot(zone: str, at: time, first: date) -> None:
    recurrence = Recurrence(EVERY_DAY, at, zone)
    begin = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC) - A_MINUTE
    dates = [first + timedelta(days=count) for count in range(60)]

    slots = []
    for _ in dates:
        begin = recurrence.next_after(begin)
        slots.append(begin)

    assert [slot.astimezone(ZoneInfo(zone)).date() for slot in slots] == dates
    assert all(earlier < later for earlier, later in pairwise(slots))


@settings(deadline=None, max_examples=60)
@given(
    recurrence=st.builds(
        Recurrence,
        st.frozensets(st.sampled_from(Weekday), min_size=1),
        minutes_of_the_day,
        st.sampled_from([*ZONES, "America/Nuuk"]),
        st.integers(1, 5),
        st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    ),
    instant=st.datetimes(datetime(2023, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - made aware below
)
def test_a_slot_comes_after_the_instant_and_after_every_earlier_slot(
    recurrence: Recurrence, instant: datetime
) -> None:
    start = instant.replace(tzinfo=UTC)

    first = recurrence.next_after(start)
    second = recurrence.next_after(first)

    assert start < first < second
    assert recurrence.next_after(first - timedelta(microseconds=1)) == first
    assert recurrence.next_after(second - A_MINUTE) == second


class TestMissed:
    recurrence = Recurrence.parse("daily 09:00", "UTC")

    def test_nothing_is_missed_before_the_next_slot(self) -> None:
        result = missed(
            self.recurrence, utc("2026-01-01T09:00"), utc("2026-01-02T08:59"), SIX_HOURS
        )

        assert result == Missed(None, ())

    def test_the_latest_slot_fires_late_and_older_ones_are_skipped(self) -> None:
        result = missed(
            self.recurrence, utc("2026-01-01T09:00"), utc("2026-01-04T15:00"), SIX_HOURS
        )

        assert result.to_fire == utc("2026-01-04T09:00")
        assert result.skipped == (utc("2026-01-02T09:00"), utc("2026-01-03T09:00"))

    def test_a_slot_older_than_its_grace_is_skipped(self) -> None:
        result = missed(
            self.recurrence, utc("2026-01-01T09:00"), utc("2026-01-02T15:01"), SIX_HOURS
        )

        assert result == Missed(None, (utc("2026-01-02T09:00"),))


class TestWrittenForm:
    @pytest.mark.parametrize(
        ("written", "canonical"),
        [
            ("mon 09:00", "mon 09:00"),
            ("Thursday,MON 9:05", "mon,thu 09:05"),
            ("mon-fri 14:30 every 1w", "mon,tue,wed,thu,fri 14:30"),
            ("sat-mon 07:00", "mon,sat,sun 07:00"),
            ("daily\u00a008:00", "daily 08:00"),
            ("mon-sun 08:00", "daily 08:00"),
            ("mon 09:00 every 1w from 2026-01-05", "mon 09:00 from 2026-01-05"),
            ("mon 09:00 every 2w from 2026-01-05", "mon 09:00 every 2w from 2026-01-05"),
        ],
    )
    def test_what_people_write_has_one_canonical_form(self, written: str, canonical: str) -> None:
        recurrence = Recurrence.parse(written, "Europe/London")

        assert str(recurrence) == canonical
        assert Recurrence.parse(canonical, "Europe/London") == recurrence

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "mon",
            "09:00 mon",
            "monda 09:00",
            "mon- 09:00",
            "-mon 09:00",
            "1 09:00",
            "mon,, 09:00",
            "mon 24:00",
            "mon 09:60",
            "mon 9",
            "mon 09:00 every 2 weeks",
            "mon 09:00 from 2026-02-30",
            "x" * 3000,
        ],
    )
    def test_what_cannot_be_read_is_answered_with_how_to_write_it(self, text: str) -> None:
        with pytest.raises(Invalid, match="mon,thu 14:30 every 2w from 2026-01-05"):
            Recurrence.parse(text, "Europe/London")

    @pytest.mark.parametrize(
        ("text", "zone", "refusal"),
        [
            ("mon 09:00 every 0w", "UTC", "1 to 52 weeks"),
            ("mon 09:00 every 53w from 2026-01-05", "UTC", "1 to 52 weeks"),
            ("mon 09:00 every 2w", "UTC", "from which date"),
            ("mon 09:00 from 9999-12-31", "UTC", "between the years"),
            ("mon 09:00", "Mars/Phobos", "no time zone"),
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(
        self, text: str, zone: str, refusal: str
    ) -> None:
        with pytest.raises(Invalid, match=refusal):
            Recurrence.parse(text, zone)

    def test_a_recurrence_needs_a_day(self) -> None:
        with pytest.raises(Invalid, match="at least one weekday"):
            Recurrence(frozenset(), time(9), "UTC")

    def test_seconds_are_refused(self) -> None:
        with pytest.raises(Invalid, match="hours and minutes"):
            Recurrence(MONDAY_TO_FRIDAY, time(9, 0, 30), "UTC")


class TestUnixCron:
    @pytest.mark.parametrize(
        ("line", "rule"),
        [
            ("0 9 * * 0", "sun 09:00"),
            ("0 9 * * 1", "mon 09:00"),
            ("0 9 * * 7", "sun 09:00"),
            ("30 14 * * 1-5", "mon,tue,wed,thu,fri 14:30"),
            ("0 9 * * 5-7", "fri,sat,sun 09:00"),
            ("0 9 * * 0-6", "daily 09:00"),
            ("0 9 * * 1,SUN", "mon,sun 09:00"),
            ("0 9 * * mon-wed", "mon,tue,wed 09:00"),
            ("5 23 * * *", "daily 23:05"),
        ],
    )
    def test_weekdays_mean_what_unix_means(self, line: str, rule: str) -> None:
        assert str(Recurrence.from_unix_cron(line, "Europe/London")) == rule

    def test_a_monday_of_unix_fires_on_a_monday(self) -> None:
        recurrence = Recurrence.from_unix_cron("0 9 * * 1", "UTC")

        assert Weekday.of(recurrence.next_after(utc("2026-01-01T00:00"))) is Weekday.MON

    @pytest.mark.parametrize(
        "line",
        [
            "",
            "0 9 * *",
            "0 9 1 * 1",
            "0 9 * 6 1",
            "*/5 9 * * 1",
            "0 9,14 * * 1",
            "60 9 * * 1",
            "0 24 * * 1",
            "0 9 * * 8",
            "0 9 * * 5-1",
            "0 9 * * 1-",
            "0 9 * * */2",
            "0 9 * * monday",
        ],
    )
    def test_what_is_no_weekly_slot_is_refused_in_words(self, line: str) -> None:
        with pytest.raises(Invalid, match="0 9 \\* \\* 1"):
            Recurrence.from_unix_cron(line, "UTC")
