"""`keys`: which keys are needed, and everything sealed under the newest."""

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from console import rows, terminal
from storage import jobs, rotation
from storage.database import engine_url
from storage.secrets import Sealer
from tests.console.conftest import SECRET_KEY, CommandLine
from tests.console.test_doctor import found

NEW_KEY = "the-newest-key-for-tests-that-is-long-enough"
OLD_ID, NEW_ID = Sealer(SECRET_KEY).key_ids[0], Sealer(NEW_KEY).key_ids[0]


def leave(parley: CommandLine, count: int) -> None:
    """Leave messages under the key of before, and as many entries of the audit."""

    def work(session: Session) -> None:
        for number in range(count):
            key = f"send:{number}"
            sealed = parley.sealer.seal(f"Hello {number}.", at=jobs.job.c.payload, row=key)
            jobs.enqueue(session, "send", key, {"message": sealed}, lane=None, run_at=rows.now())
            rows.note(session, parley.sealer, "votes.cast", f"vote:{number}")

    parley.write(work)


def messages(parley: CommandLine, sealer: Sealer) -> list[str]:
    """Open every message."""
    found = parley.read(lambda session: jobs.listing(session, jobs.State.READY))
    return [
        sealer.open(job.payload["message"], at=jobs.job.c.payload, row=job.key)
        for job in reversed(found)
    ]


@pytest.fixture
def rotated(parley: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line, with five messages under the key of before, and a newer key."""
    leave(parley, 5)
    monkeypatch.setenv("PARLEY_SECRET_KEY", NEW_KEY)
    monkeypatch.setenv("PARLEY_OLDER_SECRET_KEYS", SECRET_KEY)
    monkeypatch.setattr(rotation, "BATCH", 2)
    return parley


def test_keys_are_listed_by_name_with_what_is_under_them(rotated: CommandLine) -> None:
    listed = rotated.listed("keys", "list")
    shown = rotated("keys", "list")

    assert listed == [
        {"key": NEW_ID, "age": "newest", "texts": 0, "entries": 0},
        {"key": OLD_ID, "age": "older", "texts": 5, "entries": 5},
    ]
    assert NEW_ID in shown
    assert SECRET_KEY not in shown


def test_rotating_seals_everything_under_the_newest_key(rotated: CommandLine) -> None:
    said = rotated("keys", "rotate")

    assert said.startswith(f"5 texts are sealed anew under the key {NEW_ID}.\n")
    assert "None is under an older key any more." in said
    assert "Keep the older keys in PARLEY_OLDER_SECRET_KEYS: the audit" in said
    assert messages(rotated, Sealer(NEW_KEY)) == [f"Hello {number}." for number in range(5)]


def test_rotating_again_finds_nothing_to_do(rotated: CommandLine) -> None:
    rotated("keys", "rotate")

    assert rotated("keys", "rotate").startswith("0 texts are sealed anew")


def test_the_audit_is_verified_across_a_rotation(rotated: CommandLine) -> None:
    rotated("keys", "rotate")

    assert "All 6 entries" in rotated("audit", "verify")
    assert rotated.listed("keys", "list")[0]["entries"] == 1


def test_without_the_older_key_the_audit_says_which_one_it_needs(
    rotated: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotated("keys", "rotate")
    monkeypatch.delenv("PARLEY_OLDER_SECRET_KEYS")

    assert "Its key is not among ours" in rotated.refused("audit", "verify")


def test_a_rotation_that_is_stopped_keeps_what_it_did_and_goes_on(
    rotated: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as first_run:
        first_run.setattr(terminal, "follow", lambda _bar: stopped)
        sentence = rotated.refused("keys", "rotate")
    said = rotated("keys", "rotate")

    assert sentence == "Stopped. What was sealed anew stays so; run it again to go on.\n"
    assert said.startswith("3 texts are sealed anew")
    assert messages(rotated, Sealer(NEW_KEY)) == [f"Hello {number}." for number in range(5)]


def test_what_is_being_changed_just_now_is_left_for_the_next_run(
    on_postgresql: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(on_postgresql, 3)
    monkeypatch.setenv("PARLEY_SECRET_KEY", NEW_KEY)
    monkeypatch.setenv("PARLEY_OLDER_SECRET_KEYS", SECRET_KEY)
    engine = sa.create_engine(engine_url(on_postgresql.url))

    with engine.begin() as other:
        other.execute(sa.select(jobs.job).limit(1).with_for_update())
        said = on_postgresql("keys", "rotate")
    engine.dispose()

    assert said.startswith("2 texts are sealed anew")
    assert "1 text is still under an older key: run this again." in said


def test_what_is_under_an_unknown_key_stays_and_is_said(
    rotated: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PARLEY_OLDER_SECRET_KEYS")

    sentence = rotated.refused("keys", "rotate")

    assert "5 texts are under a key that you did not name, and stayed as they are" in sentence
    assert len(messages(rotated, Sealer(SECRET_KEY))) == 5


def test_doctor_names_what_nobody_can_read(
    rotated: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(rotated, "keys")
    monkeypatch.delenv("PARLEY_OLDER_SECRET_KEYS")
    condition, text = found(rotated, "keys")

    assert before[0] == "fine"
    assert condition == "broken"
    assert "Nobody can read 5 sealed texts and verify 5 entries" in text
    assert OLD_ID in text


def test_what_is_no_sealed_text_is_counted_and_never_shown(parley: CommandLine) -> None:
    def leave_a_text(session: Session) -> None:
        payload = {"message": "a very personal text"}
        jobs.enqueue(session, "send", "k", payload, lane=None, run_at=rows.now())

    parley.write(leave_a_text)

    [_, stray] = parley.listed("keys", "list")

    assert stray == {"key": "(none)", "age": "missing", "texts": 1, "entries": 0}


@pytest.mark.parametrize("verb", ["list", "rotate"])
def test_without_any_key_there_is_nothing_to_do(
    parley: CommandLine, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.delenv("PARLEY_SECRET_KEY")

    assert "PARLEY_SECRET_KEY is missing" in parley.refused("keys", verb)
