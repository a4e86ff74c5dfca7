"""`import hiring`: interviews from a file, all or none, the same whatever is told again."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from storage import audit
from tests.console.conftest import CommandLine
from tests.workflows.hiring.panels import ADA, BEN, furnish
from workflows.hiring import calls, tables, transfer

HEADER = ",".join(transfer.COLUMNS) + "\n"
LINE = (
    "Analyst,SOC analyst,junior,c7,Grace Hopper,referral,On site,i1,Case study,"
    f"2099-11-02T10:00+01:00,2099-11-02T11:00+01:00,,,{ADA};zoe@example.com;{BEN},{BEN},tech\n"
)
SECOND = LINE.replace("i1", "i2").replace("Case study", "Deep dive").replace("T1", "T2")
COUNTED = ("search", "candidate", "application", "interview")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with two interviews of one candidate."""
    path = tmp_path / "interviews.csv"
    path.write_text(HEADER + LINE + SECOND, encoding="utf-8")
    return path


@pytest.fixture
def house(parley: CommandLine) -> CommandLine:
    """The command line of a house with people and a scorecard."""
    parley.write(furnish)
    return parley


def counts(said: str) -> dict[str, list[int]]:
    """Return what the table says: how many of each kind were added, changed and the same."""
    rows = (line.split("│")[1:-1] for line in said.splitlines() if "│" in line)
    return {
        row[0].strip(): [int(cell) for cell in row[1:]] for row in rows if row[0].strip() in COUNTED
    }


def meetings(house: CommandLine) -> list[tables.Meeting]:
    return house.read(lambda session: tables.meetings_of(session, 1))


def test_a_file_becomes_interviews_with_their_panels(house: CommandLine, file: Path) -> None:
    said = house("import", "hiring", str(file))

    first, second = meetings(house)
    leads = house.read(lambda session: [one.is_lead for one in tables.panel(session, [1])])
    assert counts(said) == {kind: [1, 0, 0] for kind in COUNTED[:3]} | {"interview": [2, 0, 0]}
    assert (first.interview.kind, second.interview.kind) == ("Case study", "Deep dive")
    assert first.interview.criteria == ["tech"]
    assert calls.name_of(house.sealer, first.candidate) == "Grace Hopper"
    assert leads == [False, True]


def test_interviewers_whom_nobody_knows_are_named(house: CommandLine, file: Path) -> None:
    said = house("import", "hiring", str(file))

    assert "Nobody here has the address zoe@example.com" in said.replace("\n", " ")


def test_the_same_file_again_changes_nothing(house: CommandLine, file: Path) -> None:
    house("import", "hiring", str(file))

    said = house("import", "hiring", str(file))

    assert counts(said) == {kind: [0, 0, 1] for kind in COUNTED[:3]} | {"interview": [0, 0, 2]}


def test_a_colleague_made_known_since_is_seated_by_the_same_file(
    house: CommandLine, file: Path
) -> None:
    house("import", "hiring", str(file))
    house("people", "add", "Zoe", "--email", "zoe@example.com")

    said = house("import", "hiring", str(file))

    assert counts(said)["interview"] == [0, 2, 0]
    assert len(house.read(lambda session: tables.panel(session, [1]))) == 3


def test_what_the_file_says_otherwise_is_changed(house: CommandLine, file: Path) -> None:
    house("import", "hiring", str(file))
    file.write_text(HEADER + LINE.replace("Case study", "Panel") + SECOND, encoding="utf-8")

    said = house("import", "hiring", str(file))

    assert counts(said)["interview"] == [0, 1, 1]
    assert meetings(house)[0].interview.kind == "Panel"


def test_a_dry_run_shows_the_same_and_changes_nothing(house: CommandLine, file: Path) -> None:
    said = house("import", "hiring", str(file), "--dry-run")

    assert counts(said)["interview"] == [2, 0, 0]
    assert said.endswith("Nothing was changed.\n")
    assert meetings(house) == []
    assert house.read(lambda session: audit.verify(session, house.sealer)).entries == 0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Deep dive", "\0", "Line 3: this is not comma-separated text"),
        (",tech", ",charm", "Line 3: the scorecard has no criterion called charm"),
        ("2099", "2024", "Line 3: it was over more than a week ago"),
    ],
)
def test_one_wrong_line_keeps_all_lines_out(
    house: CommandLine, file: Path, old: str, new: str, reason: str
) -> None:
    file.write_text(HEADER + LINE + SECOND.replace(old, new), encoding="utf-8")

    assert reason in house.refused("import", "hiring", str(file))

    assert meetings(house) == []


def test_without_a_scorecard_in_force_the_line_says_so(parley: CommandLine, file: Path) -> None:
    said = parley.refused("import", "hiring", str(file))

    assert "Line 2: no scorecard is in force for SOC analyst, junior." in said


def test_the_audit_names_what_changed_and_nobody_as_its_author(
    house: CommandLine, file: Path
) -> None:
    house("import", "hiring", str(file))

    def entries(session: Session) -> set[tuple[int | None, str, str]]:
        rows = session.connection().execute(sa.select(audit.audit)).all()
        return {(one.actor, one.action, one.entity) for one in rows}

    assert house.read(entries) == {
        (None, "console.import.hiring", f"{kind}:1") for kind in COUNTED
    } | {
        (None, "console.import.hiring", entity)
        for entity in ("interview:2", *(f"scorecard:{number}" for number in range(1, 5)))
    }
