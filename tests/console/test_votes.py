"""`export vote`: the record of one vote as a file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.context import unasked, write_audit
from storage import audit, people
from tests.console.conftest import CommandLine
from tests.workflows.judged import judge
from tests.workflows.voted import VOTED, hold
from workflows.votes import record
from workflows.votes.rules import State
from workflows.votes.tables import Vote

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def vote(parley: CommandLine) -> str:
    """The code of a vote that is over, with the audit as its witness."""

    def hold_it(session: Session) -> None:
        person = people.add_person(session, "Cleo", department="ta").id
        judge(session, person)
        hold(session, person, parley.sealer)
        ctx = unasked(session, parley.sealer, NOW)
        record.seal_record(ctx, session.get_one(Vote, VOTED))
        write_audit(ctx, "test")

    parley.write(hold_it)
    return f"V-{VOTED}"


def test_a_record_is_written_as_json_and_as_markdown(
    parley: CommandLine, vote: str, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("V.json", "V.md")]

    said = [parley("export", "vote", vote, str(file)) for file in files]

    document = json.loads(files[0].read_text(encoding="utf-8"))
    assert all("Entry 1 of the audit confirms this record." in text for text in said)
    assert document["sha256"] in said[0]
    assert document["people"] == {"1": "Cleo"}
    assert files[1].read_text(encoding="utf-8").startswith(f"## Record of {vote}\n\n- **About:**")
    assert parley.read(lambda session: audit.verify(session, parley.sealer)).intact


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("V-9", "new.md", "There is no vote V-9. "),
        ("C-900", "new.md", "There is no vote C-900. "),
        (f"V-{VOTED}", "new.pdf", "Let the file's name end in .json or .md. "),
        (f"V-{VOTED}", "old.md", "is there already. "),
        (f"V-{VOTED}", "no/such/folder.md", "I cannot write "),
    ],
)
@pytest.mark.usefixtures("vote")
def test_what_cannot_be_written_is_refused_in_words(
    parley: CommandLine, tmp_path: Path, code: str, name: str, refusal: str
) -> None:
    (tmp_path / "old.md").write_text("mine")

    said = parley.refused("export", "vote", code, str(tmp_path / name))

    assert refusal in said
    assert (tmp_path / "old.md").read_text() == "mine"


def test_there_is_no_record_before_the_close(
    parley: CommandLine, vote: str, tmp_path: Path
) -> None:
    def reopen(session: Session) -> None:
        session.get_one(Vote, VOTED).state = State.OPEN

    parley.write(reopen)

    said = parley.refused("export", "vote", vote, str(tmp_path / "V.json"))

    assert said == f"{vote} is still open. There is no record of it before the close.\n"
