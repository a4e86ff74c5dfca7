"""`migrate`, and what the other verbs say before it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import migrations
from tests import postgres
from tests.console.conftest import CommandLine

Operator = Callable[[str], CommandLine]


def test_a_new_file_is_brought_to_the_newest_version(operator: Operator, tmp_path: Path) -> None:
    parley = operator(f"sqlite:///{tmp_path}/new.db")

    said = parley("migrate")

    assert said == f"The database went from nothing to version {migrations.newest()}.\n"


def test_an_empty_postgresql_database_is_brought_to_the_newest_version(
    operator: Operator, postgres_server: postgres.Server
) -> None:
    with postgres_server.database() as url:
        parley = operator(url)
        waiting = parley.refused("jobs", "list")
        parley("migrate")

        assert "Run `python app.py migrate` first" in waiting
        assert parley("jobs", "list") == "No job is dead.\n"


def test_a_second_migration_changes_nothing(parley: CommandLine) -> None:
    said = parley("migrate")

    assert said == f"The database has version {migrations.newest()} already; nothing was changed.\n"


def test_a_verb_before_the_first_migration_says_what_to_run(
    operator: Operator, tmp_path: Path
) -> None:
    parley = operator(f"sqlite:///{tmp_path}/new.db")

    sentence = parley.refused("jobs", "list")

    assert "Run `python app.py migrate` first" in sentence
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("verb", [("migrate",), ("jobs", "list")])
def test_a_database_of_a_newer_program_is_refused_in_words(
    parley: CommandLine, verb: tuple[str, ...]
) -> None:
    parley.write(of_tomorrow)

    sentence = parley.refused(*verb)

    assert "version 9999, and this program knows versions up to" in sentence
    assert "Nothing was changed. Install the newer program" in sentence


def of_tomorrow(session: Session) -> None:
    """Make the database one that a newer program has worked on."""
    session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def test_wrong_settings_are_explained(parley: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_SLACK_BOT_TOKEN", "xoxb-made-up")

    sentence = parley.refused("jobs", "list")

    assert "PARLEY_SLACK_SIGNING_SECRET is missing" in sentence
    assert "xoxb-made-up" not in sentence


def test_a_database_that_is_away_is_named_without_its_password(operator: Operator) -> None:
    parley = operator("postgresql://parley:hunter2@127.0.0.1:1/parley")

    sentences = [parley.refused("jobs", "list"), parley.refused("migrate")]

    assert all("The database does not answer (OperationalError)" in text for text in sentences)
    assert not any("hunter2" in text for text in sentences)
