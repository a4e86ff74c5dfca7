"""`import glossary`, `export glossary` and `seed`."""

import csv
import io
import json
from pathlib import Path

import pytest

from storage import audit
from tests.console.conftest import CommandLine

HEADER = "term,department,plain,aliases\n"
EDRM = "EDRM,legal,A drawing of the steps from keeping records to showing them in court.,\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of one term that is in order."""
    path = tmp_path / "terms.csv"
    path.write_text(HEADER + EDRM, encoding="utf-8")
    return path


def terms(parley: CommandLine) -> list[str]:
    return [row["term"] for row in csv.DictReader(io.StringIO(parley("export", "glossary")))]


def test_a_term_from_a_file_is_exported_again(parley: CommandLine, file: Path) -> None:
    said = parley("import", "glossary", str(file))

    assert "Wrote 1 meaning. " in said
    assert terms(parley) == ["EDRM"]
    assert parley.read(lambda session: audit.verify(session, parley.sealer)).entries == 1


def test_a_dry_run_shows_the_plan_and_changes_nothing(parley: CommandLine, file: Path) -> None:
    said = parley("import", "glossary", str(file), "--dry-run")

    assert "add" in said
    assert said.endswith("Nothing was changed.\n")
    assert terms(parley) == []


def test_a_file_that_holds_nothing_new_changes_nothing(parley: CommandLine, file: Path) -> None:
    parley("import", "glossary", str(file))

    said = parley("import", "glossary", str(file))

    assert said.endswith("Nothing was changed.\n")


def test_one_wrong_line_keeps_all_lines_out(parley: CommandLine, file: Path) -> None:
    file.write_text(f"{HEADER}{EDRM}SOC,sales,A place.,\n")

    code, out, err = parley.type("import", "glossary", str(file))

    assert (code, err) == (1, "Nothing was changed. Mend the lines named above, then repeat.\n")
    assert "sales" in out
    assert terms(parley) == []


def test_a_clash_of_names_keeps_all_lines_out(parley: CommandLine, file: Path) -> None:
    parley("import", "glossary", str(file))
    file.write_text(f"{HEADER}ESI,legal,What is kept on computers.,EDRM\n")

    parley.refused("import", "glossary", str(file))

    assert terms(parley) == ["EDRM"]


def test_of_many_wrong_lines_the_first_are_shown(parley: CommandLine, file: Path) -> None:
    file.write_text(HEADER + "SOC,sales,A place.,\n" * 25)

    _, out, _ = parley.type("import", "glossary", str(file))

    assert "… and 5 more lines." in out


def test_an_export_as_json_holds_what_was_imported(parley: CommandLine, file: Path) -> None:
    parley("import", "glossary", str(file))

    [edrm] = json.loads(parley("export", "glossary", "--format", "json"))

    assert (edrm["term"], edrm["department"], edrm["status"]) == ("EDRM", "legal", "approved")
    assert edrm["plain"].startswith("A drawing of the steps")
    assert "line" not in edrm


def test_the_seed_adds_people_and_terms_once(parley: CommandLine) -> None:
    parley("seed")
    people, seeded = parley.listed("people", "list"), terms(parley)

    parley("seed")

    assert len(seeded) >= 90
    assert "Ada Okafor" in [person["name"] for person in people]
    assert (parley.listed("people", "list"), terms(parley)) == (people, seeded)


def test_a_real_workspace_gets_the_terms_and_no_invented_people(
    parley: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_SLACK_SIGNING_SECRET", "made-up")
    monkeypatch.setenv("PARLEY_SLACK_BOT_TOKEN", "xoxb-made-up")

    said = parley("seed")

    assert "6 scorecard templates" in said
    assert "The sample's people live in the simulator only" in said
    assert parley.listed("people", "list") == []
    assert len(terms(parley)) >= 90
