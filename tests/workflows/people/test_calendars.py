"""Being away: from the day and until the day that somebody says, in their own zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.business_time import BusinessCalendar
from bot.calendars import calendar_of
from storage import calendars, people
from storage.calendars import Holiday
from storage.people import WorkingHours
from tests.workflows.engine import MONDAY
from tests.workflows.people.house import House, text_of
from workflows.people import calendar_texts as texts

DAY = timedelta(days=1)


async def calendar(house: House, name: str) -> BusinessCalendar:
    someone, now = await house.person(name), house.clock.now()
    return await house.read(lambda session: calendar_of(session, someone, since=now))


async def test_who_is_away_works_again_after_the_last_day(house: House) -> None:
    said = text_of(await house.says("Mia", "people away 2026-11-03 2026-11-05"))

    assert said.startswith("Mia is away from 2026-11-03 to 2026-11-05, both days included.")
    opens = (await calendar(house, "Mia")).next_working(MONDAY + DAY)
    assert opens == datetime(2026, 11, 6, 9, tzinfo=UTC)
    assert text_of(await house.says("Mia", "people away")).startswith("Away: 2026-11-03 to")


async def test_days_are_those_of_who_is_away(house: House) -> None:
    def add(session: Session) -> None:
        hours = WorkingHours("mon,tue", "07:00", "15:00")
        person = people.add_person(session, "Rin", timezone="Asia/Tokyo", hours=hours)
        people.link_account(session, person.id, "slack", "T1", "URIN")
        house.ids["Rin"] = person.id

    await house.write(add)

    await house.says("Adam", f"people away {house.ids['Rin']} 2026-11-03")

    rin = await calendar(house, "Rin")
    assert rin.is_working(datetime(2026, 11, 2, 5, 59, tzinfo=UTC))
    assert rin.next_working(datetime(2026, 11, 2, 15, tzinfo=UTC)) == datetime(
        2026, 11, 8, 22, tzinfo=UTC
    )


async def test_who_is_back_earlier_works_again_at_once(house: House) -> None:
    await house.says("Mia", "people away 2026-11-02 2026-11-05")
    house.clock.advance(timedelta(hours=1))

    said = text_of(await house.says("Mia", "people back"))

    assert said == texts.back("Mia")
    assert (await calendar(house, "Mia")).is_working(house.clock.now())
    assert text_of(await house.says("Mia", "people back")) == texts.NOT_AWAY


async def test_an_absence_to_come_is_forgotten(house: House) -> None:
    await house.says("Mia", "people away 2026-12-24 2027-01-02")

    said = text_of(await house.says("Mia", "people back"))

    assert said == texts.not_going("Mia", date(2026, 12, 24), date(2027, 1, 2))
    assert text_of(await house.says("Mia", "people away")) == texts.NO_ABSENCE


async def test_nobody_but_an_admin_says_so_for_others(house: House) -> None:
    words = f"people away {house.ids['Lena']} 2026-11-03"

    refused = text_of(await house.says("Mia", words))
    done = text_of(await house.says("Adam", words))

    assert "not here, or not for you" in refused
    assert done.startswith("Lena is away on 2026-11-03.")
    assert await house.sent() == []


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ("2026-11-05 2026-11-03", "Swap the two days."),
        ("2026-10-01 2026-10-02", "has passed"),
        ("2026-11-03 9999-12-31", "too far away"),
        ("2026-11-03 2026-11-04 2026-11-05", "Say the first and the last day"),
        ("2026-11-03 soon", "is no date"),
    ],
)
async def test_days_that_make_no_absence_are_refused(house: House, days: str, why: str) -> None:
    said = text_of(await house.says("Mia", f"people away {days}"))

    assert why in said
    assert text_of(await house.says("Mia", "people away")) == texts.NO_ABSENCE


async def test_holidays_are_those_of_everybody_the_department_and_the_place(house: House) -> None:
    days = [
        Holiday("company", date(2026, 11, 3), "Founders"),
        Holiday("ta", date(2026, 11, 4), "Team day"),
        Holiday("security", date(2026, 11, 5), "Exercise"),
        Holiday("UTC", date(2026, 11, 6), "Zone day"),
        Holiday("Europe/Berlin", date(2026, 11, 9), "Elsewhere"),
    ]
    await house.write(lambda session: calendars.replace_holidays(session, [], days))

    mia = await calendar(house, "Mia")

    assert mia.holidays == {date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 6)}
