"""`export incident`: all of one incident as a file."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.context import unasked
from storage import audit, people
from tests.console.conftest import CommandLine
from tests.workflows.responded import RESPONDED, respond
from workflows.incidents import timeline
from workflows.incidents.rules import Kind, Tlp
from workflows.incidents.tables import Incident

CODE = f"SI-{RESPONDED}"


@pytest.fixture
def incident(parley: CommandLine) -> str:
    """The code of an incident in whose timeline somebody stands by name."""

    def open_it(session: Session) -> None:
        lead = people.add_person(session, "Cleo", department="security").id
        respond(session, lead, parley.sealer)
        ctx = unasked(session, parley.sealer, datetime(2026, 11, 2, 9, tzinfo=UTC))
        found = session.get_one(Incident, RESPONDED)
        timeline.note(ctx, found, Kind.NOTE, "Cleo was called.")

    parley.write(open_it)
    return CODE


def test_an_incident_is_written_as_json_and_as_markdown_without_names(
    parley: CommandLine, incident: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("SI.json", "SI.md")]

    said = [parley("export", "incident", incident, str(file)) for file in files]

    texts = [file.read_text(encoding="utf-8") for file in files]
    assert json.loads(texts[0])["timeline"][0]["text"] == "Incident lead was called."
    assert texts[1].startswith(f"# {CODE}\n\n- **Spoken of as:** copper heron\n")
    assert "\n- **Severity:** S" in texts[1]
    assert re.search(r"\n- [0-9: -]{16} UTC, .+: Incident lead was called\. \(line 1\)\n", texts[1])
    assert not [text for text in texts if "Cleo" in text]
    assert all("stands in the audit" in text for text in said)
    assert parley.read(lambda session: audit.verify(session, parley.sealer)).intact


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("SI-9", "new.md", "There is no incident SI-9. "),
        ("C-900", "new.md", "There is no incident C-900. "),
        (CODE, "new.pdf", "Let the file's name end in .json or .md. "),
        (CODE, "old.md", "is there already. "),
        (CODE, "no/such/folder.md", "I cannot write "),
    ],
)
@pytest.mark.usefixtures("incident")
def test_what_cannot_be_written_is_refused_in_words(
    parley: CommandLine, tmp_path: Path, code: str, name: str, refusal: str
) -> None:
    (tmp_path / "old.md").write_text("mine")

    said = parley.refused("export", "incident", code, str(tmp_path / name))

    assert refusal in said


def test_what_is_red_is_written_when_lead_and_legal_have_agreed(
    parley: CommandLine, incident: str, tmp_path: Path
) -> None:
    def redden(session: Session) -> None:
        session.get_one(Incident, RESPONDED).tlp = Tlp.RED

    parley.write(redden)

    said = parley.refused("export", "incident", incident, str(tmp_path / "SI.md"))

    assert "its lead and Legal have to agree" in said
    assert not (tmp_path / "SI.md").exists()
