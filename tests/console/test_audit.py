"""`audit verify`: whether the chain is as it was written."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from console import rows
from storage import audit
from tests.console.conftest import SECRET_KEY, CommandLine


def note_three(parley: CommandLine) -> None:
    def work(session: Session) -> None:
        for number in range(3):
            rows.note(session, parley.sealer, "votes.cast", f"vote:{number}")

    parley.write(work)


def test_an_intact_chain_is_said_to_be_so(parley: CommandLine) -> None:
    note_three(parley)

    said = parley("audit", "verify")

    assert said == "All 3 entries of the audit are as they were written.\n"


def test_the_first_broken_entry_is_named(on_sqlite: CommandLine) -> None:
    note_three(on_sqlite)

    def tamper(session: Session) -> None:
        connection = session.connection()
        triggers = connection.scalars(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for trigger in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.execute(sa.update(audit.audit).where(audit.audit.c.seq == 2).values(actor=7))

    on_sqlite.write(tamper)

    sentence = on_sqlite.refused("audit", "verify")

    assert "The audit is broken at entry 2: The entry was changed" in sentence
    assert "The 1 before it are intact." in sentence


def test_without_a_key_the_audit_cannot_be_read(
    parley: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARLEY_SECRET_KEY")

    sentence = parley.refused("audit", "verify")

    assert "PARLEY_SECRET_KEY is missing" in sentence


def test_the_key_that_the_simulator_keeps_beside_the_file_serves(
    on_sqlite: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_three(on_sqlite)
    kept = Path(on_sqlite.url.removeprefix("sqlite:///") + ".key")
    kept.write_text(f"{SECRET_KEY}\n")
    monkeypatch.delenv("PARLEY_SECRET_KEY")

    assert "All 3 entries" in on_sqlite("audit", "verify")
