"""`import holidays`: each year of a list is afterwards as the file says."""

from datetime import date
from pathlib import Path

import pytest

from storage import calendars
from storage.calendars import Holiday
from tests.console.conftest import CommandLine

HEADER = "date,list,name\n"
MAY_DAY = Holiday("Europe/Berlin", date(2027, 5, 1), "Tag der Arbeit")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of two lists that is in order."""
    path = tmp_path / "holidays.csv"
    lines = "2027-05-01,Europe/Berlin,Tag der Arbeit\n2027-12-24,Company,Closed\n"
    path.write_text(HEADER + lines, encoding="utf-8")
    return path


def kept(parley: CommandLine) -> list[Holiday]:
    return parley.read(lambda session: calendars.holidays(session, ["company", "Europe/Berlin"]))


def test_holidays_come_from_a_file(parley: CommandLine, file: Path) -> None:
    said = parley("import", "holidays", str(file))

    assert said == "2 added, 0 removed, 0 same.\n"
    assert kept(parley) == [MAY_DAY, Holiday("company", date(2027, 12, 24), "Closed")]
    assert parley("import", "holidays", str(file)) == "0 added, 0 removed, 2 same.\n"


def test_a_dry_run_changes_nothing(parley: CommandLine, file: Path) -> None:
    said = parley("import", "holidays", str(file), "--dry-run")

    assert said == "2 added, 0 removed, 0 same, if you leave out --dry-run. Nothing was changed.\n"
    assert kept(parley) == []


def test_a_year_of_a_list_is_replaced_and_others_stay(parley: CommandLine, file: Path) -> None:
    parley("import", "holidays", str(file))
    file.write_text(f"{HEADER}2027-12-31,company,Closed\n2028-01-03,company,Closed\n")

    said = parley("import", "holidays", str(file))

    assert said == "2 added, 1 removed, 0 same.\n"
    assert [one.day for one in kept(parley)] == [
        date(2027, 5, 1),
        date(2027, 12, 31),
        date(2028, 1, 3),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{HEADER}1 May,company,Closed\n", "Line 2: “1 May” is no date."),
        (f"{HEADER}2027-05-01,mars,Closed\n", "Line 2: there is no list “mars”."),
        ("date,name\n2027-05-01,Closed\n", "The file lacks the columns list."),
    ],
)
def test_one_wrong_line_keeps_all_lines_out(
    parley: CommandLine, file: Path, text: str, why: str
) -> None:
    file.write_text(text)

    code, _, err = parley.type("import", "holidays", str(file))

    assert (code, why in err) == (1, True), err
    assert kept(parley) == []


def calendar(*lines: str) -> str:
    event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:Closed", *lines, "END:VEVENT"]
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *event, "END:VCALENDAR"]
    return "\r\n".join([*parts, ""])


def test_a_calendar_file_may_say_how_long_days_off_last_and_names_stay_on_a_line(
    parley: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "closures.ics"
    lines = ("DTSTART;VALUE=DATE:20271230", "DURATION:P2D", "SUMMARY:Shut\\nall\x00 day")
    path.write_text(calendar(*lines), newline="")

    parley("import", "holidays", str(path), "--list", "company")

    assert kept(parley) == [
        Holiday("company", date(2027, 12, 30), "Closed, Shut all day"),
        Holiday("company", date(2027, 12, 31), "Closed, Shut all day"),
    ]


def test_a_day_off_that_ends_before_it_begins_is_refused(
    parley: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "closures.ics"
    path.write_text(calendar("DTSTART;VALUE=DATE:20271230", "DTEND;VALUE=DATE:20271201"))

    code, _, err = parley.type("import", "holidays", str(path), "--list", "company")

    assert (code, "lasts" in err) == (1, True), err


def test_the_whole_days_of_a_calendar_file_become_those_of_a_list(
    parley: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "closures.ics"
    path.write_text(calendar("DTSTART;VALUE=DATE:20271230", "DTEND;VALUE=DATE:20280101"))

    said = parley("import", "holidays", str(path), "--list", "company")

    assert said == "2 added, 0 removed, 0 same.\n"
    assert kept(parley) == [
        Holiday("company", date(2027, 12, 30), "Closed"),
        Holiday("company", date(2027, 12, 31), "Closed"),
    ]


@pytest.mark.parametrize(
    ("text", "list_named", "why"),
    [
        (calendar("DTSTART;VALUE=DATE:20271230"), "", "Name the list with --list"),
        (calendar("DTSTART;VALUE=DATE:20271230"), "mars", "there is no list “mars”"),
        (calendar("DTSTART;VALUE=DATE:20271230", "RRULE:FREQ=YEARLY"), "company", "repeats"),
        (
            calendar("DTSTART;VALUE=DATE:20271230", "DTEND;VALUE=DATE:20290101"),
            "company",
            "lasts longer than a month",
        ),
        (calendar("DTSTART;VALUE=DATE:someday"), "company", "no calendar file"),
        (calendar("DTSTART;VALUE=DATE:99991231"), "company", "no calendar file"),
        (calendar("DTSTART;VALUE=DATE:20271230", "DTEND:20271231T090000Z"), "company", "no cal"),
        (calendar(), "company", "no calendar file"),
        ("date,list,name\n", "company", "no calendar file"),
    ],
)
def test_a_calendar_file_that_cannot_be_taken_is_refused(
    parley: CommandLine, tmp_path: Path, text: str, list_named: str, why: str
) -> None:
    path = tmp_path / "closures.ics"
    path.write_text(text)

    code, _, err = parley.type("import", "holidays", str(path), "--list", list_named)

    assert (code, why in err) == (1, True), err
    assert kept(parley) == []


def test_what_takes_place_at_a_time_of_day_is_no_holiday(
    parley: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "closures.ics"
    path.write_text(calendar("DTSTART:20271230T090000Z"))

    said = parley("import", "holidays", str(path), "--list", "company")

    assert said == "0 added, 0 removed, 0 same.\n"
