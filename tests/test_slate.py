"""The database that tests share has to be as good as new for each of them."""

import psycopg
import pytest
import sqlalchemy as sa

from storage.database import engine_url
from storage.session import driver_of
from tests.furniture import nothing
from tests.slate import Slate, Slates

COLLEAGUE = (
    "INSERT INTO person (name, timezone, locale, working_days, work_start, work_end, active) "
    "VALUES ('Ada', 'Europe/Zurich', 'en', '12345', '09:00', '17:00', true) RETURNING id"
)
AUDITED = "INSERT INTO audit VALUES (1, now(), NULL, 'walk', '', '', '', '', '', '')"


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        (answer,) = connection.execute(question.encode()).fetchone() or (None,)
        return answer


def do(url: str, *acts: str) -> None:
    with psycopg.connect(url) as connection:
        for act in acts:
            connection.execute(act.encode())


def meet_somebody(url: str) -> tuple[int, int]:
    """Return the server's number of the connection, and that of a new colleague."""
    engine = sa.create_engine(engine_url(url))
    with engine.begin() as connection:
        number = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        id = connection.scalar(sa.text(COLLEAGUE))
    engine.dispose()
    return number, id


@pytest.fixture
def slate(postgres_slates: Slates) -> Slate:
    return postgres_slates.furnished(nothing)


def test_the_next_test_finds_the_first_rows_and_the_first_numbers(
    slate: Slate,
) -> None:
    with slate.lend() as url:
        ask(url, COLLEAGUE)
        do(url, AUDITED, "DELETE FROM department", "UPDATE audit_head SET seq = 1")

    with slate.lend() as url:
        assert ask(url, "SELECT count(*) FROM person") == 0
        assert ask(url, "SELECT count(*) FROM audit") == 0
        assert ask(url, "SELECT count(*) FROM department") == 9
        assert ask(url, "SELECT seq FROM audit_head") == 0
        assert ask(url, COLLEAGUE) == 1


def test_rows_and_numbers_go_on_from_the_furniture(postgres_slates: Slates) -> None:
    inhabited = postgres_slates.furnished(lambda session: driver_of(session).execute(COLLEAGUE))

    for _ in range(2):
        with inhabited.lend() as url:
            assert ask(url, "SELECT count(*) FROM person") == 1
            assert ask(url, COLLEAGUE) == 2


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE note (text VARCHAR)",
        "DROP TABLE rate_gate",
        "ALTER TABLE job ADD COLUMN mood VARCHAR",
        "ALTER TABLE job ALTER COLUMN lane SET NOT NULL",
        "DROP INDEX ix_job_due",
        "ALTER TABLE job DROP CONSTRAINT uq_job_key",
        "ALTER TABLE audit DISABLE TRIGGER audit_refuses_change",
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
    ],
)
def test_a_changed_schema_is_replaced(slate: Slate, change: str) -> None:
    with slate.lend() as changed:
        do(changed, change)

    with slate.lend() as url:
        assert url != changed


def test_an_unchanged_schema_is_kept(slate: Slate) -> None:
    with slate.lend() as first:
        ask(first, COLLEAGUE)

    with slate.lend() as second:
        assert second == first


def test_whoever_is_still_connected_is_sent_away(slate: Slate) -> None:
    with slate.lend() as url:
        left_open = psycopg.connect(url)
        left_open.execute(COLLEAGUE)

    with pytest.raises(psycopg.OperationalError):
        left_open.commit()
    left_open.close()


def test_what_is_connected_again_finds_its_connection_and_the_first_rows(slate: Slate) -> None:
    met = []

    for _ in range(2):
        with slate.lend() as url:
            met.append(meet_somebody(url))

    (first, first_id), (second, second_id) = met
    assert first == second
    assert first_id == second_id == 1


def test_a_connection_that_was_cut_is_not_lent_again(slate: Slate) -> None:
    with slate.lend() as url:
        first, _ = meet_somebody(url)
        do(url, f"SELECT pg_terminate_backend({first})")

    with slate.lend() as url:
        second, _ = meet_somebody(url)

    assert first != second


def test_ending_every_connection_costs_a_new_copy_and_nothing_else(
    slate: Slate,
) -> None:
    with slate.lend() as url:
        do(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )

    with slate.lend() as url:
        assert ask(url, COLLEAGUE) == 1
