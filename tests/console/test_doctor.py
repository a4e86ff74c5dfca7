"""`doctor`: each thing that is missing or wrong, and how to mend it."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bot.errors import DeliveryError
from console import rows
from console.doctor import Checks
from console.findings import Greeting, Needs
from storage import accounts, jobs, schedules
from storage.people import Account
from tests.adapters.mail.server import MailServer, serving
from tests.console.conftest import CommandLine
from tests.console.test_jobs import bury_all, leave
from tests.console.test_migrate import of_tomorrow

NEEDS = {"chat:write": "Nothing can be posted.", "users:read": "Nobody can be recognised."}


def found(parley: CommandLine, about: str) -> tuple[str, str]:
    """Return the condition and the text of what was found about a thing."""
    _, out, _ = parley.type("doctor")
    assert about in out
    _, listed, _ = parley.type("doctor", "--json")
    [finding] = [one for one in json.loads(listed) if one["about"] == about]
    return finding["condition"], finding["text"]


def greeted(at: datetime | None = None, *scopes: str) -> Checks:
    """Return a platform that takes our token."""

    async def greet() -> Greeting:
        return Greeting(at or rows.now(), frozenset(scopes))

    return Checks("slack", greet, Needs("scope", NEEDS, "Add it."))


def not_greeted(error: DeliveryError) -> Checks:
    """Return a platform that does not."""

    async def greet() -> Greeting:
        raise error

    return Checks("slack", greet, Needs("scope", NEEDS, "Add it."))


def test_a_fresh_database_is_in_order(parley: CommandLine) -> None:
    conditions = {one["about"]: one["condition"] for one in parley.listed("doctor")}

    disk = {"disk"} if parley.url.startswith("sqlite") else set()
    assert conditions.keys() - disk == {
        *("settings", "secret key", "database", "keys", "dead jobs", "waiting jobs"),
        *("schedules", "owners", "people", "out of reach", "guests"),
    }
    assert "broken" not in conditions.values()


def test_wrong_settings_are_named_without_their_values(
    parley: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_SECRET_KEY", "too-short")

    code, out, _ = parley.type("doctor")

    assert code == 1
    assert "PARLEY_SECRET_KEY needs at least 32 characters." in out
    assert "too-short" not in out


def test_a_missing_key_is_worth_a_look(
    parley: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARLEY_SECRET_KEY")

    condition, text = found(parley, "secret key")

    assert (condition, "PARLEY_SECRET_KEY is not set" in text) == ("look", True)


def test_a_missing_database_is_broken(
    operator: Callable[[str], CommandLine], tmp_path: Path
) -> None:
    parley = operator(f"sqlite:///{tmp_path}/none.db")

    assert found(parley, "database") == ("broken", f"There is none at {tmp_path}/none.db yet.")
    assert not (tmp_path / "none.db").exists()


def test_an_unreachable_database_is_broken(operator: Callable[[str], CommandLine]) -> None:
    parley = operator("postgresql://parley:hunter2@127.0.0.1:1/parley")

    condition, text = found(parley, "database")

    assert condition == "broken"
    assert "The database does not answer" in text
    assert "hunter2" not in text


def test_a_database_without_tables_is_broken(
    operator: Callable[[str], CommandLine], tmp_path: Path
) -> None:
    (tmp_path / "empty.db").touch()
    parley = operator(f"sqlite:///{tmp_path}/empty.db")

    condition, text = found(parley, "database")

    assert (condition, "It has version none" in text) == ("broken", True)


def test_a_database_of_a_newer_program_is_broken(parley: CommandLine) -> None:
    parley.write(of_tomorrow)

    condition, text = found(parley, "database")

    assert (condition, "The database has version 9999" in text) == ("broken", True)


def test_a_dead_job_is_broken(parley: CommandLine) -> None:
    parley.write(lambda session: leave(session, "k1"))
    parley.write(bury_all)

    condition, text = found(parley, "dead jobs")

    assert (condition, "Parley gave up on 1" in text) == ("broken", True)
    assert parley.type("doctor")[0] == 1


def test_a_job_that_waits_for_long_is_broken(parley: CommandLine) -> None:
    def leave_long_ago(session: Session) -> None:
        long_ago = rows.now() - timedelta(minutes=20)
        jobs.enqueue(session, "send", "k1", {}, lane=None, run_at=long_ago)

    parley.write(leave_long_ago)

    assert found(parley, "waiting jobs") == ("broken", "A job has been due for 20 minutes.")


def test_a_late_schedule_is_broken(parley: CommandLine) -> None:
    def keep_late_ones(session: Session) -> None:
        for kind, minutes in (("glossary.weekly", 30), ("glossary.review", 10)):
            late = rows.now() - timedelta(minutes=minutes)
            schedules.upsert(session, kind, "house", rule="daily 08:00", tz="UTC", next_at=late)

    parley.write(keep_late_ones)

    condition, text = found(parley, "schedules")

    assert condition == "broken"
    assert text == "glossary.weekly is 30 minutes late, and 1 more are late."


def test_who_approves_is_looked_for(parley: CommandLine) -> None:
    parley("people", "add", "Farid", "--account", "slack:T1:U1")
    parley("people", "grant", "1", "owner", "--department", "security")

    condition, text = found(parley, "owners")

    assert condition == "look"
    assert text.startswith("Nobody approves for ta,")


ADA = Account("slack", "T1", "U1")


def test_whom_nothing_reaches_is_named(parley: CommandLine) -> None:
    parley("people", "add", "Ada", "--account", "slack:T1:U1")
    before = found(parley, "out of reach")
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    parley.write(lambda session: accounts.lose(session, ADA, "user_disabled", now=at))

    condition, text = found(parley, "out of reach")

    assert before[0] == "fine"
    assert condition == "look"
    assert text == "Nothing reaches Ada (slack: user_disabled since 02 November 2026)."


def test_whoever_is_listed_and_no_member_is_named(parley: CommandLine) -> None:
    parley("people", "add", "Ada", "--account", "slack:T1:U1")

    def note(standing: str) -> tuple[str, str]:
        now = rows.now()
        parley.write(lambda session: accounts.note_standing(session, ADA, standing, now=now))
        return found(parley, "guests")

    as_a_member, (condition, text) = note("member"), note("guest")

    assert as_a_member[0] == "fine"
    assert condition == "look"
    assert text == "Roles do not count for Ada (slack: guest): the account is not a member's."


def test_somebody_without_an_account_is_worth_a_look(parley: CommandLine) -> None:
    parley("people", "add", "Farid", "--email", "farid@northwind.example")

    condition, text = found(parley, "people")

    assert (condition, text.startswith("1 active people have no account")) == ("look", True)


def test_a_platform_that_takes_our_token_is_fine(on_sqlite: CommandLine) -> None:
    on_sqlite.checks = [greeted(None, *NEEDS)]

    conditions = {one["about"]: one["condition"] for one in on_sqlite.listed("doctor")}

    about_slack = {about for about in conditions if about.startswith("slack: ")}
    assert about_slack == {"slack: token", "slack: clock", "slack: scopes"}
    assert {conditions[about] for about in about_slack} == {"fine"}


def test_a_platform_without_a_clock_is_not_asked_for_one(on_sqlite: CommandLine) -> None:
    async def greet() -> Greeting:
        return Greeting(None, frozenset(NEEDS))

    on_sqlite.checks = [Checks("teams", greet, Needs("scope", NEEDS, "Add it."))]

    about = {one["about"] for one in on_sqlite.listed("doctor")}

    assert "teams: token" in about
    assert "teams: clock" not in about


def test_a_missing_scope_says_what_does_not_work(on_sqlite: CommandLine) -> None:
    on_sqlite.checks = [greeted(None, "chat:write")]

    condition, text = found(on_sqlite, "slack: scopes")

    assert (condition, text) == (
        "broken",
        "The scope users:read is missing: Nobody can be recognised.",
    )


@pytest.mark.parametrize(("minutes", "condition"), [(0, "fine"), (-2, "look"), (6, "broken")])
def test_a_clock_is_judged_by_how_far_it_is_off(
    on_sqlite: CommandLine, minutes: int, condition: str
) -> None:
    on_sqlite.checks = [greeted(rows.now() + timedelta(minutes=minutes), *NEEDS)]

    assert found(on_sqlite, "slack: clock")[0] == condition


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (DeliveryError("token_revoked", permanent=True), "The token was refused (token_revoked)."),
        (DeliveryError("unreachable"), "The platform did not answer as it should (unreachable)."),
    ],
)
def test_a_platform_that_does_not_greet_us_is_broken(
    on_sqlite: CommandLine, error: DeliveryError, text: str
) -> None:
    on_sqlite.checks = [not_greeted(error)]

    assert found(on_sqlite, "slack: token") == ("broken", text)


def test_a_mail_server_that_takes_us_is_fine(
    on_sqlite: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving(tmp_path, MailServer()) as server:
        monkeypatch.setenv("PARLEY_MAIL_SERVER", f"smtp://127.0.0.1:{server.port}")
        monkeypatch.setenv("PARLEY_MAIL_FROM", "parley@example.com")
        monkeypatch.setenv("PARLEY_MAIL_TO", "oncall@example.com")
        monkeypatch.setenv("PARLEY_MAIL_CA_FILE", server.ca_file)

        condition, text = found(on_sqlite, "mail")

    assert (condition, text) == ("fine", "It takes what we would tell it.")
    assert server.mails == []


def test_a_webhook_that_may_not_be_reached_is_broken(
    on_sqlite: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "whsec_" + b64encode(b"x" * 32).decode()
    monkeypatch.setenv("PARLEY_WEBHOOK_URL", "https://127.0.0.1/hook")
    monkeypatch.setenv("PARLEY_WEBHOOK_SECRET", secret)

    condition, text = found(on_sqlite, "webhook")

    assert condition == "broken"
    assert "address_refused" in text
