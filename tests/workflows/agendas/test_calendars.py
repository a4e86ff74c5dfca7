"""A series as a calendar file: what two other programs read in it."""

import io
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical

from bot.errors import NotFound
from bot.hooks import Handed
from bot.recurrence import Recurrence
from bot.ui import File
from tests.workflows.acting import said
from tests.workflows.agendas.house import LENGTH, SLOT, STARTS, House
from workflows.agendas import calendars, ics, tables
from workflows.agendas.ics import Dates
from workflows.agendas.rules import State
from workflows.agendas.tables import Meeting, Series

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
NEW_YORK, LONDON, LORD_HOWE = "America/New_York", "Europe/London", "Australia/Lord_Howe"
KEY = "a key for tests that is long enough"


def series(rule: str = "mon 09:00", timezone: str = LONDON, **changed: Any) -> Series:
    fields: dict[str, Any] = {
        "id": 3,
        "name": "Security and TA",
        "rule": rule,
        "timezone": timezone,
        "minutes": 45,
        "active_from": date(2026, 3, 1),
        **changed,
    }
    return Series(**fields)


def meeting(day: date, starts: datetime, **changed: Any) -> Meeting:
    return Meeting(slot_on=day, starts_at=starts, ends_at=starts + LENGTH, **changed)


def written(own: Series, *meetings: Meeting, method: str = "") -> bytes:
    return ics.calendar(Dates(own, meetings, "3-x@parley", NOW), method=method)


def read_by_vobject(file: bytes, count: int) -> list[datetime]:
    """Return the first starts of the rhythm, in UTC, by the zone that the file describes.

    vobject repeats what the wall shows, and dateutil knows which instant that is.
    """
    event = vobject.readOne(file.decode()).vevent_list[0]
    zone = tzical(io.StringIO(file.decode())).get(event.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0])
    walls = islice(event.getrruleset(addRDate=True), count)
    return [wall.replace(tzinfo=zone).astimezone(UTC) for wall in walls]


def events(file: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(file).walk("VEVENT")


@pytest.mark.parametrize(
    ("rule", "timezone", "first"),
    [
        ("mon 09:00", NEW_YORK, date(2026, 3, 1)),  # the clock goes forward on 8 March
        ("mon 09:00", NEW_YORK, date(2026, 10, 20)),  # and back on 1 November
        ("mon 09:00", LONDON, date(2026, 3, 20)),
        ("mon,thu 14:30", LONDON, date(2026, 10, 20)),
        ("sun 11:00", LORD_HOWE, date(2026, 3, 25)),  # by half an hour
        ("mon 09:00 every 2w from 2026-12-14", LONDON, date(2026, 12, 14)),  # 53 ISO weeks
        ("tue 10:00 every 3w from 2026-03-03", NEW_YORK, date(2026, 3, 3)),
        ("sun 01:30", NEW_YORK, date(2026, 10, 30)),  # comes twice on 1 November
    ],
)
def test_another_program_reads_the_same_instants(rule: str, timezone: str, first: date) -> None:
    own = series(rule, timezone, active_from=first)

    found = read_by_vobject(written(own), 8)

    before = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(timezone))
    slots = Recurrence.parse(rule, timezone).slots_between(
        before - timedelta(minutes=1), before + timedelta(days=400)
    )
    assert found == list(islice(slots, len(found)))


def test_times_are_local_with_a_zone_that_is_written_down() -> None:
    file = written(series(timezone=NEW_YORK))

    [zone] = icalendar.Calendar.from_ical(file).walk("VTIMEZONE")
    assert str(zone["TZID"]) == NEW_YORK
    assert b"DTSTART;TZID=America/New_York:20260302T090000" in file
    assert b"METHOD" not in file


def test_a_name_obeys_nothing_in_a_calendar_and_reads_as_it_was_typed() -> None:
    name = "C:\\new, TA; and\r\nBEGIN:VEVENT"

    file = written(series(name=name))

    [event] = events(file)
    assert event["SUMMARY"] == name.replace("\r\n", "\n")
    escaped = "C:\\\\new\\, TA\\; and\\nBEGIN:VEVENT"
    assert file.decode().count(escaped) == 2


