"""When scorecards are due and who hears of it when, in hours that weekends and days off cut."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.business_time import BusinessCalendar
from workflows.feedback.ladder import (
    Climb,
    Rung,
    Step,
    after,
    calm,
    day_of,
    due_at,
    is_absent,
    next_step,
)

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TO_THEM = (Rung.ASK, Rung.NUDGE, Rung.LAST_CALL)


def at(text: str, zone: str = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def away(first: str, back: str) -> tuple[datetime, datetime]:
    return at(first), at(back)


def climbed(climb: Climb, hours: BusinessCalendar, start: datetime) -> list[Step]:
    """Return every message when each look is on time, and everybody is always at work."""
    taken: list[Step] = []
    now, reminded_at = start, None
    while step := next_step(climb, hours, now=now, reminded_at=reminded_at):
        now = step.at
        taken.append(step)
        rung = after(climb, step, hours, now=now)
        knows = climb.recruiter_knows or step.rung is Rung.RECRUITER
        climb = replace(climb, rung=rung, recruiter_knows=knows)
        if step.rung in {Rung.NUDGE, Rung.LAST_CALL}:
            reminded_at = now
        assert len(taken) <= 5
    return taken


def said(steps: list[Step], zone: str = BERLIN) -> list[str]:
    local = [(step.rung.name.lower(), step.at.astimezone(ZoneInfo(zone))) for step in steps]
    return [f"{rung} {moment:%m-%d %H:%M}" for rung, moment in local]


@pytest.mark.parametrize(
    ("end", "hours", "due", "messages"),
    [
        pytest.param(
            "2026-11-03T11:00",
            BusinessCalendar(BERLIN),
            "2026-11-06T11:00",
            [
                "ask 11-03 11:00",
                "nudge 11-03 15:00",
                "last_call 11-06 11:00",
                "recruiter 11-09 11:00",
                "manager 11-10 11:00",
            ],
            id="on a Tuesday",
        ),
        pytest.param(
            "2026-11-06T17:30",
            BusinessCalendar(BERLIN),
            "2026-11-11T17:00",
            [
                "ask 11-09 09:00",
                "nudge 11-09 13:00",
                "last_call 11-12 09:00",
                "recruiter 11-12 17:00",
                "manager 11-13 17:00",
            ],
            id="a Friday at 17:30",
        ),
        pytest.param(
            "2026-11-06T17:30",
            BusinessCalendar(BERLIN, holidays=frozenset({date(2026, 11, 9)})),
            "2026-11-12T17:00",
            [
                "ask 11-10 09:00",
                "nudge 11-10 13:00",
                "last_call 11-13 09:00",
                "recruiter 11-13 17:00",
                "manager 11-16 17:00",
            ],
            id="a Friday before a Monday off",
        ),
        pytest.param(
            "2026-11-03T22:15",
            BusinessCalendar(BERLIN),
            "2026-11-06T17:00",
            [
                "ask 11-04 09:00",
                "nudge 11-04 13:00",
                "last_call 11-09 09:00",
                "recruiter 11-09 17:00",
                "manager 11-10 17:00",
            ],
            id="an end at night",
        ),
        pytest.param(
            "2026-10-23T15:00",
            BusinessCalendar(BERLIN, start=time(8), end=time(20)),
            "2026-10-27T15:00",
            [
                "ask 10-23 15:00",
                "nudge 10-26 09:00",
                "last_call 10-27 15:00",
                "recruiter 10-28 15:00",
                "manager 10-29 15:00",
            ],
            id="long hours, in which nobody is written to after six, and the end of summer time",
        ),
        pytest.param(
            "2026-03-27T15:00",
            BusinessCalendar(BERLIN),
            "2026-04-01T15:00",
            [
                "ask 03-27 15:00",
                "nudge 03-30 11:00",
                "last_call 04-01 15:00",
                "recruiter 04-02 15:00",
                "manager 04-03 15:00",
            ],
            id="the beginning of summer time",
        ),
        pytest.param(
            "2026-11-03T23:30",
            BusinessCalendar(BERLIN, start=time(22), end=time(6)),
            "2026-11-06T23:30",
            [
                "ask 11-03 23:30",
                "nudge 11-04 03:30",
                "last_call 11-06 23:30",
                "recruiter 11-09 23:30",
                "manager 11-10 23:30",
            ],
            id="who works by night is written to by night",
        ),
    ],
)
def test_each_message_falls_where_it_is_specified(
    end: str, hours: BusinessCalendar, due: str, messages: list[str]
) -> None:
    ends = at(end)

    due_then = due_at(hours, ends, None)

    assert due_then == at(due)
    assert said(climbed(Climb(ends, due_then), hours, ends - DAY)) == messages


@pytest.mark.parametrize(
    ("debrief", "due", "messages"),
    [
        ("2026-11-03T14:00", "2026-11-03T12:00", ["ask 11-03 11:00", "last_call 11-03 12:00"]),
        ("2026-11-03T12:00", "2026-11-03T12:00", ["ask 11-03 11:00", "last_call 11-03 12:00"]),
        ("2026-11-03T18:30", "2026-11-03T16:30", ["ask 11-03 11:00", "last_call 11-03 16:30"]),
        (
            "2026-11-04T11:00",
            "2026-11-04T09:00",
            ["ask 11-03 11:00", "nudge 11-03 15:00", "last_call 11-04 09:00"],
        ),
        (
            "2026-12-24T11:00",
            "2026-11-06T11:00",
            ["ask 11-03 11:00", "nudge 11-03 15:00", "last_call 11-06 11:00"],
        ),
    ],
)
def test_a_debrief_makes_it_due_two_hours_before_yet_an_hour_is_left(
    debrief: str, due: str, messages: list[str]
) -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")

    due_then = due_at(hours, end, at(debrief))

    assert due_then == at(due)
    assert said(climbed(Climb(end, due_then), hours, end))[: len(messages)] == messages


def test_an_absence_puts_reminders_off_and_not_the_due_time() -> None:
    hours = BusinessCalendar(BERLIN, absences=(away("2026-11-04T00:00", "2026-11-05T00:00"),))
    end = at("2026-11-03T16:00")
    due = due_at(hours, end, None)

    messages = said(climbed(Climb(end, due), hours, end))

    assert due == at("2026-11-06T16:00")
    assert messages[:3] == ["ask 11-03 16:00", "nudge 11-05 12:00", "last_call 11-06 16:00"]


def test_the_recruiter_hears_at_once_of_an_absence_past_the_due_time() -> None:
    hours = BusinessCalendar(BERLIN, absences=(away("2026-11-04T00:00", "2026-11-16T00:00"),))
    end = at("2026-11-03T16:00")

    messages = said(climbed(Climb(end, due_at(hours, end, None)), hours, end))

    assert messages == [
        "ask 11-03 16:00",
        "recruiter 11-04 00:00",  # they wait for the recruiter's own hours
        "last_call 11-16 09:00",
        "manager 11-17 17:00",
    ]


def test_who_is_away_from_the_beginning_is_asked_on_return() -> None:
    hours = BusinessCalendar(BERLIN, absences=(away("2026-11-02T00:00", "2026-11-16T00:00"),))
    end = at("2026-11-03T16:00")

    messages = said(climbed(Climb(end, due_at(hours, end, None)), hours, end))

    assert messages[:2] == ["recruiter 11-03 16:00", "ask 11-16 09:00"]
    assert messages[2:] == ["manager 11-17 17:00"]


def test_who_cannot_be_reached_is_left_to_the_others() -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")
    climb = Climb(end, due_at(hours, end, None), is_out_of_reach=True)

    assert said(climbed(climb, hours, end)) == ["recruiter 11-03 11:00", "manager 11-10 11:00"]


@pytest.mark.parametrize(
    ("until", "comes"),
    [
        ("2026-11-03T13:00", "11-03 13:00"),
        ("2026-11-03T20:00", "11-04 09:00"),
        ("2026-11-07T12:00", "11-09 09:00"),
    ],
)
def test_a_snooze_says_when_the_next_reminder_comes(until: str, comes: str) -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")
    snoozed = Climb(end, due_at(hours, end, None), Rung.NUDGE, snoozed_until=at(until))

    step = next_step(snoozed, hours, now=end)

    assert step is not None
    assert step.wanted
    assert f"{step.at.astimezone(ZoneInfo(BERLIN)):%m-%d %H:%M}" == comes


def test_a_snooze_does_not_keep_it_from_the_recruiter() -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")
    climb = Climb(end, due_at(hours, end, None), Rung.NUDGE, snoozed_until=end + 30 * DAY)

    step = next_step(climb, hours, now=end)

    assert step == Step(Rung.RECRUITER, at("2026-11-09T11:00"))


def test_a_second_reminder_on_one_day_waits_for_the_next() -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")
    climb = Climb(end, due_at(hours, end, None), Rung.NUDGE)

    step = next_step(climb, hours, now=end, reminded_at=at("2026-11-03T09:00"))

    assert step == Step(Rung.NUDGE, at("2026-11-04T09:00"))


def test_after_a_standstill_one_message_says_it_all() -> None:
    hours, end = BusinessCalendar(BERLIN), at("2026-11-03T11:00")
    climb, now = Climb(end, due_at(hours, end, None)), at("2026-11-06T12:00")

    step = next_step(climb, hours, now=now)

    assert step == Step(Rung.ASK, now)
    assert after(climb, step, hours, now=now) is Rung.RECRUITER


def test_the_night_is_no_absence() -> None:
    hours = BusinessCalendar(BERLIN, absences=(away("2026-11-04T00:00", "2026-11-05T00:00"),))

    assert not is_absent(hours, at("2026-11-02T23:00"))
    assert is_absent(hours, at("2026-11-03T23:00"))


#: Around both clock changes of spring, in the north and in the south.
instants = st.timedeltas(timedelta(), 50 * DAY).map(lambda passed: at("2026-03-01", "UTC") + passed)
calendars = st.builds(
    lambda zone, start, length, off, absence: BusinessCalendar(
        zone,
        start=time(start),
        end=time((start + length) % 24),
        holidays=frozenset(date(2026, 3, 1) + day * DAY for day in off),
        absences=tuple((first, first + span) for first, span in absence),
    ),
    st.sampled_from([BERLIN, NEW_YORK, "Asia/Kolkata", "Australia/Lord_Howe"]),
    st.integers(0, 23),
    st.integers(4, 12),
    st.sets(st.integers(0, 60), max_size=8),
    st.lists(
        st.tuples(
            instants,
            st.timedeltas(HOUR, 12 * DAY),
        ),
        max_size=2,
    ),
)


@pytest.mark.hypothesis
@settings(max_examples=40, deadline=None)
@given(
    hours=calendars,
    end=instants,
    debrief=st.none() | st.timedeltas(HOUR, 10 * DAY),
)
def test_the_ladder_is_climbed_within_working_hours_in_order_and_ends(
    hours: BusinessCalendar, end: datetime, debrief: timedelta | None
) -> None:
    due = due_at(hours, end, None if debrief is None else end + debrief)

    steps = climbed(Climb(end, due), hours, end - DAY)

    own = [step for step in steps if step.rung in TO_THEM]
    reminded = [day_of(hours, step.at) for step in own if step.rung is not Rung.ASK]
    assert due >= end + HOUR
    assert len({step.rung for step in steps}) == len(steps) <= 5
    assert all(calm(hours).is_working(step.at) and step.at >= end for step in own)
    assert [step.rung for step in own] == sorted(step.rung for step in own)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert all(one < other for one, other in pairwise(reminded))
    assert steps[-1].rung is Rung.MANAGER
