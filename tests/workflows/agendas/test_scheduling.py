"""Planning a meeting that comes back: in one line, by form, from a cron line; and changing it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.ui import Answer, Choices, Form, Problems
from bot.workflow import NO_SUCH_THING
from storage import people
from tests.workflows.acting import TEAMS, buttons, prefilled, said
from tests.workflows.agendas.house import IDS, House
from workflows.agendas import series_texts as texts
from workflows.agendas import tables
from workflows.agendas.rules import EditKind, HolidayPolicy, State
from workflows.agendas.tables import Edit, Meeting, Series

LINE = 'agenda schedule "Security and TA" mon 09:00 Europe/London every 1w 45m @UTOM'
FIRST = datetime(2026, 11, 9, 9, tzinfo=UTC)


async def series(house: House, id: int = 1) -> Series:
    """Return a series as it is stored."""
    return await house.database.read(lambda session: session.get_one(Series, id))


async def none_yet(house: House) -> bool:
    """Say whether nothing is planned."""
    return await house.database.read(lambda session: session.get(Series, 1)) is None


async def coming(house: House, id: int = 1) -> list[Meeting]:
    """Return the meetings of a series that are to come."""
    return await house.database.read(lambda session: tables.open_meetings(session, id))


async def owners(house: House, id: int = 1) -> list[int]:
    """Return who owns a series."""
    return await house.database.read(lambda s: tables.owners(tables.members(s, id)))


def problems(answer: Answer) -> Mapping[str, str]:
    assert isinstance(answer, Problems), answer
    return answer.fields


async def sent(house: House, **changed: str) -> Answer:
    """Let Sina send the form, with the usual answers but for what is *changed*."""
    form = await house.says("Sina", "agenda schedule")
    usual: dict[str, Any] = {"name": "Weekly", "days": ["tue", "thu"], "at": "10:00"}
    return await filled_again(house, form, **{**usual, "partner": "UTOM", **changed})


async def filled_again(house: House, form: Answer, **changed: Any) -> Answer:
    """Let Sina send a form as it is filled in, but for what is *changed*."""
    assert isinstance(form, Form)
    chosen: dict[str, Any] = {
        one.name: list(one.initial) for one in form.questions() if isinstance(one, Choices)
    }
    return await house.sends("Sina", form, {**chosen, **changed})


class TestOneLine:
    async def test_it_is_planned_and_said_in_words_with_three_dates(self, house: House) -> None:
        answer = await house.says("Sina", LINE)

        assert "AG-1, Security and TA, meets every Monday at 09:00 in Europe/London" in said(answer)
        dates = "Mon 09 Nov 2026, 09:00; Mon 16 Nov 2026, 09:00; Mon 23 Nov 2026, 09:00"
        assert dates in said(answer)
        found = await series(house)
        assert (found.rule, found.minutes, found.active_from) == (
            "mon 09:00",
            45,
            date(2026, 11, 2),
        )
        assert (await coming(house))[0].starts_at == FIRST

    async def test_both_own_it_and_the_other_one_is_told(self, house: House) -> None:
        await house.says("Sina", LINE, TEAMS)

        assert await owners(house) == [IDS["Sina"], IDS["Tom"]]
        assert (
            "Sina planned AG-1, Security and TA, with you as an owner"
            in (await house.told("Tom"))[0]
        )
        assert await house.told("Sina") == []

    async def test_two_who_are_named_own_it_without_whoever_asks(self, house: House) -> None:
        await house.says("Max", f"{LINE} @USINA")

        assert await owners(house) == [IDS["Sina"], IDS["Tom"]]

    async def test_every_second_week_counts_from_the_first_day(self, house: House) -> None:
        words = "agenda schedule Panel tue 14:30 every 2w from 2026-11-12 until 2026-12-31 @UTOM"
        answer = await house.says("Sina", words)

        assert "every 2 weeks on Tuesday at 14:30" in said(answer)
        found = await series(house)
        assert found.rule == "tue 14:30 every 2w from 2026-11-12"
        assert [one.slot_on for one in await coming(house)] == [date(2026, 11, 24)]
        assert found.active_until == date(2026, 12, 31)

    async def test_what_does_not_fit_is_refused_in_words(self, house: House) -> None:
        for words, problem in (
            ("1 09:00", texts.not_understood("1")),
            ("mon 25:00", "I could not read when that repeats"),
            ("mon 09:00 every 2", texts.BAD_WEEKS),
            ("mon 09:00 5m", texts.BAD_LENGTH),
            ("mon 09:00 from 2026-11-01", texts.HAS_PASSED),
            ("mon 09:00 from 2026-11-10 until 2026-11-09", texts.ENDS_FIRST),
            ("mon 09:00 from 2026-11-10 until 2026-11-12", texts.NEVER),
            ("mon 09:00 until Friday", texts.BAD_DAY),
            ("mon 09:00 until 9999-12-31", texts.BAD_DAY),
            (f"mon 09:00 {'@u ' * 250}", texts.LONG_LINE),
        ):
            answer = await house.says("Sina", f'agenda schedule "Weekly" 45m @UTOM {words}')

            assert problem in said(answer), words
        assert await none_yet(house)

    async def test_who_plans_has_the_time_zone_that_nobody_names(self, house: House) -> None:
        await house.says("Sina", f'agenda schedule "{"x" * 80}" mon 09:00 @UTOM')

        assert (await series(house)).timezone == "UTC"
        long = await house.says("Sina", f"agenda schedule {'x' * 81} mon 09:00")
        assert said(long) == texts.bad_name(80)

    async def test_one_owner_alone_is_too_few(self, house: House) -> None:
        assert said(await house.says("Tom", LINE)) == texts.SAME_OWNER
        assert said(await house.says("Max", f"{LINE} @USINA @UTIA")) == texts.ONE_OWNER
        assert await none_yet(house)

    async def test_who_has_left_cannot_own_it(self, house: House) -> None:
        await house.database.write(lambda session: people.deactivate(session, IDS["Tom"]))

        assert said(await house.says("Sina", LINE)) == texts.not_here("Tom")


class TestForm:
    async def test_what_was_typed_stands_in_it(self, house: House) -> None:
        form = await house.says("Sina", 'agenda schedule "Security and TA" thu 10:30 60m')

        filled = prefilled(form)
        assert (filled["name"], filled["at"], filled["length"]) == (
            "Security and TA",
            "10:30",
            "60",
        )
        assert filled["zone"] == "UTC"

    async def test_what_was_filled_in_is_planned(self, house: House) -> None:
        answer = await sent(house, policy="next_workday", holidays="GB-ENG, company", draft="48")

        assert "AG-1, Weekly, meets every Tuesday and Thursday at 10:00" in said(answer)
        found = await series(house)
        assert found.policy is HolidayPolicy.NEXT_WORKDAY
        assert (found.holidays, found.draft_minutes) == (["GB-ENG", "company"], 48 * 60)
        assert await owners(house) == [IDS["Sina"], IDS["Tom"]]

    async def test_each_problem_stands_beside_its_input(self, house: House) -> None:
        for name, value, problem in (
            ("at", "9 o'clock", "I could not read when that repeats"),
            ("zone", "Mars/Base", "There is no time zone of that name"),
            ("partner", "UNOBODY", texts.NO_PARTNER),
            ("partner", "USINA", texts.SAME_OWNER),
            ("draft", "1", texts.BAD_LEADS),
            ("last", "2026-11-01", texts.ENDS_FIRST),
            ("first", "2026-11-01", texts.HAS_PASSED),
            ("first", "9999-12-30", texts.BAD_YEAR),
            ("last", "9999-12-31", texts.BAD_YEAR),
            ("holidays", "GB-ENG, no;list", "no;list"),
        ):
            found = problems(await sent(house, **{name: value}))

            assert problem in found[name]
        assert await none_yet(house)


class TestCron:
    async def test_its_days_are_those_of_unix(self, house: House) -> None:
        for cron, day in (
            ("0 9 * * 0", "Sunday"),
            ("0 9 * * 1", "Monday"),
            ("0 9 * * 7", "Sunday"),
        ):
            answer = await house.says("Sina", f'agenda schedule Weekly --cron="{cron}" @UTOM')

            assert f"“{cron}” means every {day} at 09:00 in UTC" in said(answer)

    async def test_it_is_read_back_and_planned_once_somebody_says_yes(self, house: House) -> None:
        words = 'agenda schedule "Sec & TA" Europe/London 30m every 2w --cron="0 9 * * 1" @UTOM'
        answer = await house.says("Sina", words)

        dates = "Mon 02 Nov 2026, 09:00; Mon 16 Nov 2026, 09:00; Mon 30 Nov 2026, 09:00"
        assert dates[24:] in said(answer)
        assert texts.NOTHING_SAVED in said(answer)
        assert await none_yet(house)
        [button] = buttons(answer)
        await house.presses("Sina", button)
        found = await series(house)
        assert (found.name, found.minutes) == ("Sec & TA", 30)
        assert (found.rule, found.timezone) == (
            "mon 09:00 every 2w from 2026-11-02",
            "Europe/London",
        )

    async def test_quotes_within_a_name_are_left_out(self, house: House) -> None:
        answer = await house.says("Sina", 'agenda schedule --cron="0 9 * * 1" Our “own @UTOM')

        await house.presses("Sina", buttons(answer)[0])

        assert (await series(house)).name == "Our own"

    async def test_a_line_with_more_than_one_time_is_refused(self, house: House) -> None:
        answer = await house.says("Sina", 'agenda schedule Weekly --cron="*/5 9 * * 1" @UTOM')

        assert "I can take over a cron line that names one time of day" in said(answer)


class TestChanging:
    async def test_what_is_to_come_follows_and_edits_stay(self, house: House) -> None:
        await house.says("Sina", LINE)
        [before, *_] = await coming(house)
        edit = Edit(
            meeting_id=before.id or 0, key="votes", kind=EditKind.DROP, at=house.clock.now()
        )
        await house.add(edit)

        answer = await house.says("Tom", "agenda change AG-1 tue 10:00 60m")

        assert "now meets every Tuesday at 10:00 in Europe/London" in said(answer)
        [after, *_] = await coming(house)
        assert (after.id, after.slot_on) == (before.id, date(2026, 11, 3))
        assert after.ends_at - after.starts_at == timedelta(hours=1)
        kept = await house.database.read(lambda session: tables.edits(session, after.id or 0))
        assert [one.key for one in kept] == ["votes"]
        assert (await series(house)).sequence == 1

    async def test_everybody_who_comes_is_told_but_not_who_did_it(self, house: House) -> None:
        await house.meets()

        await house.says("Sina", "agenda change AG-1 10:00")

        assert (
            "Sina changed AG-1, Security and TA: it meets every Monday at 10:00"
            in (await house.told("Tia"))[0]
        )
        assert await house.told("Sina") == []

    async def test_the_form_has_all_that_it_is_and_saves_what_it_says(self, house: House) -> None:
        await house.meets(parts=["carried", "added"])
        form = await house.says("Sina", "agenda change AG-1")

        answer = await filled_again(house, form, name="Monday round")

        assert "AG-1, Monday round, now meets every Monday" in said(answer)
        assert (await series(house)).parts == ["carried", "added"]

    async def test_the_same_again_changes_nothing(self, house: House) -> None:
        await house.meets()
        form = await house.says("Sina", "agenda change AG-1")

        assert said(await filled_again(house, form)) == texts.SAME
        assert (await series(house)).sequence == 0

    async def test_it_is_the_owners_alone(self, house: House) -> None:
        await house.meets()

        for name in ("Max", "Olga"):
            assert said(await house.says(name, "agenda change AG-1")) == NO_SUCH_THING
            assert said(await house.says(name, "agenda change AG-1 tue 10:00")) == NO_SUCH_THING

    async def test_a_meeting_without_a_date_is_none(self, house: House) -> None:
        await house.says("Sina", LINE)

        answer = await house.says("Sina", "agenda change AG-1 until 2026-11-05")

        assert said(answer) == texts.NEVER
        assert (await coming(house))[0].state is State.PLANNED
