"""`jobs`: what waits, what was given up, and another try."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from console import rows
from storage import audit, jobs
from storage.jobs import Job, State
from tests.console.conftest import CommandLine

TEXT = "sealed words that nobody should see"


def leave(session: Session, key: str, kind: str = "send") -> None:
    payload = {"message": TEXT, "route": "glossary.weekly"}
    jobs.enqueue(session, kind, key, payload, lane="slack:T1:C1", run_at=rows.now())


def claim(session: Session) -> list[Job]:
    return jobs.claim(session, owner="worker", slots=10, lease=timedelta(minutes=1), now=rows.now())


def bury_all(session: Session) -> None:
    for claimed in claim(session):
        jobs.bury(session, claimed, "channel_not_found")


@pytest.fixture
def dead(parley: CommandLine) -> int:
    """The number of a job that was given up."""
    parley.write(lambda session: leave(session, "k1"))
    parley.write(bury_all)
    [job] = parley.read(lambda session: jobs.listing(session, State.DEAD))
    return job.id


def test_no_dead_job_is_said_in_words(parley: CommandLine) -> None:
    assert parley("jobs", "list") == "No job is dead.\n"


def test_a_job_that_was_given_up_is_listed_with_its_reason(parley: CommandLine, dead: int) -> None:
    [job] = parley.listed("jobs", "list")

    assert (job["number"], job["what"], job["error"]) == (dead, "send", "channel_not_found")
    assert "channel_not_found" in parley("jobs", "list")


def test_a_timer_is_listed_with_its_route(parley: CommandLine) -> None:
    parley.write(lambda session: leave(session, "k1", kind="timer"))

    [job] = parley.listed("jobs", "list", "--state", "ready")

    assert job["what"] == "timer glossary.weekly"


def test_the_text_of_a_message_is_never_printed(parley: CommandLine, dead: int) -> None:
    printed = [
        parley("jobs", "list"),
        parley("jobs", "list", "--json"),
        parley("jobs", "show", str(dead)),
        parley("jobs", "show", str(dead), "--json"),
    ]

    assert not any(TEXT in text for text in printed)


def test_a_job_shows_who_is_next_in_line_and_which_one_it_stands_for(
    parley: CommandLine,
) -> None:
    place = {"platform": "slack", "tenant": "T1", "channel": "C1", "thread": None, "viewer": None}
    payload = {
        "message": TEXT,
        "instead_of": 7,
        "otherwise": [{"room": "security-triage"}, {"person": 5}, {"place": place}],
    }
    parley.write(
        lambda session: jobs.enqueue(session, "send", "k", payload, lane=None, run_at=rows.now())
    )
    [waiting] = parley.listed("jobs", "list", "--state", "ready")

    shown = parley.listed("jobs", "show", str(waiting["number"]))

    assert shown["instead_of"] == 7
    assert shown["otherwise"] == ["room security-triage", "person 5", "place slack:T1:C1"]
    assert "room security-triage" in parley("jobs", "show", str(waiting["number"]))


def test_a_replayed_job_gets_a_fresh_start(parley: CommandLine, dead: int) -> None:
    said = parley("jobs", "replay", str(dead))

    [job] = parley.write(claim)
    assert said == "1 job will be tried again.\n"
    assert (job.id, job.attempts) == (dead, 2)


def test_all_dead_jobs_are_replayed_at_once(parley: CommandLine, dead: int) -> None:
    parley.write(lambda session: leave(session, "k2"))
    parley.write(bury_all)

    said = parley("jobs", "replay", "--all")

    assert said == "2 jobs will be tried again.\n"
    assert parley.listed("jobs", "list") == []


@pytest.mark.parametrize("words", [(), ("1", "--all")])
def test_a_replay_names_either_numbers_or_all(parley: CommandLine, words: tuple[str, ...]) -> None:
    sentence = parley.refused("jobs", "replay", *words)

    assert "Name the jobs to replay by number, or write --all" in sentence


def test_a_job_that_waits_is_not_replayed_and_neither_are_its_companions(
    parley: CommandLine, dead: int
) -> None:
    parley.write(lambda session: leave(session, "k2"))
    [waiting] = parley.read(lambda session: jobs.listing(session, State.READY))

    sentence = parley.refused("jobs", "replay", str(dead), str(waiting.id))

    assert f"Job {waiting.id} is waiting, so it cannot be replayed." in sentence
    assert len(parley.listed("jobs", "list")) == 1


def test_a_discarded_job_is_never_run(parley: CommandLine, dead: int) -> None:
    said = parley("jobs", "discard", str(dead))

    assert said == "1 job will not be run.\n"
    assert parley.read(lambda session: jobs.show(session, dead)).state is State.DONE


def test_a_running_job_is_not_discarded(parley: CommandLine) -> None:
    parley.write(lambda session: leave(session, "k1"))
    [running] = parley.write(claim)

    sentence = parley.refused("jobs", "discard", str(running.id))

    assert "is running, so it cannot be discarded" in sentence


def test_a_number_of_any_size_is_answered_in_words(parley: CommandLine) -> None:
    assert parley.refused("jobs", "show", "9" * 30).startswith("Nothing here has a number")


@pytest.mark.parametrize("verb", ["show", "replay", "discard"])
def test_an_unknown_job_is_named(parley: CommandLine, verb: str) -> None:
    assert "There is no job 404" in parley.refused("jobs", verb, "404")


def test_replaying_and_discarding_leave_entries_in_the_audit(
    parley: CommandLine, dead: int
) -> None:
    parley("jobs", "replay", str(dead))
    parley("jobs", "discard", str(dead))

    verdict = parley.read(lambda session: audit.verify(session, parley.sealer))

    assert verdict == audit.Verdict(2)