def test_an_attached_file_says_that_it_is_published() -> None:
    assert b"METHOD:PUBLISH" in written(series(), method=ics.PUBLISH)


def test_a_skipped_date_is_none_of_the_rhythm() -> None:
    skipped = meeting(date(2026, 3, 9), datetime(2026, 3, 9, 9, tzinfo=UTC), state=State.SKIPPED)

    found = read_by_vobject(written(series(), skipped), 2)

    assert [one.date() for one in found] == [date(2026, 3, 2), date(2026, 3, 16)]


def test_a_pause_leaves_its_dates_out_and_nothing_after_it() -> None:
    found = read_by_vobject(written(series(paused_until=date(2026, 3, 16))), 2)

    assert [one.date() for one in found] == [date(2026, 3, 16), date(2026, 3, 23)]


def test_a_moved_date_takes_the_place_of_the_one_that_it_was() -> None:
    at = datetime(2026, 3, 10, 10, tzinfo=UTC)
    moved = meeting(date(2026, 3, 9), at, is_moved=True, sequence=2)

    rhythm, other = events(written(series(sequence=1), moved))

    assert other["UID"] == rhythm["UID"]
    assert other["RECURRENCE-ID"].dt == datetime(2026, 3, 9, 9, tzinfo=ZoneInfo(LONDON))
    assert other["DTSTART"].dt == at
    assert (int(rhythm["SEQUENCE"]), int(other["SEQUENCE"])) == (1, 2)


def test_a_series_that_is_over_is_cancelled_and_ends_on_its_last_day() -> None:
    [rhythm] = events(written(series(is_over=True, active_until=date(2026, 3, 9))))

    assert str(rhythm["STATUS"]) == "CANCELLED"
    assert rhythm["RRULE"]["UNTIL"] == [datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC)]


async def test_whoever_comes_gets_the_file_in_their_own_chat(house: House) -> None:
    series = await house.meets()
    await house.holds(series)

    answer = said(await house.says("Max", f"agenda calendar AG-{series}"))

    assert answer.startswith("I sent you the dates of “Security and TA” in our own chat.")
    [file] = await files_for(house, "Max")
    assert file.name == f"agenda-{series}.ics"
    assert len(events(file.content)) == 1


async def test_to_whoever_does_not_come_it_reads_as_if_there_were_none(house: House) -> None:
    series = await house.meets()

    answers = [await house.says("Olga", f"agenda calendar AG-{id}") for id in (series, 99)]

    assert answers[0] == answers[1]
    assert await files_for(house, "Olga") == []


async def test_a_calendar_follows_by_its_token_and_by_nothing_else(house: House) -> None:
    series = await house.meets()
    await house.holds(series, is_moved=True, starts_at=STARTS + timedelta(hours=1))
    token = calendars.token_of(house.sealer, series)

    found = await follow(house, token)

    assert (found.type, found.name) == (ics.TYPE, f"agenda-{series}.ics")
    assert len(events(found.content)) == 2
    assert b"Sina" not in found.content
    wrong = (token.replace("-", "-0", 1), f"{series}-.ics", "99-0.ics", "x", "9" * 40, token[:-5])
    for other in wrong:
        with pytest.raises(NotFound):
            await follow(house, other)


async def test_the_name_of_a_meeting_in_calendars_never_changes(house: House) -> None:
    series = await house.meets()

    before = await dates(house, series)
    await house.holds(series)
    after = await dates(house, series)

    assert before.uid == after.uid
    assert [one.slot_on for one in after.meetings] == [SLOT]


async def follow(house: House, token: str) -> Handed:
    return await house.within(lambda ctx: calendars.follow(ctx, token))


async def dates(house: House, id: int) -> Dates:
    return await house.within(
        lambda ctx: calendars.dates(ctx, ctx.session.get_one(tables.Series, id))
    )


async def files_for(house: House, name: str) -> list[File]:
    blocks = [block for one in await house.sent(name) for block in one.message.blocks]
    return [block for block in blocks if isinstance(block, File)]
