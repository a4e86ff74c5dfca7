"""`schedule next`: what comes back by itself, and when."""

from datetime import UTC, datetime

from sqlmodel import Session

from storage import schedules
from tests.console.conftest import CommandLine


def keep_weekly(session: Session) -> None:
    schedules.upsert(
        session,
        "glossary.weekly",
        "house",
        rule="mon 09:00",
        tz="Europe/Berlin",
        next_at=datetime(2190, 3, 22, 8, 0, tzinfo=UTC),
    )


def test_a_timer_is_shown_with_its_next_three_local_dates(parley: CommandLine) -> None:
    parley.write(keep_weekly)

    [weekly] = parley.listed("schedule", "next")

    assert weekly == {
        "what": "glossary.weekly",
        "for": "house",
        "rule": "mon 09:00",
        "timezone": "Europe/Berlin",
        "next": [
            "Monday 22 March 2190, 09:00 CET",
            "Monday 29 March 2190, 09:00 CEST",
            "Monday 5 April 2190, 09:00 CEST",
        ],
    }
    assert "Monday 29 March 2190, 09:00 CEST" in parley("schedule", "next")


def test_a_timer_that_is_switched_off_has_no_next_date(parley: CommandLine) -> None:
    def keep_one_off(session: Session) -> None:
        keep_weekly(session)
        [one] = schedules.listing(session)
        schedules.switch(session, one.id, enabled=False)

    parley.write(keep_one_off)

    assert parley.listed("schedule", "next")[0]["next"] == []
    assert "switched off" in parley("schedule", "next")


def test_no_timer_is_said_in_words(parley: CommandLine) -> None:
    assert "Nothing comes back by itself yet" in parley("schedule", "next")
