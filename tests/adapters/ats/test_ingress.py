"""The hiring system's door over real HTTP: what is forged or hostile stays outside, the rest is
done once, in whatever order it comes."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from sqlmodel import Session

from adapters.ats.ingress import SIGNATURE, signed
from bot import outbox
from storage import audit, imported, jobs, people
from storage.database import Database
from storage.secrets import Sealer
from storage.tally import row_counts
from tests.adapters.ats.house import (
    ALL,
    APPLICATION,
    INTERVIEW,
    JSON,
    MEETING,
    SECRET,
    USERS,
    Hook,
    a_hook,
    told,
)
from tests.adapters.mutants import mutants
from tests.workflows.engine import KEY, MONDAY
from tests.workflows.hiring.panels import furnish
from workflows.hiring import ats, calls, tables
from workflows.hiring.rules import InterviewStatus, Outcome
from workflows.hiring.tables import Meeting

BODY = json.dumps(INTERVIEW).encode()
#: What hiring systems say of what they do not know.
UNSAID = dict.fromkeys(
    (
        *("remote_was_deleted", "current_stage", "job_interview_stage", "interviewers"),
        *("start_at", "end_at", "status"),
    )
)
SIGNED = {**JSON, SIGNATURE: signed(SECRET, BODY)}


@pytest.fixture
async def hook(database: Database) -> AsyncIterator[Hook]:
    """The door on each of the two databases, with people and a scorecard behind it."""
    await database.write(furnish)
    async with a_hook(database) as open_hook:
        yield open_hook


@pytest.fixture
async def on_sqlite(sqlite_url: str) -> AsyncIterator[Hook]:
    """The door where no row matters."""
    database = Database(sqlite_url)
    await database.open()
    async with a_hook(database) as open_hook:
        yield open_hook
    await database.close()


async def meetings(hook: Hook) -> list[Meeting]:
    return await hook.database.read(lambda session: tables.meetings_of(session, 1))


async def panel(hook: Hook) -> list[str]:
    def look(session: Session) -> list[str]:
        seats = tables.panel(session, [1])
        return [people.by_id(session, one.person_id, now=MONDAY).name for one in seats]

    return await hook.database.read(look)


async def sent(hook: Hook) -> list[str]:
    """Return what waits to be sent to people."""
    found = await hook.database.read(lambda session: jobs.listing(session, jobs.State.READY))
    mail = [one for one in found if one.kind == "send"]
    return [outbox.unpack(Sealer(KEY), one.key, one.payload).message.text for one in mail]


class TestWhatStaysOutside:
    @pytest.mark.parametrize(
        "headers",
        [
            JSON,
            {**JSON, SIGNATURE: ""},
            {**JSON, SIGNATURE: "é"},
            {**JSON, SIGNATURE: signed(SECRET, b"{}")},
            {**JSON, SIGNATURE: signed("the signature key of before", BODY)},
            {**JSON, SIGNATURE: SIGNED[SIGNATURE].rstrip("=")},
            {**JSON, "X-Another-Signature": SIGNED[SIGNATURE]},
        ],
        ids=["none", "empty", "not ascii", "of another body", "an old key", "cut", "elsewhere"],
    )
    async def test_what_is_not_signed_as_it_is_gets_an_empty_401(
        self, on_sqlite: Hook, headers: dict[str, str]
    ) -> None:
        with structlog.testing.capture_logs() as lines:
            answer = await on_sqlite.sends(BODY, headers)

        assert answer == (401, "")
        assert [line["reason"] for line in lines] == ["signature"]
        assert len(json.dumps(lines)) <= 300

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"[]",
            b"{}",
            b"\xff",
            b'{"hook": {"event": "Job.added"}}',
            b'{"hook": {"event": 7}, "data": {}}',
            b'{"hook": {"event": ""}, "data": {}}',
            b'{"hook": {"event": "Job.added"}, "data": []}',
            b'{"hook": {"event": "Job.added"}, "data": {}}',
            b'{"hook": {"event": "Job.added"}, "data": {"id": "\\u0000"}}',
            b'{"hook": {"event": "Job.added"}, "data": {"id": NaN}}',
            b'{"a":' * 100 + b"1" + b"}" * 100,
        ],
    )
    async def test_what_is_signed_and_no_event_gets_an_empty_400(
        self, on_sqlite: Hook, body: bytes
    ) -> None:
        assert await on_sqlite.sends(body) == (400, "")

    @pytest.mark.parametrize(
        ("method", "change", "status"),
        [
            ("GET", {}, 405),
            ("PUT", {}, 405),
            ("POST", {"Content-Type": "text/plain"}, 415),
            ("POST", {"Content-Encoding": "gzip"}, 415),
        ],
    )
    async def test_what_is_no_plain_json_post_is_refused(
        self, on_sqlite: Hook, method: str, change: dict[str, str], status: int
    ) -> None:
        assert await on_sqlite.sends(BODY, {**SIGNED, **change}, method) == (status, "")

    async def test_a_body_beyond_the_bound_is_refused(self, on_sqlite: Hook) -> None:
        assert (await on_sqlite.sends(b" " * (1024 * 1024 + 1)))[0] == 413

    async def test_what_is_not_ours_is_left_alone(self, on_sqlite: Hook) -> None:
        assert await on_sqlite.tells(
            told("LinkedAccount.synced", id="x"), told("Offer.added", id="o", status="SENT")
        ) == {200}

    @pytest.mark.parametrize("event", ALL, ids=lambda event: str(event["hook"]["event"]))
    async def test_what_says_nothing_yet_leaves_no_row(
        self, on_sqlite: Hook, event: dict[str, Any]
    ) -> None:
        bare = {name: event["data"][name] for name in ("id", "modified_at")}

        assert await on_sqlite.tells({**event, "data": bare}) == {200}

        counted = await on_sqlite.database.read(row_counts)
        assert counted.get("hiring_interview", 0) == counted.get("hiring_application", 0) == 0

    async def test_what_cannot_be_stored_now_is_to_be_told_again(self, on_sqlite: Hook) -> None:
        await on_sqlite.database.close()

        assert await on_sqlite.sends(BODY) == (503, "")

    @pytest.mark.repeats
    @pytest.mark.parametrize("event", ALL, ids=lambda event: str(event["hook"]["event"]))
    async def test_no_signed_shape_breaks_anything(
        self, on_sqlite: Hook, event: dict[str, object]
    ) -> None:
        shapes = islice(mutants(event["data"]), 0, None, 3)

        statuses = await on_sqlite.tells(*({**event, "data": shape} for shape in shapes))

        assert statuses <= {200, 400}

    @pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    async def test_a_moment_beyond_all_calendars_is_refused(self, on_sqlite: Hook, at: str) -> None:
        assert await on_sqlite.tells(
            told("ScheduledInterview.added", **MEETING, modified_at=at)
        ) == {400}


class TestWhatIsDone:
    async def test_what_is_told_becomes_an_interview_whatever_comes_first(self, hook: Hook) -> None:
        assert await hook.tells(*reversed(ALL)) == {200}

        (meeting,) = await meetings(hook)
        assert (meeting.search.role_family, meeting.search.level) == ("SOC analyst", "junior")
        assert (meeting.application.stage, meeting.interview.stage) == ("on site", "on site")
        assert (meeting.interview.starts_at, meeting.interview.status) == (
            MONDAY,
            InterviewStatus.SCHEDULED,
        )
        assert calls.name_of(Sealer(KEY), meeting.candidate) == "Grace Hopper"
        assert await panel(hook) == ["Ada", "Ben"]

    async def test_what_is_told_all_at_once_becomes_one_interview(self, hook: Hook) -> None:
        statuses = await asyncio.gather(*(hook.tells(event) for event in (*ALL, *ALL)))

        assert set.union(*statuses) == {200}
        assert len(await meetings(hook)) == 1
        assert await panel(hook) == ["Ada", "Ben"]

    async def test_the_same_bytes_again_change_nothing_and_leave_no_trace(self, hook: Hook) -> None:
        await hook.tells(*ALL)
        before = await hook.database.read(lambda s: audit.verify(s, Sealer(KEY)).entries)

        assert await hook.tells(*ALL) == {200}

        after = await hook.database.read(lambda s: audit.verify(s, Sealer(KEY)).entries)
        assert after == before

    async def test_what_is_older_changes_nothing(self, hook: Hook) -> None:
        newer = told(
            "ScheduledInterview.changed", minutes=5, **{**MEETING, "status": "AWAITING_FEEDBACK"}
        )
        older = told("ScheduledInterview.changed", minutes=3, **{**MEETING, "interviewers": []})

        await hook.tells(*ALL, newer, older)

        (meeting,) = await meetings(hook)
        assert meeting.interview.status is InterviewStatus.DONE
        assert await panel(hook) == ["Ada", "Ben"]

    async def test_what_is_taken_away_there_is_cancelled_here(self, hook: Hook) -> None:
        gone = told("ScheduledInterview.removed", minutes=5, **MEETING)
        late = told("ScheduledInterview.changed", minutes=4, **MEETING)

        await hook.tells(*ALL, gone, late)

        (meeting,) = await meetings(hook)
        assert meeting.interview.status is InterviewStatus.CANCELLED

    async def test_scorecards_given_there_are_acknowledged_and_not_kept(self, hook: Hook) -> None:
        assert await hook.tells(*ALL) == {200}

        kept = await hook.database.read(lambda s: imported.find(s, ats.ATS, "scorecard", "k"))
        assert kept is None

    async def test_a_rejection_there_is_one_here(self, hook: Hook) -> None:
        rejected = {**APPLICATION["data"], "reject_reason": "r", "rejected_at": MONDAY.isoformat()}

        await hook.tells(*ALL, {**told("Application.changed"), "data": rejected})

        (meeting,) = await meetings(hook)
        assert meeting.application.outcome is Outcome.REJECTED

    @pytest.mark.parametrize("change", ["left out", "null"])
    @pytest.mark.parametrize(
        "event",
        [
            told("Candidate.changed", minutes=5, id="c", last_name="Hopper"),
            told("Application.changed", minutes=5, id="a", candidate="c", job="j"),
            told("ScheduledInterview.changed", minutes=5, id="i", application="a"),
        ],
        ids=lambda event: str(event["hook"]["event"]),
    )
    async def test_what_is_not_said_stays(
        self, hook: Hook, event: dict[str, Any], change: str
    ) -> None:
        rejected = {**APPLICATION["data"], "rejected_at": MONDAY.isoformat()}
        await hook.tells(*ALL, {**told("Application.changed"), "data": rejected})
        before, seated = await meetings(hook), await panel(hook)
        unsaid = UNSAID if change == "null" else {}

        assert await hook.tells({**event, "data": {**unsaid, **event["data"]}}) == {200}

        (meeting,) = await meetings(hook)
        assert [meeting] == before
        assert meeting.application.outcome is Outcome.REJECTED
        assert calls.name_of(Sealer(KEY), meeting.candidate) == "Grace Hopper"
        assert await panel(hook) == seated == ["Ada", "Ben"]

    async def test_nobody_is_named_as_who_did_it(self, hook: Hook) -> None:
        await hook.tells(*ALL)

        entries = await hook.database.read(
            lambda session: session.connection().execute(sa.select(audit.audit)).all()
        )
        assert {(one.actor, one.action) for one in entries} == {(None, "hiring.notice_ats")}
        assert "interview:1" in {one.entity for one in entries}


class TestWhatIsMissingHere:
    async def test_those_who_look_after_parley_learn_once_of_an_unknown_interviewer(
        self, hook: Hook
    ) -> None:
        await hook.database.write(add_admin)
        zoe = told("RemoteUser.added", id="u1", email="zoe@example.com")
        moved = told("ScheduledInterview.changed", minutes=9, **{**MEETING, "location": "Room 1"})

        await hook.tells(zoe, *(event for event in ALL if event is not USERS[0]), moved)

        (alert,) = await sent(hook)
        assert "zoe@example.com" in alert
        assert "people add" in alert
        assert await panel(hook) == ["Ben"]

    async def test_every_hour_parley_looks_whether_they_are_known_by_now(self, hook: Hook) -> None:
        zoe = told("RemoteUser.added", id="u1", email="zoe@example.com")
        await hook.tells(zoe, *(event for event in ALL if event is not USERS[0]))
        await hook.database.write(lambda s: people.add_person(s, "Zoe", email="zoe@example.com"))

        in_an_hour = MONDAY + timedelta(hours=1)
        claim = partial(
            jobs.claim, owner="test", slots=9, lease=timedelta(minutes=1), now=in_an_hour
        )
        due = await hook.database.write(claim)
        (timer,) = [job for job in due if job.payload.get("route") == ats.catch_up.id]
        await hook.engine.run_timer(timer)

        assert await panel(hook) == ["Ben", "Zoe"]

    async def test_an_interview_waits_until_a_scorecard_is_in_force(self, hook: Hook) -> None:
        await hook.database.write(add_admin)

        await hook.tells(told("Job.added", id="j", name="Forensics lead"), *ALL[1:])

        (alert,) = await sent(hook)
        assert "no scorecard is in force for Forensics lead" in alert
        assert await meetings(hook) == []

    async def test_a_time_that_cannot_be_is_told_to_those_who_look_after_parley(
        self, hook: Hook
    ) -> None:
        await hook.database.write(add_admin)
        wrong = {**MEETING, "end_at": (MONDAY - timedelta(hours=1)).isoformat()}

        await hook.tells(*ALL, told("ScheduledInterview.changed", minutes=5, **wrong))

        (alert,) = await sent(hook)
        (meeting,) = await meetings(hook)
        assert "an interview of C-1 ends before it begins" in alert
        assert meeting.interview.ends_at == MONDAY + timedelta(hours=1)

    async def test_who_must_not_meet_the_candidate_is_told(self, hook: Hook) -> None:
        await hook.database.write(add_admin)
        await hook.tells(*ALL[:-2])
        await hook.database.write(recuse_ada)

        await hook.tells(INTERVIEW)

        (alert,) = await sent(hook)
        assert "ada@example.com cannot be there" in alert
        assert await panel(hook) == ["Ben"]


def recuse_ada(session: Session) -> None:
    """Keep somebody out of the application."""
    session.add(tables.Recusal(application_id=1, person_id=1, at=MONDAY))


def add_admin(session: Session) -> None:
    """Let somebody look after Parley."""
    root = people.add_person(session, "Root")
    people.link_account(session, root.id, "slack", "T1", "UROOT")
    people.grant(session, root.id, "admin")
