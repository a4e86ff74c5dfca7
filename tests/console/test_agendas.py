"""`export agenda`: the dates of a meeting as a file for calendars."""

from datetime import UTC, datetime
from pathlib import Path

import icalendar
import pytest
from sqlmodel import Session

from bot.context import unasked
from tests.console.conftest import CommandLine
from tests.workflows.agendas.house import add_series, move_in

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def meeting(parley: CommandLine) -> str:
    """The code of a meeting that comes back."""
    numbers: list[int] = []

    def plan(session: Session) -> None:
        move_in(session)
        numbers.append(add_series(unasked(session, parley.sealer, NOW), {}))

    parley.write(plan)
    return f"AG-{numbers[0]}"


def test_the_dates_are_written(parley: CommandLine, meeting: str, tmp_path: Path) -> None:
    file = tmp_path / "dates.ics"

    said = parley("export", "agenda", meeting, str(file))

    assert f"Wrote {file}." in said.replace("\n", "")
    [event] = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Security and TA"


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("AG-99", "new.ics", "There is no meeting AG-99. "),
        ("C-1", "new.ics", "There is no meeting C-1. "),
        ("AG-1", "new.txt", "Let the file's name end in .ics. "),
        ("AG-1", "old.ics", "is there already. "),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    parley: CommandLine, meeting: str, tmp_path: Path, code: str, name: str, refusal: str
) -> None:
    (tmp_path / "old.ics").write_text("dates")
    assert meeting == "AG-1"

    said = parley.refused("export", "agenda", code, str(tmp_path / name))

    assert refusal in said.replace("\n", " ")
    assert [path.name for path in tmp_path.glob("new.*")] == []
